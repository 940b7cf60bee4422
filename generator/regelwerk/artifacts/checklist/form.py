"""From a definition to the fields of its checklist; see `model.form`.

The keys are places, not ids: short whatever the ids are, unique, and the same as long as the
definition is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regelwerk.artifacts.checklist.rounds import rounds
from regelwerk.artifacts.view.lookup import Lookup, lookup
from regelwerk.artifacts.view.steps import reading_order, step_tree
from regelwerk.model.context import BuildContext
from regelwerk.model.form import Choice, Form, FormField, FormStep, Kind
from regelwerk.model.process import Check, Field, Step

__all__ = ["Choice", "Form", "FormField", "FormStep", "Kind", "form_of"]


def form_of(context: BuildContext, done: Mapping[str, int] | None = None) -> Form:
    """The fields of a definition's checklist.

    `done` says how often steps were done already: so many rows there are at least.
    """
    look = lookup(context)
    views = {view["id"]: view for view in reading_order(step_tree(look))}
    work = list(look.process.work_steps())
    times = dict(rounds(look))
    for step, number in (done or {}).items():
        times[step] = max(times.get(step, 1), number)
    first = [_step(look, views[step.id], step, place, 1) for place, step in enumerate(work, 1)]
    last = max((times[step.id] for step in work), default=1)
    further = [
        _step(look, views[step.id], step, place, number)
        for number in range(2, last + 1)
        for place, step in enumerate(work, 1)
        if number <= times[step.id]
    ]
    return Form(case=_case(look), steps=tuple(first), further=tuple(further), result=_result(look))


def _case(look: Lookup) -> tuple[FormField, ...]:
    words = look.speech.labels
    return (
        _field("case", "text", words["case"], ("case",), required=True),
        _field("subject", "text", words["subject"], ("subject",), required=True),
        _field("started", "date", words["started"], ("started",), required=True),
        *(
            _field(f"in{place}", "text", look.document(use.document), ("inputs", use.document))
            for place, use in enumerate(look.process.inputs, 1)
        ),
    )


def _result(look: Lookup) -> tuple[FormField, ...]:
    words, say = look.speech.labels, look.speech.say
    states = tuple(
        Choice(value=value, label=say(f"checklist.status.{value}"))
        for value in ("open", "on-hold", "closed", "cancelled")
    )
    ends = tuple(Choice(value=end.id, label=end.event) for end in look.process.ends.values())
    return (
        _field("status", "boxes", words["status"], ("status",), required=True, choices=states),
        _field("closed", "date", words["closed"], ("closed",)),
        _field("end", "boxes", words["end"], ("end",), choices=ends),
        _field("c_on", "date", words["cancelled_on"], ("cancelled", "on")),
        _field("c_by", "text", words["cancelled_by"], ("cancelled", "by")),
        _field("c_why", "text", words["cancelled_reason"], ("cancelled", "reason")),
    )


def _step(look: Lookup, view: dict[str, object], step: Step, place: int, number: int) -> FormStep:
    words = look.speech.labels
    stem = f"{place:02}_{number}"
    calls = view["calls"]
    return FormStep(
        id=step.id,
        number=look.numbers[step.id],
        title=step.title,
        round=number,
        branch=str(view["branch"]),
        responsible=look.role(step.responsible or ""),
        due=str(view["due"]),
        four_eyes=str(view["four_eyes"]),
        inputs=tuple(look.documents(step.inputs)),
        notes=tuple(_texts(view["notes"])),
        calls=str(calls["text"]) if isinstance(calls, dict) and calls else "",
        onward=str(view["onward"]),
        by=_by(look, step, f"{stem}_by"),
        role=_role(look, step, f"{stem}_role"),
        completed=_field(f"{stem}_on", "date", words["done_on"], ("completed",), required=True),
        checks=tuple(
            _check(look, check, f"{stem}_c{index}") for index, check in enumerate(step.checks, 1)
        ),
        fields=tuple(
            _recorded(look, field, f"{stem}_f{index}") for index, field in enumerate(step.fields, 1)
        ),
        option=_option(look, view, step, f"{stem}_opt"),
        called_case=(
            _field(f"{stem}_called", "text", words["called_case"], ("called_case",))
            if step.calls is not None
            else None
        ),
        outputs=tuple(
            _field(f"{stem}_o{index}", "text", look.document(id_), ("outputs", id_), required=True)
            for index, id_ in enumerate(step.outputs, 1)
        ),
        remarks=_field(f"{stem}_rem", "text", words["remarks"], ("remarks",)),
    )


def _by(look: Lookup, step: Step, key: str) -> FormField:
    """Who may: whoever holds a fitting role without an end, so that no day makes a difference."""
    fitting = look.context.project.organization.members(step.responsible or "")
    people = [
        Choice(value=id_, label=look.person(id_))
        for id_, person in look.context.project.people.items()
        if any(held.role in fitting and held.until is None for held in person.roles)
    ]
    choices = tuple(sorted(people, key=lambda choice: (choice.label.casefold(), choice.value)))
    label = look.speech.labels["done_by"]
    return _field(key, "text", label, ("by",), required=True, choices=choices)


def _role(look: Lookup, step: Step, key: str) -> FormField:
    """The responsible role or one that it includes, in the order of organization.yaml."""
    organization = look.context.project.organization
    responsible = step.responsible or ""
    members = organization.members(responsible) - {responsible}
    ordered = [responsible, *(role for role in organization.roles if role in members)]
    choices = tuple(Choice(value=role, label=look.role(role)) for role in ordered)
    return _field(key, "choice", look.speech.labels["role"], ("role",), choices=choices)


def _check(look: Lookup, check: Check, key: str) -> FormField:
    answers = tuple(
        Choice(value=value, label=look.speech.say(f"answer.{value}"))
        for value in ("yes", "no", "not-applicable")
    )
    return _field(key, "boxes", check.label, ("checks", check.id), required=True, choices=answers)


def _recorded(look: Lookup, field: Field, key: str) -> FormField:
    kind: Kind = "boxes" if field.type == "yes-no" else field.type
    choices = tuple(Choice(value=option, label=option) for option in field.options)
    if field.type == "yes-no":
        choices = tuple(
            Choice(value=value, label=look.speech.say(f"answer.{value}")) for value in ("yes", "no")
        )
    return FormField(
        key=key,
        kind=kind,
        label=field.label,
        path=("fields", field.id),
        required=field.required,
        unit=field.unit or "",
        help=field.help or "",
        choices=choices,
    )


def _option(look: Lookup, view: dict[str, object], step: Step, key: str) -> FormField | None:
    decision = view["decision"]
    if step.decision is None or not isinstance(decision, dict):
        return None
    choices = tuple(
        Choice(value=option["id"], label=option["label"], way=option["sentence"])
        for option in decision["options"]
    )
    label = step.decision.question or look.speech.labels["decision"]
    return _field(key, "boxes", label, ("option",), required=True, choices=choices)


def _field(
    key: str,
    kind: Kind,
    label: str,
    path: tuple[str, ...],
    *,
    required: bool = False,
    choices: tuple[Choice, ...] = (),
) -> FormField:
    return FormField(key=key, kind=kind, label=label, path=path, required=required, choices=choices)


def _texts(value: object) -> Sequence[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
