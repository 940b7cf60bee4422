"""The meeting that an e-mail invites to, as an event of a calendar."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import msgspec

from regelwerk.artifacts.calendar import Event
from regelwerk.artifacts.email.fill import fill, text_of
from regelwerk.artifacts.email.given import UNFIT, Recorded
from regelwerk.artifacts.email.headers import header_text
from regelwerk.artifacts.email.recipients import FieldReference, checked_address
from regelwerk.artifacts.email.syntax import Name
from regelwerk.artifacts.email.template import EmailTemplate, Meeting
from regelwerk.artifacts.email.values import Gap, Value, Values, values_for
from regelwerk.artifacts.email.words import email_speech
from regelwerk.diagnostics import Problem
from regelwerk.model.context import BuildContext
from regelwerk.model.moment import Moment, day_of, parse_date, parse_moment, zone_named
from regelwerk.model.process import Step
from regelwerk.model.span import Span, add_calendar

_YEARS = range(1900, 9000)  # what every calendar and time zone can tell
_TIME = re.compile(r"\s*([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\s*", re.ASCII)


class Planned(msgspec.Struct, frozen=True):
    """The event; None where `gaps` or `problems` are in the way of its day or hour."""

    event: Event | None
    gaps: tuple[Gap, ...] = ()
    problems: tuple[Problem, ...] = ()


def meeting_of(
    context: BuildContext,
    email: EmailTemplate,
    step: Step,
    recorded: Recorded,
    data: dict[str, Any],
    sequence: int,
) -> Planned:
    """The meeting of a case. `sequence` counts how often it was moved (RFC 5546, 2.1.4).

    Its id is that of the case, step and round, so that a later invitation moves the same event. It
    is stamped with the day on which the step was done or the case began, and with no clock.
    """
    meeting = email.meeting
    if meeting is None:
        return Planned(None)
    speech = email_speech(email.language or context.names.language, context.names.translations)
    values = values_for(context, (step,), recorded.values, speech)
    gaps: list[Gap] = []
    day = _value(values, meeting.date, gaps)
    hour = _value(values, meeting.time, gaps) if meeting.time is not None else None
    place = meeting.place
    where = _value(values, place, gaps) if isinstance(place, FieldReference) else place
    title = fill(
        meeting.title, values, speech, both_ways=False, show=lambda value: _noted(value, gaps)
    )
    if isinstance(day, Gap) or isinstance(hour, Gap):
        return Planned(None, tuple(gaps))
    zone = zone_named(context.project.organization.timezone)
    known = parse_date(day)
    if known is None or known.year not in _YEARS:
        place_ = recorded.places[_name(meeting.date)]
        message = f"{day[:40]!r} is no day for a meeting"
        return Planned(
            None, tuple(gaps), (Problem(UNFIT, place_, message, "for example 2026-05-12"),)
        )
    start = _start(known, hour, zone)
    if isinstance(start, str):
        assert meeting.time is not None  # noqa: S101 (a day alone is a time)
        name = _name(meeting.time)
        hint = "write the hour as the clock there shows it, for example 10:30"
        return Planned(None, tuple(gaps), (Problem(UNFIT, recorded.places[name], start, hint),))
    event = Event(
        uid=_uid(context, email, step, data, recorded.round),
        stamp=_stamp(context, step, data, zone),
        start=start,
        end=_end(start, meeting),
        summary=header_text(title, "the title of the meeting"),
        location=where if isinstance(where, str) else "",
        organizer=next(
            (
                (person.name, checked_address(person.email, f"people.yaml, {person.id}"))
                for person in recorded.senders
                if person.email
            ),
            None,
        ),
        sequence=sequence,
    )
    return Planned(event, tuple(gaps))


def _name(field: FieldReference) -> Name:
    return ("steps", field.step, "fields", field.field)


def _value(values: Values, field: FieldReference, gaps: list[Gap]) -> str | Gap:
    value = values[_name(field)]
    if isinstance(value, Gap):
        gaps.append(value)
        return value
    return value.recorded or value.text


def _noted(value: Value, gaps: list[Gap]) -> str:
    if isinstance(value, Gap):
        gaps.append(value)
    return text_of(value)


def _start(known: date, hour: str | None, zone: tzinfo) -> Moment | str:
    """When it begins, or why that is no time."""
    if hour is None:
        return known
    match = _TIME.fullmatch(hour)
    if match is None:
        return f"{hour[:40]!r} is no time of day"
    start = datetime.combine(known, time(int(match[1]), int(match[2])), zone)
    if start.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != start.replace(tzinfo=None):
        return f"there is no {match[1]}:{match[2]} on that day: the clocks go forward"
    return start


def _end(start: Moment, meeting: Meeting) -> Moment | None:
    """Days by the calendar, hours as they pass, also where the clocks change in between."""
    span: Span | None = meeting.duration
    if span is None:
        return None
    if not isinstance(start, datetime):
        return add_calendar(start, span) if not span.has_time else None
    moved = add_calendar(start.date(), span)
    if moved is None:
        return None
    begun = datetime.combine(moved, start.time(), start.tzinfo).astimezone(UTC)
    passed = timedelta(hours=span.hours, minutes=span.minutes)
    return (begun + passed).astimezone(start.tzinfo)


def _uid(
    context: BuildContext, email: EmailTemplate, step: Step, data: dict[str, Any], round_: int
) -> str:
    """The same for the same meeting; the organization's name keeps two of them apart."""
    organization, process = context.project.organization.name, context.definition.process.id
    parts = [organization, process, str(data.get("case") or ""), step.id, email.name, round_]
    digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
    return f"{digest[:40]}@regelwerk"


def _stamp(context: BuildContext, step: Step, data: dict[str, Any], zone: tzinfo) -> date:
    steps = data.get("steps")
    done = [
        entry.get("completed")
        for entry in (steps if isinstance(steps, list) else ())
        if isinstance(entry, dict) and entry.get("step") == step.id
    ]
    moments = (parse_moment(value) for value in (*reversed(done), data.get("started")))
    moment = next((one for one in moments if one is not None), None)
    return day_of(moment, zone) if moment is not None else context.as_of
