"""When something happened in a case, as far as its record says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo

import msgspec

from regelwerk.figures.measure import Cases, Closed, Done, Selector
from regelwerk.model.case import Case
from regelwerk.model.moment import Moment, day_of


class Happenings(msgspec.Struct, frozen=True):
    """The moments that have come; `undated` where one of them has no date that can be read."""

    moments: tuple[Moment, ...]
    undated: bool


def happenings(what: Selector, case: Case, zone: tzinfo, until: date) -> Happenings:
    """Every time it happened, up to the end of the day `until`, in the order of the record."""
    found = list(_moments(what, case))
    come = tuple(m for m in found if m is not None and day_of(m, zone) <= until)
    return Happenings(come, None in found)


def _moments(what: Selector, case: Case) -> Iterator[Moment | None]:
    match what:
        case Cases():
            yield case.started
        case Closed(end):
            if case.status == "closed" and end in (None, case.end):
                yield case.closed
        case Done(steps, option):
            for entry in case.entries:
                if entry.step in steps and option in (None, entry.option):
                    yield entry.completed


def order_key(moment: Moment, zone: tzinfo) -> tuple[float, bool]:
    """For finding the first and the last: a date stands at the beginning of its day."""
    if isinstance(moment, datetime):
        return moment.timestamp(), True
    return datetime.combine(moment, time(), zone).timestamp(), False
