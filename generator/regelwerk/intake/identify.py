"""Which control is which field: by tag, then by bookmark, else it is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from regelwerk.intake.filled import Control, Filled
from regelwerk.intake.note import Note
from regelwerk.model.form import Form, FormField, full_labels


class Identified(msgspec.Struct, frozen=True):
    """Controls by key, and what is wrong with how they are named."""

    controls: Mapping[str, Control]
    notes: tuple[Note, ...]


def keys_of(field: FormField, kind: str) -> Sequence[str]:
    """The keys of a field's controls: in Word each answer to tick has a box of its own."""
    if kind == "docx" and field.kind == "boxes":
        return [f"{field.key}_{place}" for place, _ in enumerate(field.choices, 1)]
    return [field.key]


def identify(filled: Filled, form: Form, placeholders: frozenset[str]) -> Identified:
    """Find the control of every field."""
    full = full_labels(form)
    labels = {
        key: full[field.key] for field in form.all_fields() for key in keys_of(field, filled.kind)
    }
    found: dict[str, Control] = {}
    notes: list[Note] = []
    for control in filled.controls:
        key = _key(control, labels)
        if key is None:
            notes += _unknown(control, placeholders)
        elif key in found:
            notes += _duplicate(found[key], control, labels[key])
        else:
            found[key] = control
            notes += _renamed(control, key, labels[key])
    gone = [key for key in labels if key not in found]
    notes += _gone(gone, labels, filled, placeholders)
    return Identified(found, tuple(notes))


def _key(control: Control, known: Mapping[str, str]) -> str | None:
    if control.tag in known:
        return control.tag
    return control.bookmark if control.bookmark in known else None


def is_empty(control: Control, placeholders: frozenset[str]) -> bool:
    """Whether nobody entered anything."""
    if control.formula:
        return False
    if control.checked is not None:
        return not control.checked
    return (
        control.marked or not control.text.strip() or " ".join(control.text.split()) in placeholders
    )


def _unknown(control: Control, placeholders: frozenset[str]) -> Iterator[Note]:
    if not is_empty(control, placeholders):
        shown = control.text if len(control.text) <= 40 else f"{control.text[:40]}…"
        yield Note(
            word="unknown",
            place=control.place,
            message=f"“{shown}” stands in a control that this form does not have",
            hint="enter it in one of the form's own fields, and empty this one",
        )


def _duplicate(first: Control, second: Control, label: str) -> Iterator[Note]:
    alike = (first.text, first.checked, first.day) == (second.text, second.checked, second.day)
    if not alike:
        yield Note(
            word="duplicate",
            place=second.place,
            message=f"there are two fields “{label}”, and they differ",
            hint="a part of the form was copied; remove the copy",
        )


def _renamed(control: Control, key: str, label: str) -> Iterator[Note]:
    if control.tag and control.tag != key:
        yield Note(
            word="renamed",
            place=control.place,
            message=f"the field “{label}” has the tag `{control.tag}` instead of `{key}`; "
            "it was found by its bookmark",
        )


def _gone(
    gone: Sequence[str], labels: Mapping[str, str], filled: Filled, placeholders: frozenset[str]
) -> Iterator[Note]:
    for key in gone:
        text = filled.left.get(key, "").strip()
        if text in ("", "☐") or " ".join(text.split()) in placeholders:
            yield Note(
                word="missing",
                place=_name(key, filled),
                message=f"the field “{labels[key]}” is gone from the form",
                hint="what is not asked is not changed; to fill it in, take a new form",
            )
        else:
            yield Note(
                word="removed",
                place=_name(key, filled),
                message=f"the field “{labels[key]}” is only text now: “{text[:40]}”",
                hint="a program or somebody has removed the control; enter it in a new form",
            )


def _name(key: str, filled: Filled) -> str:
    return f"control `{key}`" if filled.kind == "docx" else f"key `{key}`"
