"""Key figures for people: a table, small pictures, and what is missing from the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import click

from regelwerk.cli.figures.words import judgement_words, rounded, sparkline, target_words
from regelwerk.cli.printable import printable
from regelwerk.model.figure import Cell, Figure, Judgement
from regelwerk.operations.measure import Measured, Measurement

_HEAD = ("Key figure", "Period", "Value", "Target", "", "Cases", "Missing", "Course")
_RIGHT = frozenset({2, 5, 6})
_COURSE = 24
_COLORS = {Judgement.MET: "green", Judgement.MISSED: "red", Judgement.WITHHELD: "yellow"}

Row = tuple[str, ...]


def render(measurement: Measurement, *, all_periods: bool) -> str:
    """A table for each process; of each figure the latest period that is over, or all periods."""
    parts = [
        _process(measured, measurement.as_of, all_periods=all_periods)
        for measured in measurement.processes
    ]
    if not parts:
        parts = ["There are no key figures.\n"]
    if measurement.unreadable:
        parts.append(
            f"{_count(measurement.unreadable, 'record')} could not be read and "
            "count nowhere; regelwerk records check tells why.\n"
        )
    return "\n".join(parts)


def _process(measured: Measured, as_of: date, *, all_periods: bool) -> str:
    draft = ", a draft" if measured.working else ""
    told = [figure for figure in measured.figures if figure.measured]
    count = f"{_count(measured.cases, 'case')}, " if told else ""
    head = (
        f"{printable(measured.title)} ({measured.process} {printable(measured.version)}{draft}): "
        f"{count}as of {as_of.isoformat()}"
    )
    lines = [click.style(head, bold=True)]
    if told:
        lines += _table([row for figure in told for row in _rows(figure, all_periods=all_periods)])
    lines += _notes(measured)
    return "\n".join(lines) + "\n"


def _rows(figure: Figure, *, all_periods: bool) -> Iterator[tuple[Row, Judgement]]:
    over = [cell for cell in figure.cells if cell.complete] or list(figure.cells)
    shown = figure.cells if all_periods else over[-1:]
    course = sparkline(figure.cells[-_COURSE:]) if len(figure.cells) > 1 else ""
    for number, cell in enumerate(shown):
        title = printable(figure.title) if number == 0 else ""
        yield _row(figure, cell, title, course if number == 0 else ""), cell.judgement


def _row(figure: Figure, cell: Cell, title: str, course: str) -> Row:
    unit = printable(figure.unit or "")
    value = f"{rounded(cell.value)} {unit}".rstrip() if cell.value is not None else "–"
    return (
        title,
        cell.period.label,
        value,
        target_words(figure.target),
        judgement_words(cell),
        "–" if cell.cases is None else str(cell.cases),
        "–" if cell.missing is None else str(cell.missing or ""),
        course,
    )


def _table(rows: Sequence[tuple[Row, Judgement]]) -> Iterator[str]:
    cells = [_HEAD, *(row for row, _ in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_HEAD))]
    yield click.style(_line(_HEAD, widths), dim=True)
    for row, judgement in rows:
        line = _line(row, widths)
        words = row[4]
        color = _COLORS.get(judgement)
        at = sum(widths[:4]) + 8
        if words and color:
            styled = click.style(words, fg=color)
            line = line[:at] + line[at:].replace(words, styled, 1)
        yield line


def _line(row: Row, widths: Sequence[int]) -> str:
    return "  ".join(
        cell.rjust(width) if column in _RIGHT else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ).rstrip()


def _notes(measured: Measured) -> Iterator[str]:
    if not measured.figures:
        yield "The definition names no key figures."
    for figure in measured.figures:
        title = printable(figure.title)
        if not figure.measured:
            yield f"{title}: not measured, the definition does not say how."
        if figure.undated:
            has = "has" if figure.undated == 1 else "have"
            yield f"{title}: {_count(figure.undated, 'case')} {has} no date to be counted by."
        if figure.pending:
            yield f"{title}: {_count(figure.pending, 'case')} under way."
    if measured.duplicates:
        yield (
            f"{_count(measured.duplicates, 'record')} left out: the case id is that of an earlier "
            "record."
        )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
