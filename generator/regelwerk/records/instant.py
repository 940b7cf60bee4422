"""Moments as numbers, for comparing many: the day, and the second where it is known."""

from __future__ import annotations

from datetime import datetime, tzinfo

from regelwerk.model.moment import Moment, day_of, parse_moment

# The day (as `date.toordinal`), the instant in seconds UTC (None: a whole day), and the moment.
Instant = tuple[int, float | None, Moment]

_MOST_KEPT = 50_000


class Instants:
    """Reads moments as texts, each text once, in the organization's time zone."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._known: dict[str, Instant | None] = {}

    def of(self, text: str) -> Instant | None:
        """The moment that the text says; None where it says none."""
        try:
            return self._known[text]
        except KeyError:
            return self._read(text)

    def at(self, moment: Moment) -> Instant:
        """A moment that is read already."""
        second = moment.timestamp() if isinstance(moment, datetime) else None
        return (day_of(moment, self._zone).toordinal(), second, moment)

    def _read(self, text: str) -> Instant | None:
        moment = parse_moment(text)
        found = self.at(moment) if moment is not None else None
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[text] = found
        return found


def is_earlier(first: Instant, second: Instant) -> bool:
    """As `moment.is_before`: where either side is a date, days are compared."""
    if first[1] is not None and second[1] is not None:
        return first[1] < second[1]
    return first[0] < second[0]
