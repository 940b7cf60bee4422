"""Markdown tables without empty columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[tuple[str, str]]) -> Markup:
    """A table of dicts; `columns` are keys and headers. A list becomes lines within its cell."""
    entries = [[cell(row.get(key, "")) for key, _ in columns] for row in rows]
    used = [index for index in range(len(columns)) if any(entry[index] for entry in entries)]
    return grid([columns[index][1] for index in used], [[e[i] for i in used] for e in entries])


def grid(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    """A table of lines and columns; nothing where there are no rows."""
    if not rows or not headers:
        return Markup("")
    lines = [
        _line(headers),
        "|" + " --- |" * len(headers),
        *(_line(row) for row in rows),
    ]
    return Markup("\n".join(lines))  # noqa: S704 made of literal texts


def facts(entries: Iterable[tuple[str, Any]]) -> Markup:
    """A list of names and what there is to say of each; names without anything are left out."""
    lines = [
        Markup("- **{}:** {}").format(literal(name), _spoken(value))
        for name, value in entries
        if value
    ]
    return Markup("\n").join(lines)


def _spoken(value: object) -> Markup:
    if isinstance(value, list | tuple):
        return Markup("; ").join(literal(item) for item in value)
    return literal(value)


def cell(value: object) -> Markup:
    """What stands in a cell."""
    if isinstance(value, list | tuple):
        return Markup("<br>").join(literal(item) for item in value)
    return literal(value)


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(cell(value) for value in cells) + " |"


def nowrap(text: str) -> Markup:
    """A number or a name that must not be broken at its hyphens."""
    return Markup('<span class="hb-nowrap">{}</span>').format(literal(text)) if text else Markup("")
