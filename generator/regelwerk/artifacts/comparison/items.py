"""Whole items that came, went or moved, as the words after the subject of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from regelwerk.artifacts.comparison.sides import Sides
from regelwerk.artifacts.comparison.subjects import (
    branch_words,
    detail,
    details,
    number_of,
    title_of,
)
from regelwerk.artifacts.comparison.values import target_words, way_words
from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.model.difference import Change, Position
from regelwerk.model.process import Document, End, Kpi, Option, Resource, Step, Term


def item_words(both: Sides, changes: Sequence[Change]) -> str:
    """What happened to an item or to details of one step; several changes are alike in kind."""
    change = changes[0]
    if len(changes) > 1:
        return both.say(f"items.{change.kind}", what=details(both, changes))
    if change.place.detail:
        return _detail(both, change)
    if change.place.part == "step":
        return _step(both, change)
    if change.kind == "moved":
        return _place_in_list(both, change)
    words = both.say(f"item.{change.kind}")
    more = _more(both.new, change) if change.kind == "added" else ""
    return both.say("item.with", words=words, details=more) if more else words


def _detail(both: Sides, change: Change) -> str:
    what = detail(both, change)
    if change.kind == "renamed":
        return both.say("branch.renamed", what=what)
    if change.kind == "moved":
        return both.say("said", subject=what, words=_place_in_list(both, change))
    if isinstance(change.new, Option):
        way = both.say("goal.leads", way=way_words(both.new, change.new.next))
        words = both.say("detail.added", what=what)
        return both.say("item.with", words=words, details=way)
    return both.say(f"detail.{change.kind}", what=what)


def _step(both: Sides, change: Change) -> str:
    id_ = change.place.id
    if change.kind == "removed":
        return both.say("step.removed", version=both.old.process.version)
    if change.kind == "renamed":
        old = str(change.old)
        number, title = number_of(both.old, old), title_of(both.old, "step", old)
        if title == title_of(both.new, "step", id_):
            return both.say("step.renamed.same")
        return both.say("step.renamed", number=number, title=title)
    if change.kind == "added":
        return _new_step(both, id_, cast("Step", change.new))
    place = _place(both.new, cast("Position", change.new))
    number = _old_number(both, id_)
    if number == number_of(both.new, id_):
        return both.say("step.moved.same", place=place)
    return both.say("step.moved", number=number, place=place)


def _old_number(both: Sides, id_: str) -> str:
    """The number that a step of the new version had in the old one, under whatever id."""
    step = both.new.steps.get(id_)
    names = (id_, *(step.was if step is not None else ()))
    return next((both.old.numbers[name] for name in names if name in both.old.numbers), "")


def _place(look: Lookup, position: Position) -> str:
    if position.after:
        words = look.speech.say("place.after", before=look.step(position.after))
    else:
        words = look.speech.say("place.first")
    if not position.container:
        return words
    branch = branch_words(look, position.container, position.branch)
    return look.speech.say("place.branch", place=words, branch=branch)


def _new_step(both: Sides, id_: str, step: Step) -> str:
    look = both.new
    block = look.flow.enclosing.get(id_, ())
    siblings = _siblings(look, block[-1] if block else None)
    index = siblings.index(id_) if id_ in siblings else 0
    before = look.step(siblings[index - 1]) if index > 0 else ""
    following = look.step(siblings[index + 1]) if index + 1 < len(siblings) else ""
    key = (
        "between"
        if before and following
        else "last"
        if before
        else "first"
        if following
        else "only"
    )
    words = both.say(f"step.added.{key}", before=before, next=following)
    if block:
        branch = branch_words(look, *block[-1])
        words = both.say("step.added.branch", words=words, branch=branch)
    if step.responsible:
        role = look.role(step.responsible)
        words = both.say("step.added.who", words=words, role=role)
    return words


def _siblings(look: Lookup, block: tuple[str, str] | None) -> list[str]:
    if block is None:
        return [step.id for step in look.process.steps]
    container = look.steps[block[0]]
    branch = next(branch for branch in container.parallel if branch.id == block[1])
    return [step.id for step in branch.steps]


def _place_in_list(both: Sides, change: Change) -> str:
    position = cast("Position", change.new)
    if not position.after:
        return both.say("item.moved.first")
    place = change.place
    if place.detail:
        held = both.new.steps[place.id]
        entries = held.fields if place.detail == "field" else held.checks
        before = next((one.label for one in entries if one.id == position.after), "")
    else:
        before = title_of(both.new, place.part, position.after)
    return both.say("item.moved.after", before=both.say("quoted", text=before))


def _more(look: Lookup, change: Change) -> str:
    """What a reader wants to know at once of a new item."""
    item = change.new
    if isinstance(item, Kpi):
        return target_words(look, item)
    if isinstance(item, Term):
        return item.definition
    if isinstance(item, Resource):
        return look.speech.say(f"resource.{item.kind}")
    if isinstance(item, Document):
        retention = look.speech.span(item.retention)
        return look.speech.say("retention.for", span=retention) if retention else ""
    if isinstance(item, End) and item.success:
        return look.speech.say("success.true")
    return ""
