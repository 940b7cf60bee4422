"""Who did a step: somebody known, in a role that is responsible, held on that day, four eyes."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.diagnostics import did_you_mean
from regelwerk.model.case import Entry
from regelwerk.model.moment import day_of
from regelwerk.model.organization import Person
from regelwerk.records import words
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged
from regelwerk.records.tables import StepPlan
from regelwerk.records.visit import How


def unknown_people(judged: Judged) -> Iterator[Finding]:
    """Everybody named in a step has to be in people.yaml."""
    for visit in judged.replayed.visits:
        for actor in visit.entry.by:
            if actor.id not in judged.world.people:
                below = actor.at[len(visit.entry.at) :]
                yield judged.finding(
                    visit.entry,
                    "record/unknown-person",
                    f"{words.did(visit.entry, judged.compiled)}, but `{actor.id}` is not in "
                    "people.yaml",
                    did_you_mean(actor.id, judged.world.people) or "add them to people.yaml",
                    below,
                )


def roles(judged: Judged) -> Iterator[Finding]:
    """The role stated, or one the person holds, is the responsible one, and held on that day."""
    for visit in judged.replayed.visits:
        plan = visit.plan
        if plan is None or plan.roles is None or visit.how is How.AFTER:
            continue
        for actor in visit.entry.by:
            person = judged.world.people.get(actor.id)
            if person is not None:
                yield from _role(judged, visit.entry, plan, person)


def _role(judged: Judged, entry: Entry, plan: StepPlan, person: Person) -> Iterator[Finding]:
    compiled = judged.compiled
    stated = entry.role
    fitting = [holding for holding in person.roles if holding.role in (plan.roles or ())]
    if stated is not None:
        if stated not in (plan.roles or ()):
            yield _wrong(judged, entry, plan, person, (stated,))
            return
        under = judged.world.organization.members(stated)
        fitting = [holding for holding in fitting if holding.role in under]
    elif not fitting:
        yield _wrong(judged, entry, plan, person, tuple(held.role for held in person.roles))
        return
    if entry.completed is None:
        return
    day = day_of(entry.completed, judged.world.zone)
    if not any(holding.covers(day) for holding in fitting):
        role = words.role_name(stated or fitting[0].role, compiled)
        yield judged.finding(
            entry,
            "record/role-not-held",
            f"{words.did(entry, compiled)}, but {person.id} did not hold the role {role} on "
            f"{day.isoformat()}; {words.role_name(plan.step.responsible, compiled)} is responsible"
            f"{words.source(compiled, (*plan.step.at, 'responsible'))}",
            "correct the day or the person, or the role's `from` and `until` in people.yaml",
        )


def _wrong(
    judged: Judged, entry: Entry, plan: StepPlan, person: Person, held: tuple[str, ...]
) -> Finding:
    compiled = judged.compiled
    names = words.people(dict.fromkeys(words.role_name(role, compiled) for role in held))
    as_role = f"by {person.id} as {names}" if held else f"by {person.id}, who holds no role,"
    day = words.day(entry.completed, compiled.zone)
    responsible = words.role_name(plan.step.responsible, compiled)
    return judged.finding(
        entry,
        "record/wrong-role",
        f"{words.step_name(entry.step, compiled)} was done {as_role} on {day}; {responsible} is "
        f"responsible{words.source(compiled, (*plan.step.at, 'responsible'))}",
        "correct `by` or `role`, or have the departure accepted under `deviations`",
    )


def four_eyes(judged: Judged) -> Iterator[Finding]:
    """Whoever did the latest earlier completion of the other step may not do this one."""
    latest: dict[str, Entry] = {}
    for visit in judged.replayed.visits:
        entry = visit.entry
        others = visit.plan.step.not_same_person_as if visit.plan is not None else ()
        for other in others if visit.how is not How.AFTER else ():
            same = entry.people & (latest[other].people if other in latest else frozenset())
            known = sorted(person for person in same if person in judged.world.people)
            if known and visit.plan is not None:
                at = (*visit.plan.step.at, "not_same_person_as")
                yield judged.finding(
                    entry,
                    "record/four-eyes",
                    f"{words.did(entry, judged.compiled)}; {words.people(known)} had also done "
                    f"{words.step_name(other, judged.compiled)} on "
                    f"{words.day(latest[other].completed, judged.world.zone)}, and the two "
                    "need different people"
                    f"{words.source(judged.compiled, at)}",
                    "correct `by`, or have the departure accepted under `deviations`",
                )
        latest[entry.step] = entry
