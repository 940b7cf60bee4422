"""From when to when versions were in force: the highest one wins, and none is ever revived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from regelwerk.approvals.assessment import Assessment
from regelwerk.model.ids import version_key


class Period(msgspec.Struct, frozen=True):
    """`first` is the first day in force, `end` the first day no longer (None: open).

    `first` is None where the version never came into force and never will. `superseded_by` took
    its place on `superseded_on`.
    """

    first: date | None = None
    end: date | None = None
    superseded_on: date | None = None
    superseded_by: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the version is in force on that day."""
        return self.first is not None and self.first <= day and (self.end is None or day < self.end)


def periods(assessments: Iterable[Assessment]) -> dict[str, Period]:
    """The period of every version of one process, by version.

    A version that was withdrawn before or on the day it would have begun never was in force, and
    so takes no other's place.
    """
    found = {}
    higher: tuple[date, str] | None = None  # the earliest beginning among the higher versions
    for one in sorted(assessments, key=_order, reverse=True):
        begin = one.since if version_key(one.frozen.version) is not None else None
        ends = [day for day in (one.withdrawn_on, higher[0] if higher else None) if day is not None]
        end = min(ends, default=None)
        in_force = begin is not None and (end is None or begin < end)
        found[one.frozen.version] = Period(
            first=begin if in_force else None,
            end=end if in_force else None,
            superseded_on=higher[0] if higher else None,
            superseded_by=higher[1] if higher else None,
        )
        if in_force and begin is not None:
            higher = (begin, one.frozen.version)
    return found


def _order(one: Assessment) -> tuple[int, int]:
    return version_key(one.frozen.version) or (-1, -1)
