"""Print findings in the format asked for, and turn them into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import click

from regelwerk.cli.reports.report import Report
from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.errors import RegelwerkError

format_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="How to say the findings: for people, or for a machine.",
)

_MAX_SOURCE_BYTES = 8 * 1024 * 1024
_NO_TEXT = (".gz", ".zst", ".parquet")  # whose lines are not those of the file


def report_findings(
    format_name: str,
    root: Path,
    findings: Sequence[Diagnostic],
    files: int,
    records: int,
    *,
    limit: int | None = None,
) -> int:
    """Print the findings; the exit code is 1 where one of them is an error, else 0.

    For people, more findings than `limit` are counted, and only the first of each kind shown.
    """
    from regelwerk.cli.reports.catalog import FORMATS

    report = Report(findings, files, records, _line_reader(root))
    if format_name == "text" and limit is not None and len(findings) > limit:
        from regelwerk.cli.reports.as_text import render_many

        text = render_many(report)
    else:
        text = FORMATS[format_name](report)
    if text:
        _print(text)
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def report_counted(
    root: Path,
    counts: Sequence[tuple[Severity, str, str, int]],
    first: Sequence[Diagnostic],
    files: int,
    records: int,
) -> int:
    """Print how often each severity, code and process was found, and the first findings of each.

    The exit code is 1 where one of them is an error, else 0.
    """
    from regelwerk.cli.reports.as_text import render_counted

    _print(render_counted(counts, Report(first, files, records, _line_reader(root))))
    return int(any(severity is Severity.ERROR for severity, *_ in counts))


def _print(text: str) -> None:
    """Print, or fail with a sentence where what takes the output is full."""
    try:
        click.echo(text)
    except BrokenPipeError:
        raise  # the reader went away, which is no failure
    except OSError as error:
        # What is left would be tried again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        reason = error.strerror or type(error).__name__
        raise RegelwerkError(f"what was found cannot be printed: {reason}") from error


def _line_reader(root: Path) -> Callable[[str], Sequence[str]]:
    @cache
    def lines_of(file: str) -> Sequence[str]:
        path = root / file
        try:
            if file.endswith(_NO_TEXT) or not path.is_file():
                return []
            if path.stat().st_size > _MAX_SOURCE_BYTES:
                return []
            text = path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            return []
        return [line.removesuffix("\r") for line in text.split("\n")]

    return lines_of
