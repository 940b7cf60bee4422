"""What is to be done next in the open cases: which step, by whom, until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from regelwerk.errors import UsageError
from regelwerk.model.case import CasePlace
from regelwerk.model.moment import Moment, day_of
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.project.load import load
from regelwerk.project.record_chunks import cut, read_chunk
from regelwerk.project.record_files import record_files
from regelwerk.project.root import find_root
from regelwerk.records.check import replay_record
from regelwerk.records.due import still_to_do
from regelwerk.records.index import CaseIndex, build_index, case_entry
from regelwerk.records.judged import Judged
from regelwerk.records.tables import StepPlan
from regelwerk.records.world import World

_OPEN = ("open", "on-hold")


class DueStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step that comes next in an open case. `people` hold the responsible role on that day."""

    case: str
    subject: str
    process: str
    step: str
    title: str
    role: str
    people: tuple[str, ...]
    until: Moment | None
    overdue: bool
    on_hold: bool
    file: str


class DueList(msgspec.Struct, frozen=True):
    """The steps, those due first before those without a deadline, and the day they are told for.

    `unreadable` counts records of which nobody can say whether something is due.
    """

    day: date
    steps: tuple[DueStep, ...]
    unreadable: int


def due_records(start: Path, clock: Clock, person: str | None = None) -> DueList:
    """What comes next in every open case; with `person` only what that person may do."""
    root = find_root(start)
    loaded = load(root)
    day = clock(zone_of(loaded.project.organization))
    if person is not None and person not in loaded.project.people:
        raise UsageError(f"`{person}` is not in people.yaml")
    judge = RecordJudge(loaded, day)
    cases, still_open, unreadable = _read(root)
    world = judge.world(cases)
    found = [
        step
        for place, data in still_open
        if (judged := replay_record(data, place, world)) is not None
        for step in _steps(judged, data, world)
        if person is None or person in step.people
    ]
    found.sort(key=lambda step: _order(step, world))
    return DueList(day, tuple(found), unreadable)


def _read(root: Path) -> tuple[CaseIndex, list[tuple[CasePlace, dict[str, object]]], int]:
    """Every case by id, the records of those that are open, and how many cannot be read."""
    entries, still_open, unreadable = [], [], 0
    for chunk in cut(root, record_files(root)):
        for raw in read_chunk(root, chunk):
            data, place = raw.tree().data, (raw.file, raw.line)
            if not isinstance(data, dict):
                unreadable += 1
                continue
            entries.append(case_entry(data, place))
            if data.get("status") in _OPEN:
                still_open.append((place, data))
    return build_index(entries), still_open, unreadable


def _steps(judged: Judged, data: dict[str, object], world: World) -> Iterator[DueStep]:
    for plan, until in still_to_do(judged):
        role = plan.step.responsible
        yield DueStep(
            case=judged.case.case or "",
            subject=str(data.get("subject") or ""),
            process=judged.compiled.process.id,
            step=plan.step.id,
            title=plan.step.title or plan.step.id,
            role=judged.compiled.role_titles.get(role or "", role or ""),
            people=_who(plan, world),
            until=until,
            overdue=until is not None and day_of(until, world.zone) < world.as_of,
            on_hold=judged.case.status == "on-hold",
            file=judged.place[0],
        )


def _who(plan: StepPlan, world: World) -> tuple[str, ...]:
    return tuple(
        person
        for person, known in world.people.items()
        if any(
            holding.role in (plan.roles or ()) and holding.covers(world.as_of)
            for holding in known.roles
        )
    )


def _order(step: DueStep, world: World) -> tuple[date, str, str]:
    until = day_of(step.until, world.zone) if step.until is not None else date.max
    return (until, step.case, step.step)
