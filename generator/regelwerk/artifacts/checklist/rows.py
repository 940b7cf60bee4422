"""The form as rows, for what has a row for everything: the workbook."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from regelwerk.artifacts.view.speech import Speech
from regelwerk.model.form import Form, FormField, FormStep


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A heading (no field) or a field: where it belongs, what it asks, what one should know."""

    place: str
    what: str
    hint: str = ""
    field: FormField | None = None


def rows_of(form: Form, language: Speech) -> Iterator[Row]:
    """Every row in the order of the form."""
    words, say = language.labels, language.say
    yield Row(place="", what=words["case"])
    yield from (_row("", field, language) for field in form.case)
    for step in form.steps:
        yield from _step(step, language)
    if form.further:
        yield Row(place="", what=words["further"], hint=say("checklist.further"))
        for step in form.further:
            yield from _step(step, language)
    yield Row(place="", what=words["case_result"])
    yield from (_row("", field, language) for field in form.result)


def _step(step: FormStep, language: Speech) -> Iterator[Row]:
    words, say = language.labels, language.say
    title = step.title
    if step.round > 1:
        title += f" – {say('checklist.round', n=str(step.round))}"
    lines = [f"{words['responsible']}: {step.responsible}"]
    if step.branch:
        lines.insert(0, step.branch)
    if step.due:
        lines.append(f"{words['due']}: {step.due}")
    if step.inputs:
        lines.append(say("checklist.needs", documents=language.listing(step.inputs)))
    if step.four_eyes:
        lines.append(f"{words['four_eyes']}: {step.four_eyes}")
    lines += [*([step.calls] if step.calls else []), *step.notes]
    if step.onward:
        lines.append(f"{words['then']}: {step.onward}")
    yield Row(place=step.number, what=title, hint="\n".join(lines))
    yield from (_row(step.number, field, language) for field in step.all_fields())


def _row(place: str, field: FormField, language: Speech) -> Row:
    hints = [field.unit] if field.unit else []
    if field.help:
        hints.append(field.help)
    if field.path[0] in ("inputs", "outputs"):
        hints.append(language.say("checklist.evidence"))
    if field.kind == "date":
        hints.append(language.say("checklist.day_hint"))
    hints += [f"{choice.label}: {choice.way}" for choice in field.choices if choice.way]
    label = field.label
    if field.required and field.path[0] in ("fields", "case", "subject", "started"):
        label = language.say("checklist.required", label=label)
    return Row(place=place, what=label, hint="\n".join(hints), field=field)
