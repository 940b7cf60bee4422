"""Moments as records and approvals write them: a date, or a date-time with its offset."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

Moment = date | datetime

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def parse_date(text: object) -> date | None:
    """Read `2022-05-16`; None where the text is not a real day."""
    if not isinstance(text, str) or _DATE.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_moment(text: object) -> Moment | None:
    """Read a date, or a date-time with offset (RFC 3339, seconds may be left out); else None."""
    return _parse(text) if isinstance(text, str) else None


@lru_cache(maxsize=4096)
def _parse(text: str) -> Moment | None:
    day = parse_date(text)
    if day is not None:
        return day
    if _DATE_TIME.fullmatch(text) is None:
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    # The first and the last year would leave the calendar in another time zone.
    return moment if date.min.year < moment.year < date.max.year else None


def zone_named(name: str) -> tzinfo:
    """The time zone of that name (IANA); UTC where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


def day_of(moment: Moment, zone: tzinfo) -> date:
    """The calendar day of a moment in the organization's time zone."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def is_before(first: Moment, second: Moment, zone: tzinfo) -> bool:
    """Whether `first` is earlier; where either side is a date, days are compared."""
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first < second
    return day_of(first, zone) < day_of(second, zone)
