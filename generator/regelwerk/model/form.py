"""The one field model: what a checklist asks of a case, whoever shows it or reads it back.

A field's `key` is short and depends only on the definition, so that a form can be read back with
the definition it was made from; `path` is where its value belongs in the case record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

Kind = Literal["text", "number", "date", "choice", "boxes"]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of the answers to a field: the value a record holds, its words, and where it leads."""

    value: str
    label: str
    way: str = ""


class FormField(msgspec.Struct, frozen=True, kw_only=True):
    """A value to be entered; of `boxes` exactly one is to be ticked, none is ticked beforehand.

    The choices of a `text` are only suggestions, such as the people who may do a step.
    """

    key: str
    kind: Kind
    label: str
    path: tuple[str, ...]
    required: bool = False
    unit: str = ""
    help: str = ""
    choices: tuple[Choice, ...] = ()


class FormStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the form; `round` counts from 1 where a loop or the step itself is repeated."""

    id: str
    number: str
    title: str
    round: int
    branch: str
    responsible: str
    due: str
    four_eyes: str
    inputs: tuple[str, ...]
    notes: tuple[str, ...]
    calls: str
    onward: str
    by: FormField
    role: FormField
    completed: FormField
    checks: tuple[FormField, ...]
    fields: tuple[FormField, ...]
    option: FormField | None
    called_case: FormField | None
    outputs: tuple[FormField, ...]
    remarks: FormField

    def all_fields(self) -> tuple[FormField, ...]:
        """Every field of the step in the order of the form."""
        found = (self.by, self.completed, self.role, *self.checks, *self.fields, self.option)
        rest = (self.called_case, *self.outputs, self.remarks)
        return tuple(field for field in (*found, *rest) if field is not None)


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A whole form: the case, each step once, further rounds, and how the case ended."""

    case: tuple[FormField, ...]
    steps: tuple[FormStep, ...]
    further: tuple[FormStep, ...]
    result: tuple[FormField, ...]

    def all_steps(self) -> tuple[FormStep, ...]:
        """Every row of every step: the first rounds, then the further ones."""
        return (*self.steps, *self.further)

    def all_fields(self) -> tuple[FormField, ...]:
        """Every field in the order of the form."""
        steps = [field for step in self.all_steps() for field in step.all_fields()]
        return (*self.case, *steps, *self.result)


def full_labels(form: Form) -> dict[str, str]:
    """What each field is called by itself, by its key: `3 Prepare appointment: Done on`."""
    found = {field.key: field.label for field in (*form.case, *form.result)}
    for row in form.all_steps():
        round_ = f" ({row.round})" if row.round > 1 else ""
        for field in row.all_fields():
            found[field.key] = f"{row.number}{round_} {row.title}: {field.label}"
    return found


def distinct_labels(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """Words and value of each choice; choices that say the same are told apart by their value."""
    labels = [choice.label for choice in choices]
    return [
        (
            choice.label if labels.count(choice.label) == 1 else f"{choice.label} ({choice.value})",
            choice.value,
        )
        for choice in choices
    ]
