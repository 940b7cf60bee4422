"""Catalogues of a standard's clauses: the packaged ones and the project's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath

import msgspec

from regelwerk.errors import RegelwerkError
from regelwerk.project.defaults import packaged
from regelwerk.project.reading import read_limited
from regelwerk.project.tree import ReadingError


class _Catalogue(msgspec.Struct, frozen=True):
    """One file: labels by clause id; the letters of the items that a clause lists."""

    standard: str
    clauses: Mapping[str, str]
    items: Mapping[str, str] = {}

    def ids(self) -> frozenset[str]:
        lettered = (f"{clause} {one}" for clause, letters in self.items.items() for one in letters)
        return frozenset((*self.clauses, *lettered))


def clause_catalogues(root: FilePath) -> dict[str, frozenset[str]]:
    """Clause ids by standard, lettered items too, from `schemas/clauses/*.json`.

    RegelwerkError names a catalogue that cannot be read: without it no clause can be judged.
    """
    found: dict[str, frozenset[str]] = {}
    for place in (packaged("schemas") / "clauses", root / "schemas" / "clauses"):
        for path in sorted(place.glob("*.json")) if place.is_dir() else ():
            catalogue = _read(path)
            found[catalogue.standard] = catalogue.ids()
    return found


def _read(path: FilePath) -> _Catalogue:
    try:
        return msgspec.json.decode(read_limited(path), type=_Catalogue)
    except ReadingError as error:
        raise _broken(path, error.problem.message) from error
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise _broken(path, str(error)) from error


def _broken(path: FilePath, reason: str) -> RegelwerkError:
    return RegelwerkError(
        f"the clause catalogue schemas/clauses/{path.name} is broken: {reason}",
        "it needs `standard`, `clauses` (labels by id) and, if it likes, `items` (letters by id)",
    )
