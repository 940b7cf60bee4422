"""All cases of a project by their id, for called cases and ids given twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from regelwerk.model.case import CasePlace, CaseStatus
from regelwerk.model.moment import Moment
from regelwerk.records.reading import read_case


class CaseEntry(msgspec.Struct, frozen=True):
    """What other records need to know of a case."""

    case: str
    place: CasePlace
    process: str | None = None
    status: CaseStatus | None = None
    closed: Moment | None = None
    end: str | None = None


class CaseIndex(msgspec.Struct, frozen=True):
    """Cases by id; of several with the same id, the first in the order of path and line."""

    cases: Mapping[str, CaseEntry] = {}


_HEAD = ("case", "process", "status", "closed", "end")


def case_entry(data: Mapping[str, Any], place: CasePlace) -> CaseEntry | None:
    """A record's line of the index; None where it has no readable case id."""
    case = read_case({key: data[key] for key in _HEAD if key in data})
    if case.case is None:
        return None
    return CaseEntry(case.case, place, case.process, case.status, case.closed, case.end)


def build_index(entries: Iterable[CaseEntry | None]) -> CaseIndex:
    """Index the cases of all records, in whatever order they come."""
    cases: dict[str, CaseEntry] = {}
    for entry in entries:
        if entry is not None:
            known = cases.get(entry.case)
            if known is None or entry.place < known.place:
                cases[entry.case] = entry
    return CaseIndex(cases)
