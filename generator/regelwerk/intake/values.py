"""From what was entered in a field to the value a record holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from babel.numbers import NumberFormatError, parse_decimal

from regelwerk.intake.days import read_day
from regelwerk.intake.filled import Control
from regelwerk.intake.people import who
from regelwerk.intake.refusal import ValueRefusedError
from regelwerk.model.form import FormField, distinct_labels

_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
# A separator that may be of thousands or of decimals; after a zero it can only be the latter.
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_THOUSAND = 1000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SAFE = 2**53 - 1
_LONGEST, _LONGEST_LINE = 20_000, 1000
_EVIDENCE = "evidence/"


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What values are read with: people (id → name), the form's locale, its placeholders.

    `external` holds the keys of fields that refer to cases that are not kept here.
    """

    people: Mapping[str, str]
    locale: str
    placeholders: frozenset[str]
    external: frozenset[str] = frozenset()


def value_of(field: FormField, control: Control, basis: Basis) -> Any:  # noqa: ANN401
    """The value of a field that is not empty; ValueRefusedError where it is none."""
    if control.formula:
        raise ValueRefusedError("it holds a formula", "type the value itself")
    if len(control.text) > _LONGEST:
        raise ValueRefusedError(f"it is longer than {_LONGEST} characters", "keep it as evidence")
    if _CONTROL.search(control.text) is not None:
        raise ValueRefusedError("it holds control characters", "type it anew")
    if field.kind == "date":
        return read_day(control, basis.locale)
    if field.kind == "number":
        return _number(field, control, basis.locale)
    if field.kind in ("choice", "boxes"):
        return _choice(field, control.text)
    if control.day is not None and control.number is None and control.checked is None:
        raise ValueRefusedError(f"it holds the day {control.day}, not text", "type it as text")
    return _TEXTS.get(field.path[0], _exact)(field, control.text, basis)


def ticked(field: FormField, boxes: Sequence[Control]) -> str | None:
    """The answer whose box is ticked; None where none is, ValueRefusedError where several are."""
    values = [
        (choice.label, choice.value)
        for choice, box in zip(field.choices, boxes, strict=True)
        if box.checked or (box.checked is None and box.text.strip() in ("☒", "☑", "x", "X"))
    ]
    if len(values) > 1:
        labels = " and ".join(f"“{label}”" for label, _ in values)
        raise ValueRefusedError(f"{labels} are both ticked", "leave one ticked")
    return values[0][1] if values else None


def _number(field: FormField, control: Control, locale: str) -> int | float:
    if control.number is not None:
        return _finite(float(control.number), control.number)
    text = control.text.strip()
    if field.unit and text.endswith(field.unit):
        text = text.removesuffix(field.unit).strip()
    try:
        if len(text) > 40:
            raise ValueRefusedError("it is too long for a number")
        if _PLAIN_NUMBER.fullmatch(text) and not _GROUPED.fullmatch(text):
            return _finite(float(text.replace(",", ".")), text)
        plain = text.replace("_", "?")  # Python would pass over it
        value = _finite(float(parse_decimal(plain, locale=locale, strict=True)), text)
    except (NumberFormatError, ValueError):
        raise ValueRefusedError(f"“{text[:40]}” is not a number", "for example 12.5") from None
    if _GROUPED.fullmatch(text) and abs(value) < _THOUSAND:
        digits = re.sub(r"[.,]", "", text)
        message = f"“{text}” may be {digits}, or {value}"
        raise ValueRefusedError(message, f"write {digits}, or {text}0")
    return value


def _finite(value: float, text: str) -> int | float:
    if value != value or abs(value) > _SAFE:
        raise ValueRefusedError(f"“{text[:40]}” is not a number that can be kept")
    return int(value) if value.is_integer() else value


def _choice(field: FormField, text: str) -> str:
    wanted = " ".join(text.split())
    known = distinct_labels(field.choices)
    for label, value in known:
        if wanted in (" ".join(label.split()), value):
            return value
    labels = ", ".join(f"“{label}”" for label, _ in known)
    raise ValueRefusedError(f"“{wanted[:40]}” is not one of the answers", f"one of {labels}")


def _exact(_field: FormField, text: str, _basis: Basis) -> str:
    return text


def _stripped(_field: FormField, text: str, _basis: Basis) -> str:
    return _line(text)


def _line(text: str) -> str:
    """The text, which must stand on one line; line breaks at its ends do not count."""
    text = text.strip()
    if len(text.splitlines()) > 1:
        raise ValueRefusedError("it has several lines", "write it on one")
    if len(text) > _LONGEST_LINE:
        message = f"it is longer than {_LONGEST_LINE} characters"
        raise ValueRefusedError(message, "shorten it; the rest can stand under remarks")
    return text


def _case(_field: FormField, text: str, _basis: Basis) -> str:
    if _CASE.fullmatch(text.strip()) is None:
        raise ValueRefusedError(
            f"“{text.strip()[:40]}” cannot be a case's id", "letters, digits, `.`, `_` and `-`"
        )
    return text.strip()


def _evidence(_field: FormField, text: str, _basis: Basis) -> dict[str, str]:
    """A path in the folder `evidence` is a file, anything else a reference."""
    text = _line(text)
    is_file = text.startswith(_EVIDENCE) and "\\" not in text
    if is_file and ".." in text.split("/"):
        raise ValueRefusedError(f"“{text[:60]}” leads out of the folder", "evidence lies in it")
    return {"file" if is_file else "reference": text}


def _called(field: FormField, text: str, basis: Basis) -> str | dict[str, str]:
    text = _line(text)
    if field.key not in basis.external and _CASE.fullmatch(text):
        return text
    return {"reference": text}


def _people(_field: FormField, text: str, basis: Basis) -> str | list[str]:
    found, problem, hint = who(text, basis.people)
    if problem:
        raise ValueRefusedError(problem, hint)
    return found[0] if len(found) == 1 else found


def _cancelled(field: FormField, text: str, basis: Basis) -> Any:  # noqa: ANN401
    if field.path[-1] != "by":
        return text.strip()
    found = _people(field, text, basis)
    if isinstance(found, list):
        raise ValueRefusedError("several people are named", "name the one who decided it")
    return found


_TEXTS: Mapping[str, Callable[[FormField, str, Basis], Any]] = {
    "case": _case,
    "subject": _stripped,
    "inputs": _evidence,
    "outputs": _evidence,
    "called_case": _called,
    "by": _people,
    "cancelled": _cancelled,
}
