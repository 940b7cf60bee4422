"""Which records a command was asked about: of the project, and of folders outside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from regelwerk.errors import UsageError
from regelwerk.operations.selection import Selection
from regelwerk.project.record_files import record_files, record_files_below

_WILD = frozenset("*?[")


class RecordFiles(msgspec.Struct, frozen=True):
    """Files to judge, files read only for the ids of their cases, and folders outside the project.

    Files of the project are named relative to its root, those outside by their whole path.
    """

    chosen: tuple[str, ...]
    others: tuple[str, ...]
    outside: tuple[Path, ...]


def select_records(
    root: Path, start: Path, paths: Sequence[Path], folders: Sequence[Path]
) -> RecordFiles:
    """The record files that lie in `paths` (patterns too), all where none is given.

    UsageError where a path matches nothing, or lies in none of the places records are looked for.
    """
    outside = tuple(_folder(folder) for folder in folders)
    files = record_files(root)
    for folder in outside:
        files += record_files_below(folder)
    files = list(dict.fromkeys(files))
    bases = tuple(dict.fromkeys((Path.cwd(), start, root)))
    places = [_place(path, bases, root, outside) for path in _expanded(paths, bases)]
    selection = Selection(tuple(places))
    selection.require_match(files)
    chosen = tuple(file for file in files if selection.holds(file))
    among = frozenset(chosen)
    return RecordFiles(chosen, tuple(file for file in files if file not in among), outside)


def _folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", "name the folder that holds the records")
    return folder.resolve()


def _expanded(paths: Iterable[Path], bases: Sequence[Path]) -> list[Path]:
    """The paths, and for a pattern that no shell has filled in, the files that it matches."""
    found: list[Path] = []
    for path in paths:
        is_there = any((base / path).exists() for base in bases)
        if is_there or _WILD.isdisjoint(str(path)) or path.is_absolute():
            found.append(path)
            continue
        matches = sorted({match for base in bases for match in base.glob(path.as_posix())})
        if not matches:
            raise UsageError(f"nothing matches {path}")
        found += matches
    return found


def _place(path: Path, bases: Sequence[Path], root: Path, outside: Sequence[Path]) -> str:
    found = [(base / path).resolve() for base in bases if (base / path).exists()]
    if not found:
        raise UsageError(f"there is no file or folder {path}")
    for candidate in found:
        if candidate.is_relative_to(root):
            relative = candidate.relative_to(root).as_posix()
            return "" if relative == "." else relative
    for candidate in found:
        if any(candidate.is_relative_to(folder) for folder in outside):
            return candidate.as_posix()
    raise UsageError(
        f"{path} lies outside the project {root}",
        "name its folder with --records to check records that lie elsewhere",
    )
