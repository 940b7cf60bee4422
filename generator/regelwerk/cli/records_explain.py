"""`regelwerk records check --explain`: a case beside its definition, for people and machines."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from regelwerk.cli.columns import broken, side_by_side
from regelwerk.cli.options import Settings
from regelwerk.cli.printable import printable
from regelwerk.diagnostics import Diagnostic, Severity, summary
from regelwerk.operations.record_explain import ExplainedRow, Explanation, explain_case

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_NARROWEST, _WIDEST = 60, 120

# What stands on the side where there is nothing, the definition's or the case's.
_NO_STEP = {
    "other-way": "-- the other way --",
    "late": "-- late --",
    "repeated": "-- repeated --",
    "extra": "-- extra --",
    "unknown": "-- unknown step --",
    "after-end": "-- after the end --",
    "recorded": "-- not known --",
}
_NOT_DONE = {
    "skipped": "-- skipped --",
    "only-later": "-- only later --",
    "not-done": "-- not done --",
    "left-out": "-- left out, as allowed --",
    "next": "-- may come next --",
}


def explain(settings: Settings, case: str, folders: Sequence[Path], format_name: str) -> int:
    """Print the alignment of a case; the exit code is 1 where it has an error, else 0."""
    if format_name not in ("text", "json"):
        raise click.UsageError("--explain is told as --format text or json")
    explained = explain_case(settings.start, case, settings.today, folders)
    if format_name == "json":
        click.echo(as_json(explained.cases))
    else:
        width = shutil.get_terminal_size((80, 24)).columns
        click.echo(as_text(explained.cases, max(_NARROWEST, min(width, _WIDEST))))
    findings = [finding for one in explained.cases for finding in one.all_findings()]
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def as_json(cases: Sequence[Explanation]) -> str:
    """`{"cases": […]}`: every row, its findings, and those about the case as a whole."""
    data = [{**msgspec.to_builtins(one), "summary": summary(one.all_findings())} for one in cases]
    return json.dumps({"cases": data}, indent=2, ensure_ascii=False)


def as_text(cases: Sequence[Explanation], width: int = 80) -> str:
    """A table for each case, no line of which is wider than `width` columns."""
    return "\n\n".join("\n".join(_case(one, width)) for one in cases)


def _case(one: Explanation, width: int) -> Iterator[str]:
    subject = f" ({one.subject})" if one.subject else ""
    head = f"Case {one.case or one.file}{subject}: {one.process_title} {one.version}, {_state(one)}"
    for line in broken(printable(head), width):
        yield click.style(line, bold=True)
    yield from (click.style(line, dim=True) for line in broken(_place(one), width))
    for finding in one.findings:
        yield from _finding(finding, width, "")
    yield ""
    column = (width - 4) // 3
    widths = (column, column, width - 4 - 2 * column)
    if one.rows:
        titles = [["Expected"], ["Done"], ["By, when"]]
        yield click.style(side_by_side(titles, widths)[0], bold=True)
        yield "  ".join("-" * part for part in widths)
    around: tuple[tuple[str, str], ...] = ()
    for row in one.rows:
        yield from _entered(around, row.within, width)
        around = row.within
        yield from _row(row, widths, width)
    if one.rows:
        yield ""
    yield _closing(one)


def _state(one: Explanation) -> str:
    state = one.status.replace("-", " ") or "status not known"
    since = f" {_day(one.closed)}" if one.closed is not None else ""
    begun = f", begun {_day(one.started)}" if one.started is not None else ""
    return f"{state}{since}{begun}"


def _place(one: Explanation) -> str:
    return printable(f"{one.file}:{one.line}")


def _entered(
    before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]], width: int
) -> Iterator[str]:
    """A heading for each parallel in which the next row lies and the last did not."""
    for depth, (title, _) in enumerate(now):
        if [container for container, _ in before[: depth + 1]] != [c for c, _ in now[: depth + 1]]:
            text = printable(f"{title}: side by side, in any order")
            yield from (click.style(line, bold=True) for line in _indented(text, depth, width))


def _indented(text: str, depth: int, width: int) -> list[str]:
    return ["| " * depth + line for line in broken(text, width - 2 * depth)]


def _row(row: ExplainedRow, widths: tuple[int, int, int], width: int) -> Iterator[str]:
    bars = "| " * len(row.within)
    room = max(widths[0] - len(bars), 10)
    expected = [bars + line for line in _expected(row, room)]
    done = [line for text in _done(row) for line in broken(printable(text), widths[1], "  ")]
    who = [line for text in _who(row) for line in broken(printable(text), widths[2], "  ")]
    height = max(len(expected), len(done), len(who))
    expected += [bars.rstrip()] * (height - len(expected))
    severities = [finding.severity for finding in row.findings]
    worst = min(severities, key=list(_COLORS).index, default=None)
    for line in side_by_side([expected, done, who], widths):
        yield line if worst is None else click.style(line, fg=_COLORS[worst])
    for finding in row.findings:
        yield from _finding(finding, width, "  ")


def _expected(row: ExplainedRow, width: int) -> list[str]:
    branch = f"{row.within[-1][1]}: " if row.within else ""
    if row.kind == "end" or not row.step:
        said = f"End: {row.meant}" if row.meant is not None else "-- no end reached --"
    elif row.kind in _NO_STEP:
        said = branch + (row.meant if row.meant is not None else _NO_STEP[row.kind])
    else:
        said = branch + row.title
    lines = broken(printable(said), width, "  ")
    if row.kind in _NO_STEP and row.kind != "other-way":
        return lines
    if row.options and row.question:
        lines += broken(printable(row.question), width, "  ")
    for option in row.options:
        box = "(x)" if option.chosen else "( )"
        lines += broken(printable(f"{box} {option.label}"), width, "    ")
    return lines


def _done(row: ExplainedRow) -> Iterator[str]:
    if row.kind == "end":
        yield f"End: {row.title}" if row.step else "-- no end named --"
        return
    if row.kind in _NOT_DONE:
        yield _NOT_DONE[row.kind]
        return
    yield row.title
    if row.kind == "unknown" and row.meant is not None:
        yield _NO_STEP["unknown"]
    if row.options and row.option is None:
        yield "decided: nothing"
    elif row.option is not None:
        label = next((one.label for one in row.options if one.chosen), row.option)
        yield f"decided: {label}"
    if row.called_case is not None:
        yield f"case {row.called_case}"


def _who(row: ExplainedRow) -> Iterator[str]:
    if row.kind in ("next", "not-done") and row.step:
        if row.responsible:
            yield row.responsible
        if row.until is not None:
            yield f"until {_day(row.until)}"
        return
    if row.by:
        yield ", ".join(row.by) + (f" as {row.role}" if row.role else "")
    if row.completed is not None:
        yield _day(row.completed)


def _finding(finding: Diagnostic, width: int, indent: str) -> Iterator[str]:
    room = width - len(indent)
    message = printable(f"{finding.severity}[{finding.code}]: {finding.message}")
    for line in broken(message, room, "  "):
        yield indent + click.style(line, fg=_COLORS[finding.severity])
    if finding.hint and finding.severity is not Severity.INFO:
        for line in broken(printable(f"hint: {finding.hint}"), room - 2, "  "):
            yield f"{indent}  {line}"


def _closing(one: Explanation) -> str:
    counts = summary(one.all_findings())
    if not any(counts.values()):
        return click.style("Nothing departs from the definition.", fg="green", bold=True)
    told = [
        f"{number:,} {noun}{'' if number == 1 else 's'}"
        for number, noun in (
            (counts["errors"], "error"),
            (counts["warnings"], "warning"),
            (counts["infos"], "accepted departure"),
        )
        if number
    ]
    color = "red" if counts["errors"] else "yellow" if counts["warnings"] else "cyan"
    return click.style(", ".join(told), fg=color, bold=True) + "."


def _day(moment: date | datetime | None) -> str:
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%d %H:%M")
    return moment.isoformat() if moment is not None else ""
