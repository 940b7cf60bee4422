"""Erase records whose retention is over: a stone takes the place of each."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.errors import UsageError
from regelwerk.intake.record_text import json_text, new_text
from regelwerk.model.case import CasePlace
from regelwerk.operations.durable import replace_unless_changed
from regelwerk.operations.record_retention import PastRecord, Retention
from regelwerk.operations.writing import sha256_of, sha256_of_file
from regelwerk.project.record_chunks import Chunk, Raw, holds_lines, split_lines
from regelwerk.records.stone import stone_of

_SCHEMA = re.compile(rb"\A(?:\xef\xbb\xbf)?# yaml-language-server: \$schema=([\w./-]+)\r?\n")
_EVIDENCE = "evidence"
_CHANGED = "it was changed meanwhile and stays as it is"


class Erasing(msgspec.Struct, frozen=True, kw_only=True):
    """Who erases, on which day, why (None: a sentence is made), and whether evidence goes too."""

    by: str
    on: date
    reason: str | None = None
    evidence: bool = False


class ErasedRecords(msgspec.Struct, frozen=True):
    """The records that were erased, evidence files that are gone, and what could not be done."""

    records: tuple[PastRecord, ...]
    evidence: tuple[str, ...]
    failures: tuple[str, ...]


def erase(found: Retention, wish: Erasing) -> ErasedRecords:
    """Put stones in the place of all records whose retention is over; nothing else is touched.

    A file is replaced as a whole or not at all, and not where somebody changed it meanwhile. Its
    evidence goes first, so that whoever is killed in between finds the record again.
    UsageError where the person is not known.
    """
    if wish.by not in found.people:
        raise UsageError(f"`{wish.by}` is not in people.yaml", "name who answers for the erasure")
    evidence = removable(found) if wish.evidence else {}
    done: list[PastRecord] = []
    gone: list[str] = []
    failures: list[str] = []
    for file, records in _by_file(found):
        try:
            gone += _erase_in(found, file, records, evidence, wish)
        except OSError as error:
            failures.append(f"{file}: {error.strerror or type(error).__name__}")
        except _CannotEraseError as error:
            failures.append(f"{file}: {error}")
        else:
            done += records
    return ErasedRecords(tuple(done), tuple(gone), tuple(failures))


def removable(found: Retention) -> Mapping[CasePlace, tuple[Path, ...]]:
    """The evidence files that only records to be erased name, by the place of such a record.

    Only whole files in a folder named `evidence` of the project, or of the folder outside that was
    named, are meant; no links. None where some record cannot be read: nobody knows what it names.
    """
    if not found.all_read:
        return {}
    in_use = {_real(found, folder, name) for folder, name in found.in_use}
    removed: dict[CasePlace, tuple[Path, ...]] = {}
    seen: set[str] = set()
    for file, records in _by_file(found):
        if _refusal(found, file):
            folder = file.rpartition("/")[0]
            in_use |= {_real(found, folder, name) for one in records for name in one.evidence}
    for record in found.erasable():
        folder = record.file.rpartition("/")[0]
        paths = []
        for name in record.evidence:
            path = os.path.normpath(found.root / folder / name)
            if _real(found, folder, name) in in_use or path in seen or not _is_ours(found, path):
                continue
            seen.add(path)
            paths.append(Path(path))
        removed[record.file, record.line] = tuple(paths)
    return removed


def _by_file(found: Retention) -> list[tuple[str, tuple[PastRecord, ...]]]:
    """The records to be erased, file by file."""
    files: dict[str, list[PastRecord]] = {}
    for record in found.erasable():
        files.setdefault(record.file, []).append(record)
    return [(file, tuple(records)) for file, records in files.items()]


def _real(found: Retention, folder: str, name: str) -> str:
    try:
        return os.path.realpath(found.root / folder / name)
    except (OSError, ValueError):
        return ""


def _is_ours(found: Retention, path: str) -> bool:
    """Whether it is a file that holds nothing but evidence of records."""
    for base in (found.root, *found.outside):
        place = Path(path)
        if not place.is_relative_to(base):
            continue
        inside = place.relative_to(base)
        if _EVIDENCE not in inside.parts[:-1]:
            return False
        try:
            plain = place.is_file() and not place.is_symlink()
            return plain and place.resolve() == base.resolve() / inside
        except (OSError, ValueError, RuntimeError):
            return False
    return False


class _CannotEraseError(Exception):
    """Why the records of a file stay as they are."""


def _refusal(found: Retention, file: str) -> str:
    if holds_lines(file) and not file.endswith(".jsonl"):
        return "it is packed; unpack it to erase records in it"
    if (found.root / file).is_symlink():
        return "it is a link; erase the records where they are"
    return ""


def _erase_in(
    found: Retention,
    file: str,
    records: Sequence[PastRecord],
    evidence: Mapping[CasePlace, Sequence[Path]],
    wish: Erasing,
) -> list[str]:
    refused = _refusal(found, file)
    if refused:
        raise _CannotEraseError(refused)
    path = found.root / file
    before = path.read_bytes()
    after = _with_stones(file, before, {record.line: record for record in records}, evidence, wish)
    gone = []
    for record in records:
        for place in evidence.get((file, record.line), ()):
            place.unlink(missing_ok=True)
            gone.append(place.as_posix())
    if not replace_unless_changed(path, before, after):
        raise _CannotEraseError(_CHANGED)
    return gone


def _with_stones(
    file: str,
    before: bytes,
    records: Mapping[int, PastRecord],
    evidence: Mapping[CasePlace, Sequence[Path]],
    wish: Erasing,
) -> bytes:
    """The file's content with a stone for each of the records (by line, 0 for the whole file)."""
    if not holds_lines(file):
        raw = Raw(file, 0, before)
        stone = _stone(raw, records[0], evidence.get((file, 0), ()), wish)
        if file.endswith(".json"):
            return json_text(stone, line=False).encode()
        schema = _SCHEMA.match(before)
        title = f"Erased record of process {stone['process']}"
        return new_text(stone, title, schema[1].decode() if schema else None).encode()
    lines = before.split(b"\n")
    found = split_lines(io.BytesIO(before), Chunk((file,), first_line=1))
    raws = {raw.line: raw for raw in found if raw.line in records}
    for line, record in records.items():
        if line not in raws:
            raise _CannotEraseError(_CHANGED)
        end = b"\r" if lines[line - 1].endswith(b"\r") else b""
        stone = _stone(raws[line], record, evidence.get((file, line), ()), wish)
        lines[line - 1] = json_text(stone, line=True).rstrip("\n").encode() + end
    return b"\n".join(lines)


def _stone(raw: Raw, record: PastRecord, evidence: Sequence[Path], wish: Erasing) -> dict[str, Any]:
    if sha256_of(raw.content) != record.sha256:
        raise _CannotEraseError(_CHANGED)
    until = record.until.isoformat() if record.until is not None else ""
    digests = [sha256_of_file(place) for place in evidence]
    return stone_of(
        raw.tree().data,
        sha256=record.sha256,
        on=wish.on,
        by=wish.by,
        reason=wish.reason or f"The retention of all its documents was over on {until}.",
        evidence=[digest for digest in digests if digest is not None],
    )
