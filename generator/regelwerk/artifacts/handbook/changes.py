"""What a version changed since the one before it, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from regelwerk.artifacts.comparison import Comparison, Told, since_last
from regelwerk.artifacts.handbook.shelf import Edition


def changes_of(edition: Edition) -> dict[str, Any]:
    """`title`, `summary` and `groups` (a `part` and its `sentences`); {} where it is the first."""
    compared = since_last(edition.context)
    if compared is None:
        return {}
    return {
        "title": edition.words["changed_since"].format(version=compared.old),
        "summary": compared.summary,
        "groups": [
            {"part": part, "sentences": [change.sentence for change in changes]}
            for part, changes in groupby(_told(compared), key=lambda change: change.part)
        ],
    }


def sentences_of(edition: Edition) -> list[str]:
    """The sentences alone, in reading order."""
    compared = since_last(edition.context)
    return [change.sentence for change in _told(compared)] if compared is not None else []


def _told(compared: Comparison) -> Iterator[Told]:
    """Everything but that the version has another number, which the headings say."""
    for change in compared.told:
        first = change.changes[0]
        if (first.place.part, first.field) != ("process", "version"):
            yield change
