"""Small processes and cases, and the figures that the reference makes of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from regelwerk.figures.compute import Window, figures_of, measures_of
from regelwerk.figures.reference import JudgedCase, Reference
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.figure import Cell, Figure
from regelwerk.model.process import Process
from regelwerk.project.build_process import build_process
from regelwerk.records.reading import read_case

BERLIN = ZoneInfo("Europe/Berlin")
AS_OF = date(2026, 12, 31)
STEPS: list[dict[str, Any]] = [
    {"id": "meet", "was": ["visit"], "fields": [{"id": "cost", "label": "C", "type": "number"}]},
    {
        "id": "decide",
        "decision": {
            "options": {
                "yes": {"label": "Y", "next": "deliver"},
                "no": {"label": "N", "next": {"end": "refused"}},
                "again": {"label": "A", "next": "meet"},
            }
        },
    },
    {"id": "deliver", "next": {"end": "delivered"}},
]


def process(*kpis: dict[str, Any], steps: list[dict[str, Any]] | None = None) -> Process:
    """A process with these key figures; a figure without id is called `k`."""
    defaults = {"title": "T", "responsible": "r"}
    data = {
        "id": "p",
        "title": "P",
        "version": "1.0",
        "purpose": "x",
        "start": {"event": "s"},
        "steps": [{**defaults, **step} for step in (steps or STEPS)],
        "ends": {"delivered": {"event": "d", "success": True}, "refused": {"event": "n"}},
        "kpis": [{"id": "k", "title": "K", **kpi} for kpi in kpis],
    }
    return build_process(data, "p")


def entry(step: str, completed: str | None, **more: Any) -> dict[str, Any]:
    """An entry of a step; None leaves the date out."""
    return {"step": step, "by": "a", **({"completed": completed} if completed else {}), **more}


def case(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A record, open and started on 5 January 2026 unless told otherwise."""
    head = {"process": "p", "version": "1.0", "status": "open", "started": "2026-01-05"}
    return {**head, "steps": list(steps), **more}


def closed(on: str | None, end: str, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A closed record."""
    return case(*steps, status="closed", end=end, **({"closed": on} if on else {}), **more)


def figures(
    cases: list[dict[str, Any]],
    *kpis: dict[str, Any],
    conforms: list[bool | None] | None = None,
    steps: list[dict[str, Any]] | None = None,
    earlier: tuple[Process, ...] = (),
    **window: Any,
) -> list[Figure]:
    """What the reference makes of the records; `conforms` goes with them one by one."""
    definition = process(*kpis, steps=steps)
    judged = conforms or [None] * len(cases)
    read = [JudgedCase(read_case(data), fits) for data, fits in zip(cases, judged, strict=True)]
    asked = Window(**{"as_of": AS_OF, **window})
    engine = Reference(read, BERLIN, BusinessCalendar("DE"), asked.as_of)
    return list(figures_of(definition, measures_of(definition, earlier), engine, asked))


def figure(cases: list[dict[str, Any]], measure: dict[str, Any], **more: Any) -> Figure:
    """One figure; `kpi` are further keys of its definition."""
    kpi = {"measure": measure, **more.pop("kpi", {})}
    return figures(cases, kpi, **more)[0]


def values(figure: Figure) -> dict[str, float | None]:
    """The value of each period."""
    return {cell.period.label: cell.value for cell in figure.cells}


def only(figure: Figure) -> Cell:
    """The one cell of a figure."""
    (cell,) = figure.cells
    return cell
