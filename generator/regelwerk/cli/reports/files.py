"""All findings as a file: JSON, JSON lines, or a page that a manager can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import msgspec

from regelwerk.cli.reports import as_json
from regelwerk.cli.reports.as_html import page
from regelwerk.cli.reports.report import Report
from regelwerk.diagnostics import Diagnostic
from regelwerk.errors import RegelwerkError

Render = Callable[[Sequence[Diagnostic], int, int], str]


def _json(findings: Sequence[Diagnostic], files: int, records: int) -> str:
    return as_json.render(Report(findings, files, records, lambda _file: [])) + "\n"


def _lines(findings: Sequence[Diagnostic], _files: int, _records: int) -> str:
    return "".join(
        json.dumps(msgspec.structs.asdict(finding), ensure_ascii=False) + "\n"
        for finding in findings
    )


_WRITERS: dict[str, Render] = {".json": _json, ".jsonl": _lines, ".html": page}


def writer_for(path: Path) -> Render:
    """How to write a report of that name."""
    found = _WRITERS.get(path.suffix.lower())
    if found is None:
        known = ", ".join(_WRITERS)
        raise click.UsageError(f"--report {path}: the name has to end with one of {known}")
    return found


def write_report(path: Path, text: str) -> None:
    """Write the whole report or nothing; a full disk is an error, never half a report."""
    from regelwerk.operations.writing import write_atomically

    try:
        write_atomically(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RegelwerkError(f"the report {path} cannot be written: {reason}") from error
