"""Find and read case records: one a YAML or JSON file, or one a line of JSON lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path as FilePath

import msgspec

from regelwerk.diagnostics import Problem
from regelwerk.project.json_tree import read_json
from regelwerk.project.limits import MAX_BYTES
from regelwerk.project.reading import decode, read_tree, require_regular
from regelwerk.project.tree import ReadingError, Tree, unreadable

SUFFIXES = (".yaml", ".json", ".jsonl")
_EVIDENCE = "evidence"


class RecordSource(msgspec.Struct, frozen=True):
    """One record: its file (relative to the root, with `/`), its first line there, its content."""

    file: str
    line: int
    tree: Tree


def record_files(root: FilePath) -> list[str]:
    """Every record file of every process, sorted; folders named `evidence` hold none."""
    found: list[str] = []
    process = root / "process"
    for folder in sorted(process.iterdir()) if process.is_dir() else ():
        records = folder / "records"
        if folder.is_dir() and not folder.name.startswith(".") and records.is_dir():
            found += [path.relative_to(root).as_posix() for path in _walk(records)]
    return sorted(found)


def _walk(folder: FilePath) -> Iterator[FilePath]:
    """Record files below a folder; links to folders are not followed, so no loop can trap it."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != _EVIDENCE and not name.startswith(".")]
        for name in names:
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield FilePath(place) / name


def read_records(root: FilePath, file: str) -> Iterator[RecordSource]:
    """The records of one file; what cannot be read is a record with nothing but its problem."""
    path = root / file
    if path.suffix != ".jsonl":
        yield RecordSource(file, 1, read_tree(path))
        return
    try:
        require_regular(path)
        with path.open("rb") as lines:
            yield from _json_lines(file, lines)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problem = Problem("yaml/syntax", (), f"the file cannot be read: {reason}")
        yield RecordSource(file, 1, unreadable(problem))


def _json_lines(file: str, lines: object) -> Iterator[RecordSource]:
    number = 0
    while True:
        content: bytes = lines.readline(MAX_BYTES + 1)  # type: ignore[attr-defined]
        if not content:
            return
        number += 1
        if len(content) > MAX_BYTES:
            while content and not content.endswith(b"\n"):
                content = lines.readline(MAX_BYTES)  # type: ignore[attr-defined]
            message = f"the line is longer than {MAX_BYTES // 1024 // 1024} MiB"
            problem = Problem("yaml/too-large", (), message, "one record a line", number, 1)
            yield RecordSource(file, number, unreadable(problem))
        elif content.strip():
            yield RecordSource(file, number, _line(content, number))


def _line(content: bytes, number: int) -> Tree:
    try:
        # Without its line end, so that a line broken off is at fault itself and not the next.
        return read_json(decode(content.rstrip(b"\r\n"), first_line=number), first_line=number)
    except ReadingError as error:
        return unreadable(error.problem)
