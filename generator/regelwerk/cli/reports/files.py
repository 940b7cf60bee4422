"""All findings as a file: JSON, JSON lines, Parquet, or a page that a manager can read."""

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

Render = Callable[[Sequence[Diagnostic], int, int], bytes]


def _json(findings: Sequence[Diagnostic], files: int, records: int) -> bytes:
    return _utf8(as_json.render(Report(findings, files, records, lambda _file: [])) + "\n")


def _lines(findings: Sequence[Diagnostic], _files: int, _records: int) -> bytes:
    return _utf8(
        "".join(
            json.dumps(msgspec.structs.asdict(finding), ensure_ascii=False) + "\n"
            for finding in findings
        )
    )


def _parquet(findings: Sequence[Diagnostic], _files: int, _records: int) -> bytes:
    from regelwerk.cli.reports.as_parquet import table

    return table(findings)


def _page(findings: Sequence[Diagnostic], files: int, records: int) -> bytes:
    return _utf8(page(findings, files, records))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


_WRITERS: dict[str, Render] = {
    ".json": _json,
    ".jsonl": _lines,
    ".parquet": _parquet,
    ".html": _page,
}


def writer_for(path: Path) -> Render:
    """How to write a report of that name."""
    found = _WRITERS.get(path.suffix.lower())
    if found is None:
        known = ", ".join(_WRITERS)
        raise click.UsageError(f"--report {path}: the name has to end with one of {known}")
    return found


def write_report(path: Path, content: bytes) -> None:
    """Write the whole report or nothing; a full disk is an error, never half a report."""
    from regelwerk.operations.writing import write_atomically

    try:
        write_atomically(path, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RegelwerkError(f"the report {path} cannot be written: {reason}") from error
