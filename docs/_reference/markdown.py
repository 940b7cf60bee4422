"""Pieces of Markdown that read the same in MkDocs and on a forge."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

MADE = "<!-- Made by docs/generate_reference.py; changes belong into its sources. -->"


def fence(lines: Iterable[str], language: str = "yaml") -> str:
    """A block of code."""
    return "\n".join([f"```{language}", *lines, "```"])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; line breaks and bars in cells do no harm."""
    lines = [head, ["---"] * len(head), *([cell(text) for text in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cell(text: str) -> str:
    """A text that can stand in a table's cell; `<` is a sign and not a tag outside of code.

    Code with a bar is written as HTML: MkDocs and forges differ in how they read `\\|` in code.
    """
    parts = re.split(r"(`[^`]*`|<br>|<a id=\"[^\"]*\"></a>)", text)
    shown = [
        (_code(part[1:-1]) if "|" in part else part) if index % 2 else part.replace("<", "&lt;")
        for index, part in enumerate(parts)
    ]
    return " ".join("".join(shown).split()).replace("|", "&#124;")


def _code(text: str) -> str:
    return f"<code>{html.escape(text, quote=False)}</code>"


def anchor(name: str) -> str:
    """The id of a section: as MkDocs and GitHub make it of a heading, `/` as `-`."""
    return name.lower().replace("/", "-")
