"""Key figures as JSON."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from regelwerk.model.figure import Cell, Figure
from regelwerk.operations.measure import Measured, Measurement


def render(measurement: Measurement, *, all_periods: bool) -> str:  # noqa: ARG001
    """`{"as_of": …, "unreadable": n, "processes": [{…, "figures": [{…, "periods": […]}]}]}`."""
    data = {
        "as_of": measurement.as_of.isoformat(),
        "unreadable": measurement.unreadable,
        "processes": [_process(measured) for measured in measurement.processes],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _process(measured: Measured) -> dict[str, Any]:
    return {
        "process": measured.process,
        "title": measured.title,
        "version": measured.version,
        "working": measured.working,
        "cases": measured.cases,
        "duplicates": measured.duplicates,
        "figures": [_figure(figure) for figure in measured.figures],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    target = msgspec.to_builtins(figure.target) if figure.target is not None else None
    return {
        "id": figure.id,
        "title": figure.title,
        "measured": figure.measured,
        "unit": figure.unit,
        "target": target,
        "undated": figure.undated,
        "pending": figure.pending,
        "periods": [_cell(cell) for cell in figure.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "period": cell.period.label,
        "from": cell.period.first.isoformat(),
        "to": cell.period.last.isoformat(),
        "complete": cell.complete,
        "value": cell.value,
        "judgement": str(cell.judgement),
        "cases": cell.cases,
        "missing": cell.missing,
    }
