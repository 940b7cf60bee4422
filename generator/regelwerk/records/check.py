"""Judge one record: data in, problems out; pure but for the evidence that it is handed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regelwerk.diagnostics import Path, Problem, did_you_mean
from regelwerk.model.case import Case, CasePlace
from regelwerk.records.called import end_of_call
from regelwerk.records.catalog import RULES
from regelwerk.records.deviations import weigh
from regelwerk.records.finding import Finding
from regelwerk.records.heading import duplicate, find_definition, other_people, version_in_force
from regelwerk.records.judged import Judged
from regelwerk.records.proof import proof
from regelwerk.records.reading import read_case
from regelwerk.records.replay import replay
from regelwerk.records.shape import shape_problems
from regelwerk.records.stone import erased
from regelwerk.records.tables import Compiled
from regelwerk.records.times import NameOf, in_future
from regelwerk.records.words import step_name
from regelwerk.records.world import World


def check_record(data: Mapping[str, Any], place: CasePlace, world: World) -> list[Problem]:
    """Everything that is wrong with a record beyond the shape that all records share.

    `place` is its file (relative to the root, with `/`) and its line there, 0 for a whole file.
    Wrong types and values do not stop it and are not said again. The problems come in the order
    of the record's head, its steps, its deviations.
    """
    case = read_case(data)
    compiled, why_not = find_definition(case, world)
    if case.erased is not None:
        findings = [*why_not, *_always(case, place, world, _by_id)]
        findings += [*version_in_force(case, world), *erased(case, compiled, world)]
        return _sorted(
            [Problem(f.code, f.path, f.message, f.hint, severity=f.severity) for f in findings]
        )
    if compiled is None:
        why_not = why_not or tuple(version_in_force(case, world))
        findings = [*why_not, *_always(case, place, world, _by_id), *_strangers(case, world)]
        return _sorted([Problem(f.code, f.path, f.message, f.hint) for f in findings])
    return _judge(case, data, compiled, world, place)


def check_case(
    data: Mapping[str, Any], compiled: Compiled, world: World, place: CasePlace
) -> list[Problem]:
    """The same against a definition that is already known."""
    return _judge(read_case(data), data, compiled, world, place)


def _judge(
    case: Case, data: Mapping[str, Any], compiled: Compiled, world: World, place: CasePlace
) -> list[Problem]:
    judged = _replayed(case, compiled, world, place)
    return _sorted(shape_problems(case, data, compiled) + weigh(judged, departures(judged)))


def departures(judged: Judged) -> list[Finding]:
    """Every departure of a replayed case, before deviations are weighed."""
    case, world, compiled = judged.case, judged.world, judged.compiled
    return [
        *version_in_force(case, world),
        *_always(case, judged.place, world, lambda step: step_name(step, compiled)),
        *judged.replayed.findings,
        *(finding for rule in RULES for finding in rule(judged)),
    ]


def replay_record(data: Mapping[str, Any], place: CasePlace, world: World) -> Judged | None:
    """A record's case replayed; None where its version is not known, or it was erased."""
    case = read_case(data)
    compiled, _ = find_definition(case, world)
    if compiled is None or case.erased is not None:
        return None
    return _replayed(case, compiled, world, place)


def _replayed(case: Case, compiled: Compiled, world: World, place: CasePlace) -> Judged:
    replayed = replay(
        case,
        compiled,
        world.zone,
        world.as_of,
        lambda plan, entry: end_of_call(world, plan, entry),
    )
    return Judged(case, compiled, replayed, world, place)


def _by_id(step: str) -> str:
    return f"`{step}`"


def _always(case: Case, place: CasePlace, world: World, name: NameOf) -> list[Finding]:
    return [
        *duplicate(case, world, place),
        *other_people(case, world),
        *proof(case, world, place[0], name),
        *in_future(case, world.as_of, world.zone, name),
    ]


def _strangers(case: Case, world: World) -> list[Finding]:
    return [
        Finding(
            code="record/unknown-person",
            path=actor.at,
            message=f"`{actor.id}` did `{entry.step}` but is not in people.yaml",
            hint=did_you_mean(actor.id, world.people) or "add them to people.yaml",
        )
        for entry in case.entries
        for actor in entry.by
        if actor.id not in world.people
    ]


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: _key(problem.path))


def _key(path: Path) -> tuple[int, int]:
    if path[:1] == ("steps",):
        return (1, int(path[1])) if len(path) > 1 else (2, 0)
    if path[:1] == ("deviations",):
        return (3, int(path[1]) if len(path) > 1 else 0)
    return (0, 0)
