"""Findings for people: what is wrong, where, the line itself with a mark, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import click
import msgspec

from regelwerk.cli.printable import printable
from regelwerk.cli.reports.counts import count, first_of_each
from regelwerk.cli.reports.report import Report
from regelwerk.diagnostics import Diagnostic, Severity

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_FIRST = 3
_WIDTH = 100
_BEFORE = 60
_WORD = re.compile(r"[^\s:,\]}]+")


def render(report: Report) -> str:
    """Every finding with its source line, then the counts; information takes one line each."""
    parts = [
        _line(finding) if finding.severity is Severity.INFO else _block(finding, report)
        for finding in sorted(
            report.findings, key=lambda finding: finding.severity is Severity.INFO
        )
    ]
    return "\n".join([*parts, _closing(report, count(report.findings))])


def render_many(report: Report) -> str:
    """How many of each code and process there are, the first of each, then the counts."""
    shown = first_of_each(report.findings, _FIRST)
    return render_counted(count(report.findings), msgspec.structs.replace(report, findings=shown))


def render_counted(rows: Sequence[tuple[Severity, str, str, int]], report: Report) -> str:
    """Numbers by severity, code and process, then the findings of the report, which are a part."""
    if not rows:
        return _closing(report, ())
    shown = report.findings
    widest = max(len(f"{number:,}") for *_, number in rows)
    table = [
        f"{number:>{widest},}  {click.style(f'{severity}[{code}]', fg=_COLORS[severity])}  "
        f"{printable(process)}"
        for severity, code, process, number in rows
    ]
    parts = [
        _line(finding) if finding.severity is Severity.INFO else _block(finding, report)
        for finding in sorted(shown, key=lambda finding: finding.severity is Severity.INFO)
    ]
    left = sum(number for *_, number in rows) - len(shown)
    more = (
        [f"… and {left:,} more: --all shows them, --report keeps them in a file."] if left else []
    )
    return "\n".join([*table, "", *parts, *more, _closing(report, rows)])


def _block(finding: Diagnostic, report: Report) -> str:
    color = _COLORS[finding.severity]
    head = click.style(f"{finding.severity}[{finding.code}]", fg=color, bold=True)
    number = str(finding.line)
    bar = click.style(" " * len(number) + " |", fg="blue")
    arrow = click.style(" " * len(number) + "-->", fg="blue")
    lines = [
        f"{head}: {click.style(printable(finding.message), bold=True)}",
        f"{arrow} {printable(finding.file)}:{finding.line}:{finding.column}  "
        + click.style(printable(finding.path), dim=True),
    ]
    excerpt = _excerpt(report.lines_of(finding.file), finding)
    if excerpt is not None:
        source, offset, length = excerpt
        mark = click.style("^" * length, fg=color, bold=True)
        lines += [
            bar,
            click.style(f"{number} |", fg="blue") + f" {source}",
            f"{bar} {' ' * offset}{mark}",
        ]
    if finding.hint:
        equals = click.style(" " * len(number) + " =", fg="blue")
        lines.append(f"{equals} hint: {printable(finding.hint)}")
    return "\n".join(lines) + "\n"


def _line(finding: Diagnostic) -> str:
    head = click.style(f"info[{finding.code}]", fg=_COLORS[Severity.INFO])
    place = f"{printable(finding.file)}:{finding.line}:{finding.column}"
    return f"{head}: {place}: {printable(finding.message)}"


def _excerpt(lines: object, finding: Diagnostic) -> tuple[str, int, int] | None:
    """The source line cut to the terminal, where the mark begins, and how long it is."""
    if not isinstance(lines, list | tuple) or not 0 < finding.line <= len(lines):
        return None
    source = str(lines[finding.line - 1])
    at = min(finding.column - 1, len(source))
    match = _WORD.match(source, at)
    length = max(1, len(match[0]) if match else 1)
    cut = max(0, at - _BEFORE) if len(source) > _WIDTH else 0
    shown = source[cut : cut + _WIDTH]
    lead, tail = ("…" if cut else ""), ("…" if cut + _WIDTH < len(source) else "")
    return printable(lead + shown + tail), at - cut + len(lead), min(length, _WIDTH)


def _closing(report: Report, rows: Iterable[tuple[Severity, str, str, int]]) -> str:
    counts = {"errors": 0, "warnings": 0, "infos": 0}
    for severity, _code, _process, number in rows:
        counts[f"{severity}s"] += number
    looked = f"{_count(report.files, 'file')} and {_count(report.records, 'record')} checked"
    if not (counts["errors"] or counts["warnings"]):
        return click.style("No errors, no warnings", fg="green", bold=True) + f"; {looked}."
    color = "red" if counts["errors"] else "yellow"
    said = f"{_count(counts['errors'], 'error')}, {_count(counts['warnings'], 'warning')}"
    return click.style(said, fg=color, bold=True) + f"; {looked}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
