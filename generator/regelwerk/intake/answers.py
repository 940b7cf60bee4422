"""What a form says, field by field: read, empty, or not to be understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from regelwerk.intake.filled import Control, Filled
from regelwerk.intake.identify import identify, is_empty, keys_of
from regelwerk.intake.note import Note
from regelwerk.intake.refusal import ValueRefusedError
from regelwerk.intake.values import Basis, ticked, value_of
from regelwerk.model.form import Form, FormField, full_labels


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Values by field key, the keys that are empty, and where every value was found."""

    values: Mapping[str, Any]
    empty: tuple[str, ...]
    places: Mapping[str, str]
    notes: tuple[Note, ...]

    def refused(self, key: str) -> bool:
        """Whether something was entered in a field that cannot be its value."""
        return key in self.places and key not in self.values and key not in self.empty


def answers_of(filled: Filled, form: Form, basis: Basis) -> Answers:
    """Read every field of a form."""
    found = identify(filled, form, basis.placeholders)
    values: dict[str, Any] = {}
    empty: list[str] = []
    places: dict[str, str] = {}
    notes = [*filled.notes, *found.notes]
    labels = full_labels(form)
    for field in form.all_fields():
        controls = [
            found.controls[key] for key in keys_of(field, filled.kind) if key in found.controls
        ]
        if not controls:
            continue
        place = next((one.place for one in controls if one.checked), controls[0].place)
        places[field.key] = place
        try:
            value = _value(field, controls, filled, basis)
        except ValueRefusedError as refusal:
            word = "formula" if controls[0].formula else "invalid"
            message = f"“{labels[field.key]}”: {refusal.message}"
            notes.append(Note(word=word, place=place, message=message, hint=refusal.hint))
            continue
        if value is None:
            empty.append(field.key)
        else:
            values[field.key] = value
    return Answers(values=values, empty=tuple(empty), places=places, notes=tuple(notes))


def _value(field: FormField, controls: list[Control], filled: Filled, basis: Basis) -> Any:  # noqa: ANN401
    if filled.kind == "docx" and field.kind == "boxes":
        known = {f"{field.key}_{place}": place - 1 for place, _ in enumerate(field.choices, 1)}
        boxes = [Control(place="", checked=False)] * len(known)
        for control in controls:
            key = control.tag if control.tag in known else control.bookmark
            boxes[known[key]] = control
        return ticked(field, boxes)
    control = controls[0]
    if control.marked and not (filled.sure_of_marks or _is_placeholder(control, basis)):
        message = f"“{control.text[:40]}” is marked as a placeholder"
        raise ValueRefusedError(message, "type it anew into the field")
    if is_empty(control, basis.placeholders):
        return None
    return value_of(field, control, basis)


def _is_placeholder(control: Control, basis: Basis) -> bool:
    text = " ".join(control.text.split())
    return not text or text in basis.placeholders
