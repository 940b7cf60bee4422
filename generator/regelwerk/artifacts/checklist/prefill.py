"""What a record says already, as it stands in the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from regelwerk.model.context import Names
from regelwerk.model.form import Form, FormField
from regelwerk.model.moment import parse_moment

_LIKE_A_GROUP = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


def filled_in(record: Mapping[str, Any], form: Form, names: Names) -> dict[str, str]:
    """The recorded values by field key: days as `2026-05-12`, choices and people by their ids.

    Several people are separated by `; `. What is not recorded is not there.
    """
    found = {}
    for field in (*form.case, *form.result):
        found[field.key] = _text(field, _at(record, field.path), names)
    seen: dict[str, int] = {}
    entries: dict[tuple[str, int], Mapping[str, Any]] = {}
    steps = record.get("steps")
    for entry in steps if isinstance(steps, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("step"), str):
            step = entry["step"]
            seen[step] = seen.get(step, 0) + 1
            entries[step, seen[step]] = entry
    for row in form.all_steps():
        recorded = entries.get((row.id, row.round), {})
        for field in row.all_fields():
            found[field.key] = _text(field, _at(recorded, field.path), names)
    return {key: text for key, text in found.items() if text}


def times_done(record: Mapping[str, Any]) -> dict[str, int]:
    """How often each step is recorded."""
    times: dict[str, int] = {}
    steps = record.get("steps")
    for entry in steps if isinstance(steps, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("step"), str):
            times[entry["step"]] = times.get(entry["step"], 0) + 1
    return times


def _at(data: object, path: tuple[str, ...]) -> object:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _text(field: FormField, value: object, names: Names) -> str:
    if field.path[-1] == "by":
        people = value if isinstance(value, list) else [value]
        return "; ".join(_person(one, names) for one in people if isinstance(one, str))
    if isinstance(value, dict):
        value = value.get("file") or value.get("reference")
    if field.kind == "date":
        moment = parse_moment(value)
        return moment.isoformat()[:10] if moment is not None else ""
    if field.kind in ("choice", "boxes"):
        known = [choice.value for choice in field.choices]
        return str(value) if value in known else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    return value if isinstance(value, str) else ""


def _number(value: float) -> str:
    """All digits, so that it reads back as itself in every language: `1.2340`, not `1.234`."""
    if float(value).is_integer():
        return str(int(value))
    text = format(Decimal(repr(value)), "f")
    return f"{text}0" if _LIKE_A_GROUP.fullmatch(text) else text


def _person(id_: str, names: Names) -> str:
    """The person's name, or the id where the name is not unique."""
    name = names.people.get(id_, id_)
    return name if list(names.people.values()).count(name) < 2 else id_
