"""Catalogues of a standard's clauses: the packaged ones and the project's own."""

from __future__ import annotations

from pathlib import Path as FilePath

import msgspec

from regelwerk.errors import RegelwerkError
from regelwerk.model.coverage import Catalogue
from regelwerk.project.defaults import packaged
from regelwerk.project.reading import read_limited
from regelwerk.project.tree import ReadingError


def catalogues(root: FilePath) -> dict[str, Catalogue]:
    """Catalogues by standard, from `schemas/clauses/*.json`; the project's before the packaged.

    RegelwerkError names a catalogue that cannot be read: without it no clause can be judged.
    """
    found: dict[str, Catalogue] = {}
    for place in (packaged("schemas") / "clauses", root / "schemas" / "clauses"):
        for path in sorted(place.glob("*.json")) if place.is_dir() else ():
            catalogue = _read(path)
            found[catalogue.standard] = catalogue
    return found


def clause_catalogues(root: FilePath) -> dict[str, frozenset[str]]:
    """Clause ids by standard, lettered items too; RegelwerkError as above."""
    return {name: frozenset(catalogue.ids()) for name, catalogue in catalogues(root).items()}


def _read(path: FilePath) -> Catalogue:
    try:
        return msgspec.json.decode(read_limited(path), type=Catalogue)
    except ReadingError as error:
        raise _broken(path, error.problem.message) from error
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise _broken(path, str(error)) from error


def _broken(path: FilePath, reason: str) -> RegelwerkError:
    return RegelwerkError(
        f"the clause catalogue schemas/clauses/{path.name} is broken: {reason}",
        "it needs `standard`, `clauses` (labels by id) and, if it likes, `items` (letters by id)",
    )
