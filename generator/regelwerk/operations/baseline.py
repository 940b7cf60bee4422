"""Findings that were there before: they fail nothing, and those that are gone are told."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.model.case import CasePlace
from regelwerk.operations.writing import write_atomically
from regelwerk.project.record_chunks import Chunk, holds_lines, read_chunk

_FORMAT = 1
_LARGEST = 256 * 1024 * 1024
# Where the definition says so; a line that is moved there makes no new finding.
_SOURCE = re.compile(r" \([\w.-]+:[0-9]+\)")

# Code, file, case, path and message; not the line, which moves when something above it changes. The
# case is told only in files that hold many.
Known = tuple[str, str, str, str, str]
_KEYS = ("code", "file", "case", "path", "message")


class Compared(msgspec.Struct, frozen=True):
    """Findings that are new, how many were known, and the known ones that are no more."""

    new: tuple[Diagnostic, ...]
    known: int
    stale: tuple[Known, ...]


def compare(root: Path, findings: Sequence[Diagnostic], baseline: Path) -> Compared:
    """Leave out what the baseline knows, as often as it knows it."""
    left = Counter(_read(baseline))
    cases = _cases(root, findings)
    new, known = [], 0
    for finding in findings:
        key = _key(finding, cases)
        if left[key] > 0:
            left[key] -= 1
            known += 1
        else:
            new.append(finding)
    return Compared(tuple(new), known, tuple(sorted(left.elements())))


def write_baseline(root: Path, findings: Sequence[Diagnostic], baseline: Path) -> int:
    """Keep the errors and warnings as known; how many there are. Information needs no baseline."""
    cases = _cases(root, findings)
    known = sorted(_key(one, cases) for one in findings if one.severity is not Severity.INFO)
    entries = [dict(zip(_KEYS, one, strict=True)) for one in known]
    text = json.dumps({"format": _FORMAT, "findings": entries}, indent=1, ensure_ascii=False)
    try:
        write_atomically(baseline, (text + "\n").encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RegelwerkError(f"{baseline} cannot be written: {reason}") from error
    return len(entries)


def _key(finding: Diagnostic, cases: Mapping[CasePlace, str]) -> Known:
    case = cases.get((finding.file, finding.line), "")
    message = _SOURCE.sub("", finding.message)
    return (finding.code, finding.file, case, finding.path, message)


def _cases(root: Path, findings: Iterable[Diagnostic]) -> dict[CasePlace, str]:
    """The ids of the cases that findings in files of lines are about, by file and line."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        if holds_lines(finding.file):
            wanted[finding.file].add(finding.line)
    found: dict[CasePlace, str] = {}
    for file, lines in wanted.items():
        for raw in read_chunk(root, Chunk((file,), first_line=1)):
            if raw.line in lines:
                data = raw.tree().data
                found[file, raw.line] = str(data.get("case")) if isinstance(data, dict) else ""
    return found


def _known(entry: Mapping[str, object]) -> Known:
    code, file, case, path, message = (str(entry[key]) for key in _KEYS)
    return (code, file, case, path, message)


def _read(baseline: Path) -> list[Known]:
    hint = "write it with --write-baseline"
    try:
        if baseline.stat().st_size > _LARGEST:
            raise UsageError(f"{baseline} is too large to be a baseline", hint)
        data: Any = json.loads(baseline.read_bytes())
        if data["format"] != _FORMAT:
            raise UsageError(f"{baseline} was written by another version of regelwerk", hint)
        return [_known(one) for one in data["findings"]]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{baseline} cannot be read: {reason}", hint) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{baseline} is not a baseline", hint) from error
