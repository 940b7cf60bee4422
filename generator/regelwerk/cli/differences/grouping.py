"""Sentences gathered by part, and within a part by what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from regelwerk.artifacts.comparison import Comparison, Told

Group = tuple[str, list[Told]]


def by_part(comparison: Comparison) -> Iterator[tuple[str, int, list[Group]]]:
    """Heading of each part, how many changes it has, and its groups: subject and sentences."""
    for part, sentences in groupby(comparison.told, key=lambda told: told.part):
        found = list(sentences)
        groups = [
            (subject, list(told)) for subject, told in groupby(found, key=lambda told: told.subject)
        ]
        yield part, sum(len(told.changes) for told in found), groups


def one_line(text: str) -> str:
    """The text with its first letter capital."""
    return text[:1].upper() + text[1:]
