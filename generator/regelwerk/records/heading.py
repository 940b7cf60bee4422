"""The head of a record: process, version, case id, and people named outside the steps."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.diagnostics import did_you_mean
from regelwerk.model.case import Case, CasePlace
from regelwerk.model.moment import day_of
from regelwerk.records.finding import Finding
from regelwerk.records.tables import Compiled
from regelwerk.records.world import World


def find_definition(case: Case, world: World) -> tuple[Compiled | None, tuple[Finding, ...]]:
    """The frozen definition that the record names, or why there is none."""
    if case.process is None:
        return None, ()
    versions = world.definitions.versions(case.process)
    if versions is None:
        finding = Finding(
            code="record/unknown-process",
            path=("process",),
            message=f"there is no process `{case.process}` here",
            hint=did_you_mean(case.process, world.definitions.processes()) or _known(world),
        )
        return None, (finding,)
    if case.version is None:
        return None, ()
    if case.version not in versions:
        kept = ", ".join(f'"{version}"' for version in versions) or "none"
        finding = Finding(
            code="record/unknown-version",
            path=("version",),
            message=f"version {case.version} of `{case.process}` is not among the frozen versions "
            "kept here",
            hint=f"kept here: {kept}",
        )
        return None, (finding,)
    return world.definitions.compiled(case.process, case.version), ()


def version_in_force(case: Case, world: World) -> Iterator[Finding]:
    """The version was in force when the case started."""
    if case.process is None or case.version is None or case.started is None:
        return
    day = day_of(case.started, world.zone)
    in_force = world.in_force(case.process, day)
    if in_force != case.version:
        instead = f"version {in_force} was" if in_force is not None else "none was"
        yield Finding(
            code="record/version-not-effective",
            path=("version",),
            message=f"version {case.version} of `{case.process}` was not in force when the case "
            f"started on {day.isoformat()}; {instead}",
            hint=f'use version "{in_force}"' if in_force is not None else "correct `started`",
        )


def duplicate(case: Case, world: World, place: CasePlace) -> Iterator[Finding]:
    """No earlier record has the same case id."""
    first = world.cases.cases.get(case.case) if case.case is not None else None
    if first is not None and first.place < place:
        file, line = first.place
        where = f"{file}:{line}" if line else file
        yield Finding(
            code="record/duplicate-case",
            path=("case",),
            message=f"the case id `{case.case}` is already used in {where}",
            hint="give each case an id of its own",
        )


def other_people(case: Case, world: World) -> Iterator[Finding]:
    """Whoever is named outside the steps is in people.yaml."""
    actors = (*case.actors, *(deviation.approved_by for deviation in case.deviations))
    for actor in actors:
        if actor.id not in world.people:
            yield Finding(
                code="record/unknown-person",
                path=actor.at,
                message=f"`{actor.id}` is not in people.yaml",
                hint=did_you_mean(actor.id, world.people) or "add them to people.yaml",
            )


def _known(world: World) -> str:
    return "known processes: " + ", ".join(f"`{name}`" for name in world.definitions.processes())
