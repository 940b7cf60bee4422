"""Documented information as the handbook tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regelwerk.artifacts.handbook.tables import nowrap


def documents_told(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each document of a view; where it comes from only if that is outside."""
    return [
        {
            **document,
            "form": nowrap(document["form"]),
            "origin": document["origin"] if document["external"] else "",
        }
        for document in view["documents"]
    ]
