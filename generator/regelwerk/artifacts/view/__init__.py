"""The reader's view of a process: everything in words, so that templates only arrange it.

Import from its files: those who need only the Markdown or the words load nothing else.
"""
