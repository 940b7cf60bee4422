"""The value of a field as a reader reads it: typed, and said in a language."""

from __future__ import annotations

from collections.abc import Mapping

from babel.numbers import format_decimal

from regelwerk.artifacts.email.values import Shown
from regelwerk.artifacts.email.words import say
from regelwerk.artifacts.view.speech import Speech
from regelwerk.model.moment import parse_date
from regelwerk.model.process import Field

EXPECTED: Mapping[str, str] = {
    "text": "a text",
    "number": "a number",
    "date": "a day such as 2026-05-12",
    "choice": "one of the answers that there are",
    "yes-no": "`yes` or `no`",
}


def shown_value(field: Field, value: object, speech: Speech) -> Shown | None:
    """The recorded value in words; None where it is not of the field's type."""
    if field.type == "number":
        return _number(field, value, speech)
    if not isinstance(value, str):
        return None
    if field.type == "date":
        day = parse_date(value)
        return Shown(speech.day(day), value) if day is not None else None
    if field.type == "yes-no":
        known = value in ("yes", "no")
        return Shown(say(speech, f"answer.{value}"), value) if known else None
    if field.type == "choice" and value not in field.options:
        return None
    return Shown(one_kind_of_line_end(value), value)


def one_kind_of_line_end(text: str) -> str:
    """The text with `\\n` for every line end, as mails are made of."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(field: Field, value: object, speech: Speech) -> Shown | None:
    """All digits, with groups, and the unit, which no line break parts from them."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    text = format_decimal(value, locale=speech.locale, decimal_quantization=False)
    return Shown(f"{text}\u00a0{field.unit}" if field.unit else text, repr(value))
