"""Moments as numbers, for comparing many: the day, and the microsecond where it is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from regelwerk.model.moment import Moment, day_of, parse_date, parse_moment

# The day (as `date.toordinal`), and the microsecond since 1970 in UTC (None: a whole day).
Instant = tuple[int, int | None]

_MOST_KEPT = 10_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)
_DAY = 86_400_000_000  # microseconds
_DATE_LENGTH = 10


class Instants:
    """Reads moments as texts, in the organization's time zone; days, and times of day, only once.

    `days` are those read so far.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self.days: dict[str, Instant] = {}
        self._clocks: dict[str, int | None] = {}
        self._offsets: dict[int, int | None] = {}

    def of(self, text: str) -> Instant | None:
        """The moment that the text says, as the schema wants it written; None where it is none."""
        day = self.days.get(text[:_DATE_LENGTH]) or self._day(text[:_DATE_LENGTH])
        if day is None or len(text) == _DATE_LENGTH:
            return day
        rest = text[_DATE_LENGTH:]
        clock = self._clocks[rest] if rest in self._clocks else self._clock(rest)
        if clock is None:
            return None
        micro = (day[0] - _EPOCH_DAY) * _DAY + clock
        number = micro // _DAY
        offset = self._offsets[number] if number in self._offsets else self._offset(number)
        if offset is None:
            moment = parse_moment(text)
            return self.at(moment) if moment is not None else None
        return ((micro + offset) // _DAY + _EPOCH_DAY, micro)

    def at(self, moment: Moment) -> Instant:
        """A moment that is read already."""
        micro = (moment - _EPOCH) // _MICROSECOND if isinstance(moment, datetime) else None
        return (day_of(moment, self._zone).toordinal(), micro)

    def _day(self, text: str) -> Instant | None:
        day = parse_date(text)
        if day is None:
            return None
        if len(self.days) >= _MOST_KEPT:
            self.days.clear()
        found = self.days[text] = (day.toordinal(), None)
        return found

    def _clock(self, text: str) -> int | None:
        """The microseconds from a day's midnight in UTC to that time of the day."""
        moment = parse_moment(f"1970-01-01{text}") if text == text.upper() else None
        found = (moment - _EPOCH) // _MICROSECOND if isinstance(moment, datetime) else None
        if len(self._clocks) >= _MOST_KEPT:
            self._clocks.clear()
        self._clocks[text] = found
        return found

    def _offset(self, number: int) -> int | None:
        """By how much the zone's clocks are ahead all that day (UTC); None where they change."""
        found = None
        day = number + _EPOCH_DAY
        # At the calendar's ends another zone may lie beyond it; there the slow reading decides.
        if date.min.toordinal() + 366 < day < date.max.toordinal() - 366:
            begin = _EPOCH + timedelta(days=number)
            hours = {
                (begin + timedelta(hours=hour)).astimezone(self._zone).utcoffset()
                for hour in range(25)
            }
            offset = hours.pop()
            if not hours and offset is not None:
                found = offset // _MICROSECOND
        if len(self._offsets) >= _MOST_KEPT:
            self._offsets.clear()
        self._offsets[number] = found
        return found


def is_earlier(first: Instant, second: Instant) -> bool:
    """As `moment.is_before`: where either side is a date, days are compared."""
    if first[1] is not None and second[1] is not None:
        return first[1] < second[1]
    return first[0] < second[0]
