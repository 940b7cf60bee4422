"""Clauses of standards: written as a list or for each standard, they mean the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regelwerk.model.difference.change import Change, Place
from regelwerk.model.difference.fields import key_change

Clauses = Mapping[str, tuple[str, ...]]


def clause_change(place: Place, old: Clauses, new: Clauses, standard: str) -> Iterator[Change]:
    """The change of `clauses`; `standard` is meant where none is named."""
    yield from key_change(place, "clauses", _full(old, standard), _full(new, standard))


def _full(clauses: Clauses, standard: str) -> dict[str, tuple[str, ...]]:
    full: dict[str, tuple[str, ...]] = {}
    for name, numbers in clauses.items():
        if numbers and not name.startswith("x-"):
            full[name or standard] = (*full.get(name or standard, ()), *numbers)
    return full
