"""Sentences about values: of the wrong type, or of a form that does not belong there."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from regelwerk.diagnostics import Path, Problem, did_you_mean
from regelwerk.project.faults import short
from regelwerk.project.schema_spot import Spot
from regelwerk.project.violation import Violation

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping (`key: value`)",
    "array": "a list (`- item`)",
    "null": "nothing",
}
# What a value of a named part of the schema is not, where its pattern or format fails.
_FORMS = {
    "caseId": "cannot be used as a case number",
    "country": "is not a country",
    "date": "is not a real date",
    "digest": "is not a digest",
    "emailAddress": "is not an e-mail address",
    "fieldRef": "does not name a field",
    "id": "cannot be used as an id",
    "idKey": "cannot be used as an id",
    "language": "is not a language",
    "moment": "is not a date, or a date-time with offset",
    "next": "cannot be the id of a step",
    "optionRef": "does not name an option",
    "period": "is not a length of time in years, months, weeks or days",
    "personId": "cannot be used as a person's id",
    "personKey": "cannot be used as a person's id",
    "sha256": "is not a SHA-256 checksum",
    "span": "is not a duration",
    "timezone": "is not a time zone",
    "url": "is not a web address",
    "version": "is not a version",
}
# A word that needs no quotes in a list, and a text that needs none in a mapping.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_PLAIN_TEXT = re.compile(r"[A-Za-z][A-Za-z0-9 _-]*")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST_IDEA = 40
_LONGEST_EXAMPLE = 100
_UNITS = {"Length": "characters", "Items": "items", "Properties": "keys"}
_BOUNDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
}


def wrong_type(violation: Violation, value: Any, spot: Spot) -> Problem:  # noqa: ANN401
    """Text where a number belongs, and the like."""
    wanted = " or ".join(_TYPES.get(str(name), str(name)) for name in violation.limit)
    path, hint = violation.path, ""
    if not path and value is None:
        return Problem("schema/type", (), f"the file is empty; expected {wanted}", spot.description)
    if path and path[-1] == "version" and isinstance(value, float | int):
        hint = 'put it in quotes, as in `version: "1.0"`; without them 1.10 would be read as 1.1'
    elif "enum" in spot.node:
        hint = _one_of(spot.node["enum"])
    elif "string" in violation.limit and isinstance(value, bool | float | int):
        hint = "put it in quotes if it is meant as text"
    elif "array" in violation.limit and isinstance(value, str) and _PLAIN.fullmatch(value):
        hint = f"write it as a list: `{path[-1]}: [{value}]`"
    message = f"expected {wanted}, found {_describe(value)}"
    return Problem("schema/type", path, message, hint or _with_example(path, spot))


def wrong_value(violation: Violation, value: Any, spot: Spot) -> Problem:  # noqa: ANN401
    """The right type, and yet not what belongs there."""
    keyword, limit, path = violation.keyword, violation.limit, violation.path
    name = f"`{_word(value)}`" if isinstance(value, str | int | float) else "the value"
    message, hint = f"{name} is not allowed here", spot.description
    if _is_empty(value):
        message, hint = "must not be empty", "fill it in"
    elif keyword == "enum":
        hint = did_you_mean(str(value), map(str, limit)) or _one_of(limit)
    elif keyword == "const":
        hint = f"only `{_word(limit)}`"
    elif keyword in ("format", "pattern"):
        message = f"{name} {_FORMS.get(spot.name, 'does not have the form that belongs here')}"
        hint = _as_id(value, spot) or hint
    elif keyword in _BOUNDS:
        message = f"{name} is out of range: {_BOUNDS[keyword]} {limit}"
    elif keyword == "uniqueItems" and isinstance(value, list):
        path, message = _repeated(path, value)
        hint = "remove one of the two"
    elif keyword[:3] in ("max", "min") and keyword[3:] in _UNITS:
        bound = "at most" if keyword.startswith("max") else "at least"
        message = f"{bound} {limit} {_UNITS[keyword[3:]]} belong here"
    return Problem("schema/value", path, message, hint)


def _with_example(path: Path, spot: Spot) -> str:
    """What belongs here, and the schema's own example of it as one would type it."""
    example = as_typed(path[-1] if path else None, spot.example)
    return f"{spot.description} Example: {example}" if example else spot.description


def as_typed(key: str | int | None, value: Any) -> str:  # noqa: ANN401
    """A key with a schema's example of its value, as one would type it; empty where too long."""
    if value is None or not isinstance(key, str):
        return ""
    typed = f"`{key}: {_flow(value)}`"
    return typed if len(typed) <= _LONGEST_EXAMPLE else ""


def _flow(value: Any) -> str:  # noqa: ANN401
    """A value of a schema's example in one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and not _PLAIN_TEXT.fullmatch(value):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_id(value: Any, spot: Spot) -> str:  # noqa: ANN401
    """For a name that is no id: the id it could be."""
    if spot.name not in ("id", "idKey", "next") or not isinstance(value, str):
        return ""
    spelled = value.lower().translate(_SPELLED_OUT)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    id_ = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(id_) > _LONGEST_IDEA or not id_[:1].isalpha() or id_ == value:
        return ""
    return f"an id has only small letters, digits and hyphens, such as `{id_}`"


def _is_empty(value: Any) -> bool:  # noqa: ANN401
    return value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def _one_of(words: list[Any]) -> str:
    return "one of " + ", ".join(f"`{_word(word)}`" for word in words)


def _repeated(path: Path, items: list[Any]) -> tuple[Path, str]:
    for index, item in enumerate(items):
        if item in items[:index]:
            name = f"`{_word(item)}`" if isinstance(item, str | int | float) else "the same item"
            return (*path, index), f"{name} is listed twice"
    return path, "the list holds the same item twice"


def _describe(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "no value"
    if isinstance(value, bool):
        return f"`{_word(value)}`"
    if isinstance(value, int | float):
        return f"the number `{value}`"
    if isinstance(value, str):
        return f"the text `{short(value)}`"
    return "a list" if isinstance(value, list) else "a mapping"


def _word(value: Any) -> str:  # noqa: ANN401
    """A scalar as YAML writes it, short enough for a message."""
    return str(value).lower() if isinstance(value, bool) else short(str(value))
