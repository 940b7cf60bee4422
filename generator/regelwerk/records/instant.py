"""Moments as numbers, for comparing many: the day, and the microsecond where it is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TypeVar

from regelwerk.model.moment import Moment, day_of, parse_date, parse_moment

# The day (as `date.toordinal`), and the microsecond in UTC since day 0 (None: a whole day).
Instant = tuple[int, int | None]

Key = TypeVar("Key", str, int)
Value = TypeVar("Value")

_MOST_KEPT = 10_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = 86_400_000_000  # microseconds
_EPOCH_DAY = _EPOCH.toordinal()
_DATE_LENGTH = 10
_ZONES_ARE_STEADY = 1970


class Instants:
    """Reads moments as texts, in the organization's time zone; days, and times of day, only once.

    `days` are those read so far.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self.days: dict[str, Instant] = {}
        # For each day its first microsecond in UTC, and by how much the zone's clocks are ahead;
        # None where they change.
        self._starts: dict[str, tuple[int, int] | None] = {}
        self._clocks: dict[str, int] = {}
        self._zone_ahead: dict[int, timedelta | None] = {}

    def of(self, text: str) -> Instant:
        """The moment that the text says, as the schema wants it written; else ValueError."""
        if len(text) == _DATE_LENGTH:
            return self.days.get(text) or self._read(text)
        try:
            start, ahead = self._starts[text[:_DATE_LENGTH]]  # type: ignore[misc]
            micro = start + self._clocks[text[_DATE_LENGTH:]]
        except (KeyError, TypeError):
            return self._read(text)
        return ((micro + ahead) // _DAY, micro)

    def at(self, moment: Moment) -> Instant:
        """A moment that is read already."""
        micro = None
        if isinstance(moment, datetime):
            micro = (moment - _EPOCH) // _MICROSECOND + _EPOCH_DAY * _DAY
        return (day_of(moment, self._zone).toordinal(), micro)

    def _read(self, text: str) -> Instant:
        moment = parse_moment(text)
        if moment is None or text != text.upper():
            raise ValueError(text)
        found = self.at(moment)
        if isinstance(moment, datetime):
            self._keep_parts(text)
        else:
            _keep(self.days, text, found)
        return found

    def _keep_parts(self, text: str) -> None:
        day, clock = text[:_DATE_LENGTH], text[_DATE_LENGTH:]
        then = parse_moment(f"1970-01-01{clock}") if clock not in self._clocks else None
        if isinstance(then, datetime):
            _keep(self._clocks, clock, (then - _EPOCH) // _MICROSECOND)
        on = parse_date(day) if day not in self._starts else None
        if on is not None:
            ahead = self._ahead(on)
            start = (on.toordinal() * _DAY, ahead) if ahead is not None else None
            _keep(self._starts, day, start)

    def _ahead(self, day: date) -> int | None:
        """By how much the zone's clocks are ahead of UTC whatever time on that day is written.

        None where they change about then, near the end of the calendar, and in times when clocks
        may have been changed twice within a day.
        """
        if not _ZONES_ARE_STEADY <= day.year < date.max.year - 1:
            return None
        half = 2 * (day.toordinal() - _EPOCH_DAY)
        ahead = {self._ahead_in(number) for number in range(half - 2, half + 5)}
        found = ahead.pop()
        return found // _MICROSECOND if not ahead and found is not None else None

    def _ahead_in(self, half: int) -> timedelta | None:
        """By how much the clocks are ahead of UTC where that half of a day since 1970 begins."""
        if half not in self._zone_ahead:
            moment = _EPOCH + timedelta(hours=12 * half)
            _keep(self._zone_ahead, half, moment.astimezone(self._zone).utcoffset())
        return self._zone_ahead[half]


def _keep(known: dict[Key, Value], key: Key, value: Value) -> None:
    if len(known) >= _MOST_KEPT:
        known.clear()
    known[key] = value


def is_earlier(first: Instant, second: Instant) -> bool:
    """As `moment.is_before`: where either side is a date, days are compared."""
    if first[1] is not None and second[1] is not None:
        return first[1] < second[1]
    return first[0] < second[0]
