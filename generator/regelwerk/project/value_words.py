"""Sentences about values: of the wrong type, or of a form that does not belong there."""

from __future__ import annotations

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
        hint = 'quote it: `version: "1.10"` is another version than 1.1'
    elif "enum" in spot.node:
        hint = _one_of(spot.node["enum"])
    elif "string" in violation.limit and isinstance(value, bool | float | int):
        hint = "put it in quotes if it is meant as text"
    message = f"expected {wanted}, found {_describe(value)}"
    return Problem("schema/type", path, message, hint or spot.description)


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
    elif keyword in _BOUNDS:
        message = f"{name} is out of range: {_BOUNDS[keyword]} {limit}"
    elif keyword == "uniqueItems" and isinstance(value, list):
        path, message = _repeated(path, value)
        hint = "remove one of the two"
    elif keyword[:3] in ("max", "min") and keyword[3:] in _UNITS:
        bound = "at most" if keyword.startswith("max") else "at least"
        message = f"{bound} {limit} {_UNITS[keyword[3:]]} belong here"
    return Problem("schema/value", path, message, hint)


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
