"""A step in words, and the steps as a tree and as one list in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regelwerk.artifacts.view.lookup import Lookup, anchor
from regelwerk.artifacts.view.markdown import text_view
from regelwerk.artifacts.view.numbering import branch_letter
from regelwerk.artifacts.view.speech import words_of
from regelwerk.artifacts.view.ways import (
    arrivals,
    calls_view,
    decision_view,
    onward,
    onward_anchor,
)
from regelwerk.model.process import Field, Step

View = dict[str, Any]


def step_tree(look: Lookup, steps: tuple[Step, ...] | None = None, branch: str = "") -> list[View]:
    """The steps of a list; a container holds `branches`, each with a `label` and its `steps`."""
    chosen = look.process.steps if steps is None else steps
    return [_step(look, step, branch, first=position == 0) for position, step in enumerate(chosen)]


def reading_order(tree: list[View]) -> Iterator[View]:
    """Every step of a tree in the order in which it is read, containers before what they hold."""
    for step in tree:
        yield step
        for branch in step["branches"]:
            yield from reading_order(branch["steps"])


def _step(look: Lookup, step: Step, branch: str, *, first: bool) -> View:
    number = look.numbers[step.id]
    say = look.speech.say
    return {
        "id": step.id,
        "anchor": anchor(step.id),
        "number": number,
        "title": step.title,
        "branch": branch,
        "branch_start": branch if first else "",
        "container": step.is_container,
        "branches": _branches(look, step, number),
        **_people(look, step),
        "instructions": [text_view(text) for text in step.instructions],
        "resources": [look.resource(id_) for id_ in step.resources],
        "inputs": look.documents(step.inputs),
        "outputs": look.documents(step.outputs),
        "output_list": [{"id": id_, "title": look.document(id_)} for id_ in step.outputs],
        "fields": [_field(look, field) for field in step.fields],
        "checks": [{"id": check.id, "label": check.label} for check in step.checks],
        "decision": decision_view(look, step),
        "calls": calls_view(look, step),
        "due": _due(look, step),
        "four_eyes": _four_eyes(look, step),
        "email": {"template": step.email, "title": words_of(step.email)} if step.email else {},
        "optional": step.optional,
        "repeatable": step.repeatable,
        "notes": [
            *([say("branches")] if step.is_container else []),
            *([say("step.optional")] if step.optional else []),
            *([say("step.repeatable")] if step.repeatable else []),
        ],
        "clauses": _clauses(look, step),
        "onward": onward(look, step),
        "onward_anchor": onward_anchor(look, step),
        "arrivals": arrivals(look, step),
    }


def _branches(look: Lookup, step: Step, number: str) -> list[View]:
    views = []
    for index, branch in enumerate(step.parallel):
        letter = branch_letter(index)
        label = look.speech.say("branch.of", letter=letter, number=number)
        views.append(
            {
                "letter": letter,
                "label": look.speech.say("branch", letter=letter),
                "steps": step_tree(look, branch.steps, label),
            }
        )
    return views


def _people(look: Lookup, step: Step) -> View:
    """The roles of a step; accountable only where it is somebody other than the responsible."""
    accountable = look.process.accountable(step)
    return {
        "responsible": look.role(step.responsible) if step.responsible else "",
        "accountable": (
            look.role(accountable)
            if accountable and not step.is_container and accountable != step.responsible
            else ""
        ),
        "supporting": look.roles(step.supporting),
        "consulted": look.roles(step.consulted),
        "informed": look.roles(step.informed),
    }


def _field(look: Lookup, field: Field) -> View:
    say = look.speech.say
    parts = [
        *([say("field.required")] if field.required else []),
        say("field.one_of", options=", ".join(field.options))
        if field.options
        else say(f"field.{field.type}"),
        *([say("field.in_unit", unit=field.unit)] if field.unit else []),
    ]
    details = ", ".join(parts)
    return {
        "id": field.id,
        "label": field.label,
        "type": field.type,
        "required": field.required,
        "unit": field.unit or "",
        "options": list(field.options),
        "help": field.help or "",
        "details": details,
        "text": f"{field.label} ({details})",
    }


def _due(look: Lookup, step: Step) -> str:
    if step.due is None:
        return ""
    span = look.speech.span(step.due.within)
    return look.speech.say("due", span=span, moment=look.moment_of(step.due.after))


def _four_eyes(look: Lookup, step: Step) -> str:
    if not step.not_same_person_as:
        return ""
    others = [look.step(id_) for id_ in step.not_same_person_as]
    return look.speech.say("four_eyes", steps=look.speech.listing(others))


def _clauses(look: Lookup, step: Step) -> list[str]:
    first = look.context.names.standards[:1]
    return [
        f"{standard or (first[0] if first else '')} {', '.join(clauses)}".strip()
        for standard, clauses in step.clauses.items()
        if clauses
    ]
