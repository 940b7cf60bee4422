"""What differs between the steps of two definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from regelwerk.model.difference.change import Change, Detail, Place
from regelwerk.model.difference.clauses import clause_change
from regelwerk.model.difference.fields import key_change, key_changes, list_changes, made
from regelwerk.model.difference.outline import Outline
from regelwerk.model.difference.renames import Renames
from regelwerk.model.process import Calls, Decision, Option, Step

# Keys that are compared by themselves, or that only name the step.
_APART = (
    *("id", "was", "fields", "checks", "decision", "calls", "parallel", "next", "due"),
    *("not_same_person_as", "clauses"),
)


def step_changes(table: Outline, standard: str) -> Iterator[Change]:
    """Steps that are new, gone, moved or renamed, and every key of the others."""
    for before, after in table.pairs:
        if after is None:
            if before is not None:
                place = Place(part="step", id=before.step.id)
                yield made("removed", place, old=_alone(before.step))
        elif before is None:
            yield made("added", Place(part="step", id=after.step.id), new=_alone(after.step))
        else:
            place = Place(part="step", id=after.step.id)
            if before.step.id != after.step.id:
                yield made("renamed", place, "id", before.step.id, after.step.id)
            if table.has_moved(after):
                yield made("moved", place, "", before.position, after.position)
            yield from _changes(place, before.step, after.step, table.renames, standard)
            yield from _branch_names(place, before.step, table)


def _alone(step: Step) -> Step:
    """A step without those inside it, which have changes of their own."""
    return msgspec.structs.replace(step, parallel=())


def _changes(
    place: Place, old: Step, new: Step, renames: Renames, standard: str
) -> Iterator[Change]:
    yield from key_changes(place, old, new, _APART)
    if set(new.was) != set(old.was) and set(new.was) != {*old.was, old.id}:
        yield from key_change(place, "was", old.was, new.was)
    yield from clause_change(place, old.clauses, new.clauses, standard)
    if renames.due(old.due) != new.due:
        yield from key_change(place, "due", old.due, new.due)
    if renames.steps(old.not_same_person_as) != new.not_same_person_as:
        yield from key_change(
            place, "not_same_person_as", old.not_same_person_as, new.not_same_person_as
        )
    if renames.target(old.next) != new.next:
        yield from key_change(place, "next", old.next, new.next)
    yield from list_changes(_detail(place, "field"), old.fields, new.fields, lambda f: f.id)
    yield from list_changes(_detail(place, "check"), old.checks, new.checks, lambda c: c.id)
    yield from _decision(place, old.decision, new.decision, renames)
    yield from _calls(place, old.calls, new.calls, renames)


def _detail(place: Place, detail: Detail) -> Callable[[str], Place]:
    return lambda id_: msgspec.structs.replace(place, detail=detail, detail_id=id_)


def _decision(
    place: Place, old: Decision | None, new: Decision | None, renames: Renames
) -> Iterator[Change]:
    if old is None or new is None:
        yield from key_change(place, "decision", old, new)
        return
    yield from key_change(place, "decision.question", old.question, new.question)

    def way(spot: Place, before: Option, after: Option) -> Iterator[Change]:
        if renames.target(before.next) != after.next:
            yield from key_change(spot, "next", before.next, after.next)

    yield from list_changes(
        _detail(place, "option"),
        old.options,
        new.options,
        lambda option: option.id,
        ordered=False,
        skip=("id", "next"),
        more=way,
    )


def _calls(
    place: Place, old: Calls | None, new: Calls | None, renames: Renames
) -> Iterator[Change]:
    if old is None or new is None:
        yield from key_change(place, "calls", old, new)
        return
    yield from key_change(place, "calls.process", old.process, new.process)
    yield from key_change(place, "calls.external", old.external, new.external)
    spot = _detail(place, "outcome")
    for end in dict.fromkeys((*old.outcomes, *new.outcomes)):
        before, after = old.outcomes.get(end), new.outcomes.get(end)
        if renames.target(before) != after:
            yield from key_change(spot(end), "next", before, after)


def _branch_names(place: Place, old: Step, table: Outline) -> Iterator[Change]:
    for branch in old.parallel:
        same = table.branches.get((old.id, branch.id))
        if same is not None and same[1] != branch.id:
            spot = _detail(place, "branch")(same[1])
            yield made("renamed", spot, "id", branch.id, same[1])
