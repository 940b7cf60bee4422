"""Zip archives: read though nobody vouches for them, written so that equal means equal bytes."""
