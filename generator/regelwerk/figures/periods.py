"""Calendar periods: which one a day lies in, and all of them in a range."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from regelwerk.model.figure import Period, PeriodKind
from regelwerk.model.span import add_months

MONTHS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "year": 12}


def first_of(day: date, kind: PeriodKind) -> date:
    """The first day of the calendar period in which a day lies; a range has none."""
    months = MONTHS[kind]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def period_at(day: date, kind: PeriodKind) -> Period:
    """The calendar period in which a day lies."""
    first = first_of(day, kind)
    following = add_months(first, MONTHS[kind])
    last = following - timedelta(days=1) if following is not None else date.max
    return Period(kind, first, last)


def periods_between(first: date, last: date, kind: PeriodKind) -> Iterator[Period]:
    """Every period that the days from `first` to `last` touch, whole, in order."""
    if kind == "range":
        yield Period(kind, first, last)
        return
    period = period_at(first, kind)
    while True:
        yield period
        if period.last >= last:
            return
        period = period_at(period.last + timedelta(days=1), kind)


def count_between(first: date, last: date, kind: PeriodKind) -> int:
    """How many periods `periods_between` gives."""
    if kind == "range":
        return 1
    months = (last.year - first.year) * 12 + last.month - first_of(first, kind).month
    return months // MONTHS[kind] + 1
