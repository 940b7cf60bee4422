"""Deadlines as an iCalendar file (RFC 5545): an event of a whole day, or at the hour, each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from regelwerk.artifacts.calendar import Event, calendar_file

if TYPE_CHECKING:
    from regelwerk.operations.due_records import DueStep


def calendar(steps: Sequence[DueStep], day: date) -> str:
    """The calendar of the steps that have a deadline; the same for the same steps and day."""
    return calendar_file(list(_events(steps, day)), "records due").decode()


def _events(steps: Sequence[DueStep], day: date) -> Iterator[Event]:
    for step in steps:
        if step.until is None:
            continue
        until = step.until
        subject = f" ({step.subject})" if step.subject else ""
        yield Event(
            uid=f"{step.process}.{step.case}.{step.step}@regelwerk",
            stamp=day,
            start=until.astimezone(UTC) if isinstance(until, datetime) else until,
            summary=f"{step.case}: {step.title}{subject}",
            description=f"{step.role}: " + ", ".join(step.people),
        )
