"""Events come back from the file as they went in, with the hours that people mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from regelwerk.artifacts.calendar import Event, calendar_file

BERLIN = ZoneInfo("Europe/Berlin")
SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字; a, b\\n'


def event(start: date | datetime, end: date | datetime | None = None, **more: Any) -> Event:
    given = {"uid": "x@y", "stamp": date(2026, 3, 1), "summary": "Meet", **more}
    return Event(start=start, end=end, **given)


def read(content: bytes) -> icalendar.Component:
    calendar = icalendar.Calendar.from_ical(content)
    (found,) = calendar.walk("VEVENT")
    assert calendar.errors == found.errors == []
    return found


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)])
@pytest.mark.parametrize("hour", [1, 3, 10])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_an_hour_is_the_same_moment_for_whoever_reads_only_the_file(
    day: date, hour: int, zone: str
) -> None:
    start = datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZoneInfo(zone))
    content = calendar_file([event(start)], "test")
    calendar = icalendar.Calendar.from_ical(content)
    shown = next(iter(calendar.walk("VEVENT"))).start.replace(tzinfo=None)
    # By the file's own rules alone: the last change that is not after the hour.
    changes = []
    for part in next(iter(calendar.walk("VTIMEZONE"))).subcomponents:
        onset = part["DTSTART"].dt - part["TZOFFSETFROM"].td
        changes.append((onset, part["TZOFFSETTO"].td, part.name))
    possible = [
        shown - offset
        for place, (onset, offset, _) in enumerate(changes)
        if onset <= shown - offset
        and (place + 1 == len(changes) or shown - offset < changes[place + 1][0])
    ]
    assert start.astimezone(UTC).replace(tzinfo=None) in possible
    assert {name for _, _, name in changes} == {"STANDARD", "DAYLIGHT"}


def test_a_meeting_before_and_after_the_clocks_change_keeps_its_hour() -> None:
    for day in (28, 29, 30):
        start = datetime(2026, 3, day, 10, 30, tzinfo=BERLIN)
        found = read(calendar_file([event(start, start + timedelta(hours=1))], "test"))
        assert found.start == start
        assert found["DTSTART"].to_ical() == f"202603{day}T103000".encode()
        assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(hours=1)


def test_a_zone_without_changes_needs_one_rule() -> None:
    start = datetime(2026, 3, 28, 10, 30, tzinfo=ZoneInfo("Asia/Kolkata"))
    content = calendar_file([event(start)], "test")
    assert content.count(b"TZOFFSETTO:+0530") == content.count(b"BEGIN:STANDARD") == 1


def test_a_whole_day_ends_with_it_and_an_hour_in_utc_needs_no_zone() -> None:
    found = read(calendar_file([event(date(2026, 3, 31))], "test"))
    assert (found.start, found.end) == (date(2026, 3, 31), date(2026, 4, 1))
    content = calendar_file([event(datetime(2026, 3, 31, 8, 30, tzinfo=UTC))], "test")
    assert b"DTSTART:20260331T083000Z" in content
    assert b"VTIMEZONE" not in content


def test_texts_arrive_and_nothing_in_them_begins_a_line() -> None:
    attack = "a\r\nATTENDEE:mailto:x@example.com\nb\u2028END:VEVENT\x00\x0bc"
    content = calendar_file(
        [
            event(
                date(2026, 3, 31),
                summary=SACRED,
                location=attack,
                organizer=(f'{SACRED}\r\nX: "y"', "a@example.com"),
                sequence=3,
            )
        ],
        "test",
        "PUBLISH",
    )
    found = read(content)
    assert found["SUMMARY"] == SACRED
    assert found["LOCATION"].splitlines() == [
        "a", "ATTENDEE:mailto:x@example.com", "b", "END:VEVENT", "c",
    ]  # fmt: skip
    assert found["ORGANIZER"] == "mailto:a@example.com"
    assert "R&D <Vertrieb>" in found["ORGANIZER"].params["CN"]
    assert found["SEQUENCE"] == 3
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line.startswith(("ATTENDEE", "X:"))]
    assert sum(line.startswith("END:VEVENT") for line in lines) == 1
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.count(b"\n") == content.count(b"\r\n")


def test_the_same_events_are_the_same_bytes() -> None:
    start = datetime(2026, 3, 28, 10, 30, tzinfo=BERLIN)
    assert calendar_file([event(start)], "test") == calendar_file([event(start)], "test")
