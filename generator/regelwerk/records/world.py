"""What judging a case needs from outside its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from typing import Protocol

import msgspec

from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.organization import Organization, Person
from regelwerk.records.evidence import EvidenceStore
from regelwerk.records.index import CaseIndex
from regelwerk.records.tables import Compiled

# Which version of a process was in force on a day; None where none was.
InForce = Callable[[str, date], str | None]


class Definitions(Protocol):
    """The definitions by which cases are judged."""

    def versions(self, process: str) -> tuple[str, ...] | None:
        """The frozen versions kept here; None where the process is not known."""

    def processes(self) -> tuple[str, ...]:
        """Every process that is kept here."""

    def compiled(self, process: str, version: str) -> Compiled | None:
        """The frozen definition, compiled; None where it could not be read."""


class World(msgspec.Struct, frozen=True, kw_only=True):
    """Who we are, the day, and where to look things up."""

    organization: Organization
    people: Mapping[str, Person]
    zone: tzinfo
    calendar: BusinessCalendar
    as_of: date
    definitions: Definitions
    evidence: EvidenceStore
    in_force: InForce
    cases: CaseIndex = CaseIndex()
