"""Events as an iCalendar file (RFC 5545), with the time zone that their hours are told in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import icalendar
import msgspec

from regelwerk.model.moment import Moment

_CALENDAR = "-//regelwerk//{made_by}//EN"
_MINUTE, _YEAR = timedelta(minutes=1), timedelta(days=366)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event of whole days, or at an hour.

    `stamp` is the day of which it tells. `end` is not part of it; None: the end of that day, or no
    length. `organizer` is a name and an address. Hours are told in UTC, or in a `ZoneInfo`.
    """

    uid: str
    stamp: date
    start: Moment
    end: Moment | None = None
    summary: str
    description: str = ""
    location: str = ""
    organizer: tuple[str, str] | None = None
    sequence: int | None = None


def calendar_file(events: Sequence[Event], made_by: str, method: str = "") -> bytes:
    """The events as `.ics`; the same bytes for the same events. `method` as in RFC 5546."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _CALENDAR.format(made_by=made_by))
    if method:
        calendar.add("method", method)
    for zone, first, last in _zones(events):
        calendar.add_component(_zone(zone, first, last))
    for event in events:
        calendar.add_component(_event(event))
    return bytes(calendar.to_ical())


def _event(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", _text(event.uid))
    made.add("dtstamp", datetime.combine(event.stamp, time(), UTC))
    made.add("dtstart", event.start)
    end = event.end
    if end is None and not isinstance(event.start, datetime) and event.start < date.max:
        end = event.start + timedelta(days=1)
    if end is not None:
        made.add("dtend", end)
    made.add("summary", _text(event.summary))
    for key, text in (("description", event.description), ("location", event.location)):
        if text:
            made.add(key, _text(text))
    if event.organizer is not None:
        name, address = event.organizer
        organizer = icalendar.vCalAddress(f"mailto:{address}")
        organizer.params["CN"] = _text(name)
        made.add("organizer", organizer)
    if event.sequence is not None:
        made.add("sequence", event.sequence)
    return made


def _text(text: str) -> str:
    """Text with `\\n` for whatever ends a line; other signs that are no text are left out."""
    lines = ("".join(c for c in line if c.isprintable()) for line in text.splitlines())
    return "\n".join(lines)


def _zones(events: Sequence[Event]) -> Iterator[tuple[ZoneInfo, datetime, datetime]]:
    """The zones that hours are told in, each with the first and the last of its hours."""
    hours: dict[str, list[datetime]] = {}
    zones: dict[str, ZoneInfo] = {}
    for event in events:
        for moment in (event.start, event.end):
            if isinstance(moment, datetime) and isinstance(moment.tzinfo, ZoneInfo):
                zones[moment.tzinfo.key] = moment.tzinfo
                hours.setdefault(moment.tzinfo.key, []).append(moment)
    for key in sorted(zones):
        told = sorted(hours[key], key=lambda moment: moment.astimezone(UTC))
        yield zones[key], told[0], told[-1]


def _zone(zone: ZoneInfo, first: datetime, last: datetime) -> icalendar.Timezone:
    """What the clocks of a zone show from before `first` until they change after `last` (3.6.5)."""
    made = icalendar.Timezone()
    made.add("tzid", zone.key)
    begin, end = first.astimezone(UTC), last.astimezone(UTC)
    changes = list(_changes(zone, begin - _YEAR, end + _YEAR))
    onset = next((one for one in reversed(changes) if one <= begin), begin - _YEAR)
    made.add_component(_observance(zone, onset))
    for change in changes:
        if change > onset:
            made.add_component(_observance(zone, change))
            if change > end:
                break
    return made


def _observance(
    zone: tzinfo, onset: datetime
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """The clock from `onset` on; its hour is told in the time that ends there."""
    old = (onset - _MINUTE).astimezone(zone).utcoffset() or timedelta()
    local = onset.astimezone(zone)
    made = icalendar.TimezoneDaylight() if local.dst() else icalendar.TimezoneStandard()
    made.add("dtstart", (onset + old).replace(tzinfo=None))
    made.add("tzoffsetfrom", old)
    made.add("tzoffsetto", local.utcoffset() or timedelta())
    made.add("tzname", local.tzname() or "")
    return made


def _changes(zone: tzinfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Every minute in UTC from which on the clock shows another time."""
    day = begin
    while day < end:
        after = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            early, late = day, after
            while late - early > _MINUTE:
                middle = early + ((late - early) // 2) // _MINUTE * _MINUTE
                same = middle.astimezone(zone).utcoffset() == day.astimezone(zone).utcoffset()
                early, late = (middle, late) if same else (early, middle)
            yield late
        day = after
