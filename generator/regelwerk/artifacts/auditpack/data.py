"""What the first page of an audit pack is made from: words and links, nothing to be worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

Tone = Literal["", "good", "bad", "soft", "mono", "number", "day"]


class Link(msgspec.Struct, frozen=True):
    """Words that lead to a file of the pack (`target`, relative, with `/`)."""

    text: str
    target: str


class Cell(msgspec.Struct, frozen=True):
    """What stands in a table: lines of words or links, and how they are shown."""

    lines: Sequence[str | Link]
    tone: Tone = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table; the first cell of a row names it. `more` says how many rows are not shown."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    more: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the page: paragraphs, then tables, then entries of a list."""

    id: str
    title: str
    paragraphs: Sequence[str] = ()
    tables: Sequence[Table] = ()
    entries: Sequence[str] = ()
    commands: Sequence[str] = ()


class PageData(msgspec.Struct, frozen=True, kw_only=True):
    """The whole page. `facts` and `counts` are words by their caption; a count has a tone."""

    title: str
    organization: str
    lead: str
    facts: Mapping[str, str]
    counts: Sequence[tuple[str, str, Tone]]
    parts: Sequence[Part]
    foot: str
