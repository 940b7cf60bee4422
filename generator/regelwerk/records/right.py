"""What makes a record right without more ado, and what it rests on."""

from __future__ import annotations

import msgspec


class Call(msgspec.Struct, frozen=True):
    """A case that a step called: its id, the process it should be of, when the step was done."""

    case: str
    process: str
    completed: str
    outcomes: tuple[str | None, ...] = ()


class Right(msgspec.Struct, frozen=True):
    """A record without a departure, provided that the cases it calls are as they should be.

    `ends` are the combinations of their ends under which the order is right. `numbers`: it holds
    some, and the reader has to vouch that all readers read them alike.
    """

    calls: tuple[Call, ...] = ()
    ends: frozenset[tuple[str | None, ...]] = frozenset()
    numbers: bool = False
