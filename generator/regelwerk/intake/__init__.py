"""Read forms that people have filled in: bytes become answers, answers become a record.

Nothing here opens a file, and nothing that a form holds is trusted.
"""
