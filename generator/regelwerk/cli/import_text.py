"""The report of an import, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from regelwerk.cli.printable import printable
from regelwerk.diagnostics import path_text, summary
from regelwerk.intake.record_text import shown
from regelwerk.operations.import_report import Handed, ImportResult

_COLOURS = {"refused": "red", "skipped": "yellow", "recorded": "green", "updated": "green"}
_SAID = {
    "ready": "can be recorded (nothing was written; add --write)",
    "recorded": "recorded",
    "updated": "added to the record",
    "unchanged": "says nothing new",
    "refused": "refused, nothing was written",
    "skipped": "not read",
}
_FEW = 3


def as_text(result: ImportResult) -> Iterator[str]:
    """Lines: each file, what was read in it, what is to be said of it, the findings, a summary."""
    for file in result.files:
        yield from _file(file, every=len(result.files) <= _FEW)
    for finding in result.findings:
        head = click.style(f"{finding.severity.value} {finding.code}", bold=True)
        place = printable(f"{finding.file}:{finding.line}:{finding.column}")
        yield f"{place}: {head} {printable(finding.message)}"
        if finding.hint:
            yield printable(f"  hint: {finding.hint}")
    yield _summary(result)


def _file(file: Handed, *, every: bool) -> Iterator[str]:
    outcome = click.style(_SAID[file.outcome], fg=_COLOURS.get(file.outcome), bold=True)
    case = f", case {file.case}" if file.case else ""
    yield f"{printable(file.file + case)}: {outcome}"
    if file.record:
        yield printable(f"  record: {file.record}")
    for note in file.notes:
        place = f"{note.place}: " if note.place else ""
        word = click.style(note.word, bold=True)
        yield f"  {note.level} {word}: {printable(place + note.message)}"
        if note.hint:
            yield printable(f"    hint: {note.hint}")
    for change in file.changes:
        if change.kind == "changed":
            old, new = shown(change.path, change.old), shown(change.path, change.new)
            called = change.label or path_text(change.path)
            yield printable(f"  changed: {called}: “{old}” → “{new}”")
    if file.read or file.empty:
        yield f"  read: {len(file.read)}, empty: {len(file.empty)}"
    if every:
        for one in file.read:
            yield printable(f"    {one.label or one.place} = {one.value}")


def _summary(result: ImportResult) -> str:
    counts: dict[str, int] = {}
    for file in result.files:
        counts[file.outcome] = counts.get(file.outcome, 0) + 1
    said = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
    found = summary(result.findings)
    files = "1 file" if len(result.files) == 1 else f"{len(result.files)} files"
    errors = f"{found['errors']} errors, {found['warnings']} warnings in the records"
    return f"{files}: {said or 'nothing'}; {errors}"


def as_data(result: ImportResult) -> dict[str, Any]:
    """The same as data: `files` and `findings`."""
    return {
        "files": [
            {
                "file": file.file,
                "outcome": file.outcome,
                "case": file.case,
                "record": file.record,
                "read": [msgspec.structs.asdict(one) for one in file.read],
                "empty": [{"place": one.place, "label": one.label} for one in file.empty],
                "changes": [
                    {
                        "kind": change.kind,
                        "path": list(change.path),
                        "label": change.label,
                        "old": change.old,
                        "new": change.new,
                    }
                    for change in file.changes
                ],
                "notes": [
                    {"level": note.level, **msgspec.structs.asdict(note)} for note in file.notes
                ],
            }
            for file in result.files
        ],
        "findings": [
            {**msgspec.structs.asdict(finding), "severity": finding.severity.value}
            for finding in result.findings
        ],
        "summary": summary(result.findings),
    }
