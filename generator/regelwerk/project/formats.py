"""Formats that our schemas assert, the same in both validation engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from regelwerk.model.moment import parse_date, parse_moment
from regelwerk.model.span import parse_span
from regelwerk.project.countries import COUNTRIES

# In the database, but another place on every machine, or none.
_NOBODYS_ZONES = frozenset(("localtime", "posixrules", "Factory"))


def _is_country(value: object) -> bool:
    # What is not two letters is refused by the schema's pattern already.
    return not isinstance(value, str) or len(value) != 2 or value in COUNTRIES


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or parse_date(value) is not None


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or parse_moment(value) is not None


def _is_span(value: object) -> bool:
    return not isinstance(value, str) or parse_span(value) is not None


def _is_timezone(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if value in _NOBODYS_ZONES:
        return False
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


FORMATS: Mapping[str, Callable[[object], bool]] = {
    "country": _is_country,
    "date": _is_date,
    "moment": _is_moment,
    "span": _is_span,
    "timezone": _is_timezone,
}
