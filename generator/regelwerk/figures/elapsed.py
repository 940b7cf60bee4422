"""Time between two moments, and what stands for many such times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from math import fsum

from regelwerk.figures.measure import Aggregate, TimeUnit
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.moment import Moment, day_of

_SECONDS = {"min": 60, "h": 3600, "d": 86400}
_PER_DAY = {"min": 1440, "h": 24, "d": 1}


def elapsed(
    first: Moment, last: Moment, unit: TimeUnit, zone: tzinfo, calendar: BusinessCalendar
) -> float:
    """The time from `first` to `last` in a unit.

    Between two date-times it is the time that really passed. Where either side is a date, calendar
    days are counted, and an hour or a minute is its part of a day. Business days are always days:
    the first is not counted, the last is.
    """
    start, end = day_of(first, zone), day_of(last, zone)
    if unit == "BD":
        return float(calendar.between(start, end))
    if isinstance(first, datetime) and isinstance(last, datetime):
        return (last - first).total_seconds() / _SECONDS[unit]
    return float((end - start).days * _PER_DAY[unit])


def aggregate(values: Sequence[float], kind: Aggregate) -> float:
    """One value for many (at least one); quantiles are nearest rank: the ⌈p·n⌉-th smallest."""
    match kind:
        case "mean":
            return fsum(values) / len(values)
        case "max":
            return max(values)
        case "median":
            return sorted(values)[rank(1, 2, len(values)) - 1]
        case "p90":
            return sorted(values)[rank(9, 10, len(values)) - 1]


def rank(numerator: int, denominator: int, count: int) -> int:
    """⌈p·n⌉ in whole numbers, since 0.9 · 10 need not be 9 in binary ones."""
    return -(-numerator * count // denominator)
