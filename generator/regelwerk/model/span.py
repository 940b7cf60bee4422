"""Spans of time as people write them: ISO 8601 durations, and business days (`P5BD`)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

import msgspec

_ISO = re.compile(
    r"P(?=[0-9T])(?:(?P<years>[0-9]{1,4})Y)?(?:(?P<months>[0-9]{1,4})M)?"
    r"(?:(?P<weeks>[0-9]{1,4})W)?(?:(?P<days>[0-9]{1,5})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,5})H)?(?:(?P<minutes>[0-9]{1,5})M)?)?"
)
_BUSINESS = re.compile(r"P(?P<business_days>[0-9]{1,4})BD")


class Span(msgspec.Struct, frozen=True):
    """A length of time; months and years clamp to a month's end, business days need a calendar."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    business_days: int = 0

    @property
    def has_time(self) -> bool:
        """Whether hours or minutes matter."""
        return bool(self.hours or self.minutes)


def parse_span(text: str) -> Span | None:
    """Read `P1Y6M`, `P5D`, `PT4H` or `P5BD`; None where the text is not such a span."""
    match = _BUSINESS.fullmatch(text) or _ISO.fullmatch(text)
    if match is None:
        return None
    return Span(**{name: int(value) for name, value in match.groupdict().items() if value})


def add_months(day: date, months: int) -> date | None:
    """Add calendar months, clamped to the month's last day; None beyond the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_calendar(day: date, span: Span) -> date | None:
    """Add years to days (not business days, not hours); None beyond the calendar."""
    moved = add_months(day, span.years * 12 + span.months)
    if moved is None:
        return None
    try:
        return moved + timedelta(weeks=span.weeks, days=span.days)
    except OverflowError:
        return None
