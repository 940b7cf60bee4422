"""Catalogues of a standard's clauses: the packaged ones and the project's own."""

from __future__ import annotations

from pathlib import Path as FilePath

import msgspec

from regelwerk.errors import RegelwerkError
from regelwerk.model.coverage import Catalogue
from regelwerk.project.defaults import packaged
from regelwerk.project.reading import read_limited
from regelwerk.project.tree import ReadingError

_PACKAGED = packaged("schemas") / "clauses"


def catalogues(root: FilePath) -> dict[str, Catalogue]:
    """Catalogues by standard, from `schemas/clauses/*.json`; the project's before the packaged.

    RegelwerkError names a catalogue that cannot be read: without it no clause can be judged.
    """
    found: dict[str, Catalogue] = {}
    for place in dict.fromkeys((_PACKAGED, root / "schemas" / "clauses")):
        for path in sorted(place.glob("*.json")) if place.is_dir() else ():
            catalogue = _read(path)
            ours = catalogue.phrases()
            if place != _PACKAGED:
                earlier = found.get(catalogue.standard)
                known = earlier.keys if earlier is not None else {}
                ours = {key: text for key, text in ours.items() if known.get(key) == text}
            found[catalogue.standard] = msgspec.structs.replace(catalogue, keys=ours)
    return found


def packaged_phrases() -> dict[str, str]:
    """The words of all packaged catalogues by key."""
    read = [_read(path) for path in sorted(_PACKAGED.glob("*.json"))]
    return {key: text for catalogue in read for key, text in catalogue.phrases().items()}


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
