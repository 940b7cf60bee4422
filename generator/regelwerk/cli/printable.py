"""Text that others wrote, made safe for a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text on one line, without anything that a terminal would obey or show turned round."""
    return "".join(
        character if character.isprintable() else (" " if character in "\t\n\r" else "\ufffd")
        for character in text
    )
