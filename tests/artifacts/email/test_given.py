"""Whatever a record holds, it is text of the mail, or told as unfit; never anything else."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from artifacts.email.support import MEET, SACRED, context, head, parsed, read, text_of
from regelwerk.artifacts.calendar import calendar_file
from regelwerk.artifacts.email.given import recorded_values
from regelwerk.artifacts.email.meeting import meeting_of
from regelwerk.artifacts.email.message import AttachedFile, eml
from regelwerk.artifacts.email.render import draft_of
from regelwerk.artifacts.email.sending import mailto, txt
from regelwerk.artifacts.email.template import EmailTemplate

MEETING = '{title: "{{ fields.notes }}", date: "field:meet.date", place: "field:meet.items"}'
TEMPLATE = (
    head(
        '{{ fields["first-name"] }} {{ record.subject }}',
        to='["field:meet.mail"]',
        meeting=MEETING,
    )
    + "Hello {{ fields.items }}\n"
)
ANY = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["a\r\nBcc: x@example.com", "a\n\nb", "a\u2028b", "\x00", "=?utf-8?q?=0D=0ABcc:_x?=", SACRED]
)


@cache
def template() -> EmailTemplate:
    with tempfile.TemporaryDirectory() as folder:
        return read(Path(folder), TEMPLATE)


@given(ANY, ANY, ANY, ANY, ANY)
@example("a", "a", "a@example.com", "a", "a")
@example("a", "a", "a@example.com\r\nBcc: b@example.com", "a", "a")
@example("a", "a", "a@example.com", "a", "a\u2028BEGIN:VEVENT\r\nATTENDEE:x")
@settings(max_examples=80, deadline=None)
def test_no_value_becomes_a_header_or_a_line_of_the_calendar(
    first: str, subject: str, mail: str, notes: str, items: str
) -> None:
    fields = {
        "first-name": first, "mail": mail, "notes": notes, "items": items, "date": "2026-05-20",
    }  # fmt: skip
    data: dict[str, Any] = {
        "case": "C-1", "subject": subject, "started": "2026-05-01",
        "steps": [{"step": "meet", "by": "anna", "fields": fields}],
    }  # fmt: skip
    where = context()
    email = template()
    assert email.problems == ()
    recorded = recorded_values(where, MEET, data, email)
    planned = meeting_of(where, email, MEET, recorded, data, 0)
    drafted = draft_of(where, email, (MEET,), recorded.values, both_ways=True)
    assert planned.event is not None
    content = calendar_file([planned.event], "email", "PUBLISH")
    attached = AttachedFile("m.ics", "text/calendar; charset=utf-8; method=PUBLISH", content)
    draft = type(drafted.draft)(
        subject=drafted.draft.subject, to=drafted.draft.to, text=drafted.draft.text,
        html=drafted.draft.html, calendar=attached, copy=drafted.draft.copy,
    )  # fmt: skip

    message = parsed(eml(draft))
    assert set(message.keys()) <= {"X-Unsent", "Subject", "To", "MIME-Version", "Content-Type"}
    assert {one.addr_spec for one in getattr(message["To"], "addresses", ())} <= {mail.strip(" ")}
    if recorded.problems == () and items.strip():
        lines = items.replace("\r\n", "\n").replace("\r", "\n")
        assert lines in text_of(message)
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert event.errors == []
    assert set(event) == {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "ORGANIZER",
        *(["LOCATION"] if "LOCATION" in event else []),
    }  # fmt: skip
    assert (content.count(b"\r\nBEGIN:"), content.count(b"\r\nEND:")) == (1, 2)
    link = mailto(draft)
    assert link is None or (link.isascii() and link.isprintable())
    assert txt(draft).decode()


@pytest.mark.parametrize(
    "data", [{}, {"steps": "x"}, {"steps": [[], 1, {"step": []}]}, {"case": []}]
)
def test_a_record_of_any_shape_is_read(tmp_path: Path, data: dict[str, Any]) -> None:
    email = read(tmp_path, TEMPLATE)
    recorded = recorded_values(context(), MEET, data, email)
    assert recorded.values == {}
    assert recorded.round == 1
    assert len(draft_of(context(), email, (MEET,), recorded.values, both_ways=False).gaps) == 4
