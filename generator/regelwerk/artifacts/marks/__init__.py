"""What a generated file says of itself: process, version, digest of the definition and of the file.

What is said proves nothing by itself: anybody can write it. It tells where to look.
"""
