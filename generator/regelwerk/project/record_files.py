"""Find and read case records: one a YAML or JSON file, one a line, or one a row of Parquet."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path as FilePath

import msgspec

from regelwerk.project.record_chunks import (
    LINES,
    ROWS,
    Chunk,
    Raw,
    holds_lines,
    read_chunk,
    split_lines,
)
from regelwerk.project.tree import Tree

SUFFIXES = (".yaml", ".json", *LINES, ROWS)
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


def record_files_below(folder: FilePath) -> list[str]:
    """Every record file below a folder, by its whole path, sorted."""
    return sorted(path.as_posix() for path in _walk(folder))


def _walk(folder: FilePath) -> Iterator[FilePath]:
    """Record files below a folder; links to folders are not followed, so no loop can trap it."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != _EVIDENCE and not name.startswith(".")]
        for name in names:
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield FilePath(place) / name


def read_records(root: FilePath, file: str) -> Iterator[RecordSource]:
    """The records of one file; what cannot be read is a record with nothing but its problem."""
    for raw in read_chunk(root, _whole(file)):
        yield RecordSource(file, raw.line or 1, raw.tree())


def records_in(file: str, content: bytes) -> Iterator[RecordSource]:
    """The records that a file would hold if this were its content."""
    if file.endswith(".jsonl"):
        for raw in split_lines(io.BytesIO(content), _whole(file)):
            yield RecordSource(file, raw.line, raw.tree())
    else:
        yield RecordSource(file, 1, Raw(file, 0, content).tree())


def _whole(file: str) -> Chunk:
    return Chunk((file,), first_line=1 if holds_lines(file) else 0)
