"""What makes a record right without more ado, and what it rests on."""

from __future__ import annotations

import msgspec

from regelwerk.model.moment import parse_date
from regelwerk.model.process import Field

_MOST_SAFE = 2**53 - 1


class Call(msgspec.Struct, frozen=True):
    """A case that a step called: its id, the process it should be of, when the step was done."""

    case: str
    process: str
    completed: str
    outcomes: tuple[str | None, ...] = ()


class Right(msgspec.Struct, frozen=True):
    """A record without a departure, provided that the cases it calls are as they should be.

    `ends` are the combinations of their ends under which the order is right. `numbers` are those
    it holds, which the reader has to vouch for.
    """

    calls: tuple[Call, ...] = ()
    ends: frozenset[tuple[str | None, ...]] = frozenset()
    numbers: frozenset[type] = frozenset()


def is_answer(field: Field, value: object) -> bool:
    """Whether the value is one the field takes, and not blank."""
    if field.type == "number":
        return type(value) in (int, float) and -_MOST_SAFE <= value <= _MOST_SAFE  # type: ignore[operator]
    if type(value) is not str or not value.strip():
        return False
    if field.type == "date":
        return parse_date(value) is not None
    if field.type == "choice":
        return value in field.options
    return field.type != "yes-no" or value in ("yes", "no")
