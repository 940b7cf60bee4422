"""What the names in a template stand for: words, or a gap where nothing is known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from regelwerk.artifacts.email.syntax import Name
from regelwerk.artifacts.email.words import say
from regelwerk.artifacts.view.speech import Speech, words_of
from regelwerk.model.context import BuildContext
from regelwerk.model.process import Step


class Shown(msgspec.Struct, frozen=True):
    """A value: as a reader reads it, and as it was recorded, which is what conditions compare."""

    text: str
    recorded: str = ""


class Gap(msgspec.Struct, frozen=True):
    """A value that is not there: what belongs here, where it would come from, and its full name."""

    label: str
    origin: str
    name: Name = ()


Value = Shown | Gap
Values = Mapping[Name, Value]


def values_for(
    context: BuildContext, steps: tuple[Step, ...], given: Mapping[Name, Shown], speech: Speech
) -> dict[Name, Value]:
    """Every value that the e-mail of `steps` (those that name the template) may take.

    `given` holds recorded values by their full names, `("record", "case")` or
    `("steps", "<step>", "fields", "<field>")`; what it lacks becomes a gap. A name that nobody can
    ever fill in, such as the number of a process without one, is not in the result.
    """
    values: dict[Name, Value] = dict(_own(context))
    values.update(_of_steps(context, steps, speech))
    values.update(_of_record(context, speech))
    values.update({name: value for name, value in given.items() if name in values})
    for name, value in list(values.items()):
        if name[0] == "steps":
            for step in reversed(steps):
                if name[1] == step.id:
                    values["fields", name[3]] = value
    return values


def _own(context: BuildContext) -> Iterator[tuple[Name, Shown]]:
    process = context.definition.process
    yield ("organization", "name"), Shown(context.names.organization)
    yield ("process", "title"), Shown(process.title)
    yield ("process", "version"), Shown(process.version)
    if process.document is not None:
        yield ("process", "document"), Shown(process.document)


def _of_steps(
    context: BuildContext, steps: tuple[Step, ...], speech: Speech
) -> Iterator[tuple[Name, Value]]:
    titles = {step.title for step in steps}
    roles = {step.responsible for step in steps}
    origin = "the steps that send this e-mail differ in it"
    yield (
        ("step", "title"),
        Shown(steps[0].title) if len(titles) == 1 else Gap(say(speech, "step.title"), origin),
    )
    yield (
        ("step", "responsible"),
        Shown(_role(context, steps[0].responsible or ""))
        if len(roles) == 1
        else Gap(say(speech, "step.responsible"), origin),
    )


def _role(context: BuildContext, id_: str) -> str:
    return context.names.roles.get(id_) or words_of(id_)


def _of_record(context: BuildContext, speech: Speech) -> Iterator[tuple[Name, Gap]]:
    for key, origin in _RECORD.items():
        yield ("record", key), Gap(say(speech, f"record.{key}"), origin, ("record", key))
    for step in context.definition.process.work_steps():
        for field in step.fields:
            place = f"the field `{field.id}` of the step `{step.id}` in the record"
            name = ("steps", step.id, "fields", field.id)
            yield name, Gap(field.label, place, name)


_RECORD = {
    "case": "`case` of the record",
    "subject": "`subject` of the record",
    "started": "`started` of the record",
    "by": "`by` of the step's entry in the record",
    "option": "`option` of the step's entry in the record",
}
