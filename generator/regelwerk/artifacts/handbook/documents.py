"""Documented information as the handbook tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal
from regelwerk.artifacts.handbook.tables import nowrap


def documents_told(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each document of a view: `kind` is its form, and that it comes from outside."""
    return [
        {
            **document,
            "kind": [
                *([nowrap(document["form"])] if document["form"] else []),
                *([document["origin"]] if document["external"] else []),
            ],
        }
        for document in view["documents"]
    ]


def named(
    title: object, number: str | None, edition: str | None, words: Mapping[str, str]
) -> list[object]:
    """A document's title, and below it its number and edition, as lines of one cell."""
    parts = [str(nowrap(number))] if number else []
    if edition:
        parts.append(str(literal(f"{words['edition']} {edition}")))
    return [title, Markup(", ").join(map(Markup, parts))] if parts else [title]
