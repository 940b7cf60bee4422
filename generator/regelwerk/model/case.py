"""A case as its record tells it, as frozen values; what could not be read is simply absent."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from regelwerk.model.moment import Moment
from regelwerk.model.process import Path

CaseStatus = Literal["open", "on-hold", "closed", "cancelled"]

# Where a record stands: its file (relative to the root, with `/`) and its line there (0: a file).
CasePlace = tuple[str, int]


class Actor(msgspec.Struct, frozen=True):
    """A person's id and the path of the value that names them."""

    id: str
    at: Path


class Evidence(msgspec.Struct, frozen=True):
    """A file that proves something; `file` is as written, `at` the path of that value."""

    file: str
    at: Path
    sha256: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One step that was done.

    `occurrence` counts the entries of the same step, from 1. `option` is None where none is given;
    `option_readable` is False where something stands there that is no text. `called` is the case
    id, `called_reference` says that a reference stands in its place. `checks`, `fields` and
    `outputs` are as written. `keys` are all keys of the entry, `unreadable` those of them whose
    value has the wrong type.
    """

    index: int
    at: Path
    step: str
    occurrence: int
    by: tuple[Actor, ...] = ()
    role: str | None = None
    started: Moment | None = None
    completed: Moment | None = None
    option: str | None = None
    called: str | None = None
    called_reference: bool = False
    checks: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    outputs: dict[str, Any] = {}
    keys: frozenset[str] = frozenset()
    unreadable: frozenset[str] = frozenset()

    @property
    def people(self) -> frozenset[str]:
        """The ids of everybody who did it."""
        return frozenset(actor.id for actor in self.by)


class Deviation(msgspec.Struct, frozen=True, kw_only=True):
    """An accepted departure: it turns one finding into information."""

    at: Path
    finding: str
    approved_by: Actor
    occurrence: int = 1
    step: str | None = None
    on: Moment | None = None
    reason: str = ""


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """That the record was erased, when its retention was over: by whom, why, and what it was.

    `sha256` is that of the bytes that stood there.
    """

    at: Path = ("erased",)
    on: Moment | None = None
    by: Actor | None = None
    reason: str = ""
    sha256: str = ""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One record. `actors` are people named outside the steps, `evidence` files likewise.

    `inputs` are the documents that were there at the start. `erased` is None but in a stone, which
    is what is left of a record whose retention was over.

    `listed` is False where no list of steps can be read, so that nothing is known of them.
    """

    process: str | None = None
    version: str | None = None
    case: str | None = None
    status: CaseStatus | None = None
    started: Moment | None = None
    closed: Moment | None = None
    end: str | None = None
    cancelled_on: Moment | None = None
    entries: tuple[Entry, ...] = ()
    listed: bool = True
    deviations: tuple[Deviation, ...] = ()
    actors: tuple[Actor, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    inputs: tuple[str, ...] = ()
    erased: Erasure | None = None
