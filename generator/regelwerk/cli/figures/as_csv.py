"""Key figures as CSV (RFC 4180), a row for each figure and period."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from regelwerk.cli.figures.words import number
from regelwerk.cli.spreadsheet import harmless
from regelwerk.model.figure import Cell, Figure
from regelwerk.operations.measure import Measured, Measurement

HEAD = (
    "process", "version", "figure", "title", "unit", "min", "max", "period", "from", "to",
    "complete", "value", "judgement", "cases", "missing", "undated", "pending",
)  # fmt: skip


def render(measurement: Measurement, *, all_periods: bool) -> str:  # noqa: ARG001
    """Texts that a spreadsheet would take for a formula get an apostrophe in front of them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for measured in measurement.processes:
        for figure in measured.figures:
            writer.writerows(_rows(measured, figure))
    return text.getvalue()


def _rows(measured: Measured, figure: Figure) -> Iterator[list[str]]:
    target = figure.target
    head = [
        harmless(measured.process),
        harmless(measured.version),
        harmless(figure.id),
        harmless(figure.title),
        harmless(figure.unit or ""),
        number(target.min if target is not None else None),
        number(target.max if target is not None else None),
    ]
    tail = [number(figure.undated), number(figure.pending)]
    if not figure.measured:
        yield [*head, "", "", "", "", "", "not-measured", "", "", "", ""]
    for cell in figure.cells:
        yield [*head, *_cell(cell), *tail]


def _cell(cell: Cell) -> list[str]:
    return [
        cell.period.label,
        cell.period.first.isoformat(),
        cell.period.last.isoformat(),
        "yes" if cell.complete else "no",
        number(cell.value),
        str(cell.judgement),
        number(cell.cases),
        number(cell.missing),
    ]
