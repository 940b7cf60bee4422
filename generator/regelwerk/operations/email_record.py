"""The record that an e-mail is filled from: one of a file, wherever that lies."""

from __future__ import annotations

from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic
from regelwerk.errors import UsageError
from regelwerk.project.record_files import SUFFIXES, RecordSource, read_records, record_files
from regelwerk.project.source import place_in


class CaseRecord(msgspec.Struct, frozen=True):
    """A record; `file` is relative to the root, or the whole path where it lies elsewhere.

    `findings` say why it cannot be read; then it has no data.
    """

    source: RecordSource
    inside: bool
    findings: tuple[Diagnostic, ...] = ()


def find_case(root: Path, case: str) -> CaseRecord:
    """The record of a case among the project's own; UsageError where there is not just one."""
    found = [
        source
        for file in record_files(root)
        for source in read_records(root, file)
        if _case(source) == case
    ]
    if not found:
        raise UsageError(
            f"no record of the project is of case {case}", "name it with --record FILE"
        )
    if len(found) > 1:
        places = ", ".join(f"{source.file}:{source.line}" for source in found[:3])
        raise UsageError(f"case {case} is recorded more than once: {places}")
    return _readable(found[0], inside=True)


def read_case(root: Path, start: Path, file: Path, case: str | None) -> CaseRecord:
    """The record of the file, or of the file's records that of `case`; UsageError for none."""
    path = _found(root, start, file)
    inside = path.is_relative_to(root)
    name = path.relative_to(root).as_posix() if inside else path.as_posix()
    records = list(read_records(root, name))
    if case is not None:
        records = [one for one in records if _case(one) == case]
        if not records:
            raise UsageError(f"{file} holds no case {case}")
    if len(records) != 1:
        said = "several records" if records else "no record"
        raise UsageError(f"{file} holds {said}", "say which one with --case ID" if records else "")
    return _readable(records[0], inside=inside)


def _readable(source: RecordSource, *, inside: bool) -> CaseRecord:
    faults = tuple(place_in(source.tree, fault, source.file) for fault in source.tree.problems)
    if not faults and not isinstance(source.tree.data, dict):
        raise UsageError(f"{source.file} holds no record", "a record begins with `process:`")
    return CaseRecord(source, inside, faults)


def _found(root: Path, start: Path, file: Path) -> Path:
    """The file as typed: from the current folder, else from `-C`, else from the root."""
    for base in (Path.cwd(), start, root):
        path = (base / file).resolve()
        if path.is_file():
            if not path.name.endswith(SUFFIXES):
                raise UsageError(f"{file} is no record", f"records end with {', '.join(SUFFIXES)}")
            return path
    raise UsageError(f"there is no file {file}", "name the record, such as S-2026-0007.yaml")


def _case(source: RecordSource) -> object:
    data = source.tree.data
    return data.get("case") if isinstance(data, dict) else None
