"""Small projects whose clauses are told: one process, in force or a draft."""

from __future__ import annotations

from datetime import date
from typing import Any

from checks_support import World
from regelwerk.coverage import coverage_of
from regelwerk.model.context import BuildContext, resolve_names
from regelwerk.model.coverage import Catalogue, ClauseCoverage
from regelwerk.model.figure import Figure
from regelwerk.model.project import Project
from regelwerk.model.version import StageVerdict, Status, Verdict

DAY = date(2026, 11, 24)
ISO = "ISO 9001:2015"
CATALOGUE = Catalogue(
    standard=ISO,
    clauses={
        "4.4": "Processes",
        "4.4.1": "Determined",
        "5.1": "Top",
        "5.1.1": "Answering",
        "5.1.10": "Ten",
        "8": "Work",
        "8.3": "Developing",
        "8.3.1": "A process for it",
        "8.3.2": "Planning it",
        "8.4": "Suppliers",
    },
    items={"4.4.1": "ab", "8.4": "ab"},
    amended={"5.1": "more of it"},
)


def edition(
    project: Project,
    process: str,
    *,
    draft: bool = False,
    figures: tuple[Figure, ...] = (),
    **verdict: Any,
) -> BuildContext:
    """The working definition of a process, as if it were in force, or as the draft that it is."""
    definition = project.processes[process].working
    assert definition is not None
    known: dict[str, Any] = {
        "version": definition.process.version,
        "status": Status.DRAFT if draft else Status.EFFECTIVE,
        "effective_from": None if draft else date(2026, 1, 1),
        "stages": (StageVerdict(id="created", title="Creation", role=None, needed=0),),
    }
    return BuildContext(
        project=project,
        definition=definition,
        verdict=Verdict(**(known | verdict)),
        names=resolve_names(project, None),
        as_of=DAY,
        working=draft,
        figures=figures,
    )


def covered(
    world: World,
    drafts: tuple[str, ...] = (),
    cases: dict[str, list[frozenset[str]]] | None = None,
    **verdict: Any,
) -> dict[str, ClauseCoverage]:
    """The coverage of the first standard, by clause."""
    project = world.project()
    editions = [
        edition(project, id_, draft=id_ in drafts, **({} if id_ in drafts else verdict))
        for id_ in project.processes
    ]
    standards = coverage_of(project.organization, editions, {ISO: CATALOGUE}, cases or {})
    return {clause.clause: clause for clause in standards[0].clauses}
