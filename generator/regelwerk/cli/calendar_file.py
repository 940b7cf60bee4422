"""Deadlines as an iCalendar file (RFC 5545): an event of a whole day, or at the hour, each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regelwerk.operations.due_records import DueStep

_OCTETS = 75


def calendar(steps: Sequence[DueStep], day: date) -> str:
    """The calendar of the steps that have a deadline; the same for the same steps and day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//regelwerk//records due//EN"]
    for step in steps:
        if step.until is not None:
            lines += _event(step, step.until, day)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(step: DueStep, until: date | datetime, day: date) -> Iterator[str]:
    subject = f" ({step.subject})" if step.subject else ""
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(step.process)}.{_text(step.case)}.{_text(step.step)}@regelwerk"
    yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
    if isinstance(until, datetime):
        yield f"DTSTART:{until.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    else:
        yield f"DTSTART;VALUE=DATE:{until:%Y%m%d}"
        if until < date.max:
            yield f"DTEND;VALUE=DATE:{until + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{step.case}: {step.title}{subject}')}"
    yield f"DESCRIPTION:{_text(f'{step.role}: ' + ', '.join(step.people))}"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text as RFC 5545, 3.3.11, writes it; what is no character of a line is left out."""
    for character, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(character, written)
    return "".join(character for character in text if character.isprintable())


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; those that go on begin with a space (3.1)."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part
