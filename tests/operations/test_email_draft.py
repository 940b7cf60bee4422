"""An e-mail of a step, filled from a record: values, recipients, attachments, the meeting."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import icalendar
import pytest

from artifacts.email.support import SACRED, html_of, parsed, seen, text_of
from regelwerk.artifacts.email.message import eml
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.operations.email_draft import Made, Wish, make_email
from regelwerk.operations.email_write import files_of

DAY = date(2026, 11, 24)
ORGANIZATION = """
name: Example & Söhne
languages: [en]
timezone: Europe/Berlin
roles:
  clerk: {title: Clerk}
  boss: {title: Boss}
  group: {title: Group, includes: [clerk, boss]}
  nobody: {title: Nobody}
"""
PEOPLE = """
anna: {name: Änne Müller, email: anna@example.com, roles: [{role: clerk}]}
otto: {name: Otto Alt, email: otto@example.com, roles: [{role: clerk, until: 2020-12-31}]}
bert: {name: Bert Chef, email: bert@example.com, roles: [{role: boss, from: 2026-11-24}]}
cora: {name: Cora Stumm}
"""
PROCESS = """
id: example
document: P-1
category: core
owner: clerk
title: Answer a request
version: "1.0"
purpose: To answer.
start: {event: A request has arrived}
documents:
  answer: {title: Answer to the customer}
  request: {title: Request}
inputs: [request]
outputs: [answer]
steps:
  - id: meet
    title: Meet
    responsible: clerk
    repeatable: true
    email: hello
    inputs: [request]
    outputs: [answer]
    fields:
      - {id: name, label: Name, type: text}
      - {id: mail, label: Address, type: text}
      - {id: day, label: Day, type: date}
      - {id: hour, label: Hour, type: text}
      - {id: place, label: Place, type: text}
      - {id: costs, label: Costs, type: number, unit: EUR}
      - {id: colour, label: Colour, type: choice, options: [red, green]}
      - {id: sure, label: Sure, type: yes-no}
  - id: decide
    title: Decide
    responsible: boss
    email: decided
    decision:
      question: Good?
      options:
        good: {label: Very good, next: finish}
        bad: {label: "No", next: finish}
  - id: finish
    title: Finish
    responsible: clerk
    next: {end: done}
ends:
  done: {event: It is done, success: true}
"""
HELLO = """---
subject: "For {{ fields.name }}"
to: ["field:meet.mail", "role:group"]
{more}
---
{body}
"""
MEETING = """meeting:
  title: "Meeting with {{ organization.name }}: {{ fields.name }}"
  date: "field:meet.day"
  time: "field:meet.hour"
  place: "field:meet.place"
  duration: PT90M
"""
FIELDS = {
    "name": "Dr. X", "mail": "x@example.org", "day": "2026-03-29", "hour": "10:30",
    "place": "Hall, 5", "costs": 1234567.125, "colour": "red", "sure": "yes",
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path / "process/organization.yaml", ORGANIZATION)
    put(tmp_path / "process/people.yaml", PEOPLE)
    put(tmp_path / "process/example/process.yaml", PROCESS)
    template(tmp_path)
    decided = '---\nsubject: "x"\nto: ["role:clerk"]\n---\n{{ record.option }}, {{ record.by }}\n'
    put(tmp_path / "templates/email/decided.md", decided)
    record(tmp_path)
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def template(root: Path, body: str = "Hello {{ fields.name }}", more: str = "") -> None:
    text = HELLO.replace("{more}", more.rstrip("\n")).replace("{body}", body)
    put(root / "templates/email/hello.md", text.replace("\n\n---", "\n---"))


def record(
    root: Path,
    fields: dict[str, Any] | None = None,
    *,
    steps: Iterable[dict[str, Any]] | None = None,
    entry: dict[str, Any] | None = None,
    file: str = "process/example/records/T-1.json",
    **head: Any,
) -> Path:
    given = {"step": "meet", "by": "anna", "completed": "2026-03-12", **(entry or {})}
    given["fields"] = {**FIELDS, **(fields or {})}
    data = {
        "process": "example", "version": "1.0", "case": "T-1", "subject": "S", "status": "open",
        "started": "2026-03-10", "steps": list(steps) if steps is not None else [given],
    }  # fmt: skip
    data.update(head)
    path = root / file
    put(path, json.dumps({key: value for key, value in data.items() if value is not None}))
    return path


def make(root: Path, step: str = "meet", **wish: Any) -> Made:
    given = {"record": root / "process/example/records/T-1.json", **wish}
    return make_email(root, Wish(process="example", step=step, **given), lambda _zone: DAY)


def mail(root: Path, step: str = "meet", **wish: Any) -> EmailMessage:
    made = make(root, step, **wish)
    assert made.findings == ()
    assert made.draft is not None
    return parsed(eml(made.draft))


def told(made: Made) -> list[tuple[str, str, str]]:
    assert made.draft is None
    return [
        (one.code, one.file.rpartition("/")[2] + one.path[1:], one.message) for one in made.findings
    ]


def needs(place: str, what: str) -> tuple[str, str, str]:
    return ("email/missing-value", place, f"the e-mail `hello` needs {what}, which is missing")


# Control characters are not even read from a record.
UNFIT = {"email/unfit-value", "schema/value"}


def event_of(made: Made) -> Any:
    assert made.draft is not None
    assert made.draft.calendar is not None
    calendar = icalendar.Calendar.from_ical(made.draft.calendar.content)
    (event,) = calendar.walk("VEVENT")
    return event


# Values.


def test_values_are_said_in_the_language_of_the_mail(root: Path) -> None:
    body = (
        "{{ fields.day }}|{{ fields.costs }}|{{ fields.colour }}|{{ fields.sure }}|{{ record.by }}"
    )
    template(root, body)
    assert (
        text_of(mail(root))
        .rstrip()
        .endswith("29 March 2026|1,234,567.125\u00a0EUR|red|yes|Änne Müller")
    )
    template(root, body, "language: de")
    assert (
        text_of(mail(root))
        .rstrip()
        .endswith("29. März 2026|1.234.567,125\u00a0EUR|red|ja|Änne Müller")
    )


def test_any_text_arrives_once_in_every_part(root: Path) -> None:
    template(root, "Hello {{ fields.name }}", MEETING)
    record(root, {"name": SACRED, "place": SACRED})
    made = make(root)
    message = parsed(files_of(made, ["eml"])["T-1-hello.eml"])
    assert message["Subject"] == f"DRAFT – For {SACRED}"
    assert text_of(message).count(SACRED) == seen(html_of(message)).count(SACRED) == 1
    event = event_of(made)
    assert event["SUMMARY"] == f"Meeting with Example & Söhne: {SACRED}"
    assert event["LOCATION"] == SACRED
    assert files_of(made, ["txt"])["T-1-hello.txt"].decode().count(SACRED) == 2


def test_the_option_that_was_chosen_is_told_by_its_label(root: Path) -> None:
    steps = [
        {"step": "decide", "by": "bert", "option": "bad"},
        {"step": "decide", "by": ["bert", "anna"], "option": "good"},
    ]
    record(root, steps=steps)
    assert text_of(mail(root, "decide")).rstrip().endswith("Very good, Bert Chef and Änne Müller")
    record(root, steps=[{"step": "decide", "by": "bert"}])
    assert [one[1] for one in told(make(root, "decide"))] == ["T-1.json.steps[0]"]
    record(root, steps=[{"step": "decide", "by": "bert", "option": "better"}])
    assert told(make(root, "decide")) == [
        ("email/unfit-value", "T-1.json.steps[0].option", "'better' is no option of `decide`")
    ]


def test_a_step_that_decides_nothing_has_no_option_to_tell(root: Path) -> None:
    template(root, "{{ record.option }}")
    with pytest.raises(RegelwerkError, match="the step `meet` decides nothing"):
        make(root)


def test_all_that_is_missing_is_told_at_its_place_with_its_placeholder(root: Path) -> None:
    template(
        root, "{{ fields.colour }} {{ record.subject }} {{ record.by }} {{ fields.name }}", MEETING
    )
    record(root, {"name": " ", "colour": None, "place": ""}, entry={"by": None}, subject="")
    at = "T-1.json.steps[0]"
    assert told(make(root)) == [
        needs(f"{at}.fields.name", "“Name” (`fields.name`)"),
        needs(f"{at}.fields.colour", "“Colour” (`fields.colour`)"),
        needs("T-1.json.subject", "“Subject of the case” (`record.subject`)"),
        needs(f"{at}.by", "“Name of the sender” (`record.by`)"),
        needs(f"{at}.fields.place", "“Place” (`fields.place`)"),
    ]
    finding = make(root).findings[0]
    assert finding.hint == (
        "it comes from the field `name` of the step `meet` in the record; "
        "--allow-blank leaves a gap to fill in by hand"
    )
    message = mail(root, allow_blank=True)
    assert message["Subject"] == "DRAFT – For [Name]"
    assert "[Colour] [Subject of the case] [Name of the sender] [Name]" in text_of(message)


def test_a_record_without_the_step_misses_everything_of_it(root: Path) -> None:
    record(root, steps=[])
    places = [one[1] for one in told(make(root))]
    assert places == ["T-1.json.steps", "T-1.json.steps"]
    record(root, steps=[{"step": "meet", "fields": None}, "x", {"step": 7}])
    assert make(root, allow_blank=True).draft is not None


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("day", "tomorrow", "“Day” is a day such as 2026-05-12, not 'tomorrow'"),
        ("day", 20260512, "“Day” is a day such as 2026-05-12, not '20260512'"),
        ("costs", "12", "“Costs” is a number, not '12'"),
        ("costs", True, "“Costs” is a number, not 'True'"),
        ("colour", "blue", "“Colour” is one of the answers that there are, not 'blue'"),
        ("sure", "perhaps", "“Sure” is `yes` or `no`, not 'perhaps'"),
        ("name", ["x"], "“Name” is a text, not \"['x']\""),
    ],
)
@pytest.mark.parametrize("allow_blank", [False, True])
def test_a_value_of_the_wrong_kind_is_told_and_never_shown(
    root: Path, field: str, value: object, said: str, *, allow_blank: bool
) -> None:
    template(root, f"{{{{ fields.{field} }}}}")
    record(root, {field: value})
    made = make(root, allow_blank=allow_blank)
    assert told(made) == [("email/unfit-value", f"T-1.json.steps[0].fields.{field}", said)]


def test_what_the_mail_does_not_take_may_be_wrong(root: Path) -> None:
    record(root, {"day": "tomorrow", "costs": "12", "colour": "blue"}, started=7)
    assert "Hello Dr. X" in text_of(mail(root))


def test_the_last_time_a_step_was_done_counts(root: Path) -> None:
    steps = [
        {"step": "meet", "by": "anna", "fields": {**FIELDS, "name": name}} for name in ("A", "B")
    ]
    record(root, steps=steps)
    assert mail(root)["Subject"] == "DRAFT – For B"


# Headers.

ATTACKS = (
    "a\r\nBcc: evil@example.com", "a\nBcc: evil@example.com", "a\rBcc: evil@example.com",
    "a\r\n Bcc: evil@example.com", "a\r\n\r\n<script>", "a\x00b", "a\u2028Bcc: evil@example.com",
    "a\u2029b", "a\x85b", "a\x0bb", "a\x1bb", "a\u202eb", "\n", "a\n",
)  # fmt: skip


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one.strip()])
@pytest.mark.parametrize("allow_blank", [False, True])
def test_nothing_of_a_record_gets_into_a_header(
    root: Path, attack: str, *, allow_blank: bool
) -> None:
    template(root, "Hello", MEETING)
    record(root, {"name": attack})
    ((code, place, message),) = told(make(root, allow_blank=allow_blank))
    assert code in UNFIT
    assert place == "T-1.json.steps[0].fields.name"
    assert "which a subject or title cannot carry" in message or code == "schema/value"
    assert message.isprintable()


@pytest.mark.parametrize("attack", [*ATTACKS, "a@b.de, c@d.de", "Bcc:x@example.com", "<x@y.de>"])
def test_nothing_but_an_address_is_a_recipient(root: Path, attack: str) -> None:
    record(root, {"mail": f"x@example.com{attack}"})
    ((code, place, _),) = told(make(root))
    assert code in UNFIT
    assert place == "T-1.json.steps[0].fields.mail"
    record(root, {"mail": "  x@example.com "})
    assert mail(root)["To"].addresses[0].addr_spec == "x@example.com"


@pytest.mark.parametrize(
    "attack", ["a\r\nb", "a\x00b", "a/../b", "../x", "a\u2028b", "con", "x" * 99]
)
def test_a_case_that_is_no_id_names_no_file(root: Path, attack: str) -> None:
    record(root, case=attack)
    if "\x00" in attack:  # not even read
        assert told(make(root))[0][:2] == ("schema/value", "T-1.json.case")
        return
    with pytest.raises(UsageError, match="cannot be a case's id"):
        make(root)


def test_a_sender_is_somebody_known(root: Path) -> None:
    template(root, "{{ record.by }}")
    record(root, entry={"by": "anna\r\nBcc: x@example.com"})
    ((_, place, message),) = told(make(root))
    assert place == "T-1.json.steps[0].by"
    assert message.isprintable()
    assert "is nobody of people.yaml" in message


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x85"])
def test_a_control_character_does_not_get_into_the_text_either(root: Path, sign: str) -> None:
    template(root, "{{ fields.place }}")
    record(root, {"place": f"a{sign}b"})
    assert told(make(root))[0][1] == "T-1.json.steps[0].fields.place"


def test_a_line_separator_in_a_text_stays_text(root: Path) -> None:
    template(root, "{{ fields.place }}")
    record(root, {"place": "a\u2028Bcc: x@example.com\r\nBcc: y@example.com"})
    message = mail(root)
    assert set(message.keys()) == {"X-Unsent", "Subject", "To", "MIME-Version", "Content-Type"}
    assert "a\u2028Bcc: x@example.com\nBcc: y@example.com" in text_of(message)


# Recipients.


def test_a_role_is_whoever_holds_it_on_the_day(root: Path) -> None:
    expected = ["x@example.org", "anna@example.com", "bert@example.com"]
    assert [one.addr_spec for one in mail(root)["To"].addresses] == expected
    wish = Wish(process="example", step="meet", record=root / "process/example/records/T-1.json")
    made = make_email(root, wish, lambda _zone: date(2026, 11, 23))
    assert made.draft is not None
    assert [one.address for one in made.draft.to] == expected[:2]


def test_a_role_that_nobody_holds_and_a_person_without_address_are_told(root: Path) -> None:
    template(root, "Hello", 'cc: ["role:nobody", "person:cora"]')
    assert told(make(root)) == [
        needs("people.yaml", "the address of “Nobody”"),
        needs("people.yaml.cora", "the address of “Cora Stumm”"),
    ]
    text = text_of(mail(root, allow_blank=True))
    assert "Copy to: [Nobody], [Cora Stumm]" in text


# Attachments.


def attach(root: Path, evidence: object, *items: str, **head: Any) -> None:
    listed = ", ".join(f'"{item}"' for item in items or ("document:answer",))
    template(root, "Hello", f"attachments: [{listed}]")
    record(root, entry={"outputs": {"answer": evidence}}, **head)


def test_evidence_and_artifacts_go_along(root: Path) -> None:
    name = 'Angebot für R&D; "x".pdf'
    (root / "process/example/records/evidence").mkdir()
    (root / "process/example/records/evidence" / name).write_bytes(b"%PDF\r\n\x00")
    attach(root, {"file": f"evidence/{name}"}, "document:answer", "artifact:picture")
    evidence, picture = mail(root).iter_attachments()
    assert evidence.get_filename() == name
    assert evidence.get_content_type() == "application/pdf"
    assert cast("Any", evidence).get_content() == b"%PDF\r\n\x00"
    assert picture.get_filename() == "example-1.0-DRAFT-process.png"
    assert cast("Any", picture).get_content().startswith(b"\x89PNG")


def test_an_input_of_the_case_goes_along_too(root: Path) -> None:
    put(root / "process/example/records/request.txt", "please")
    template(root, "Hello", 'attachments: ["document:request"]')
    record(root, inputs={"request": {"file": "request.txt"}})
    (attached,) = mail(root).iter_attachments()
    assert cast("Any", attached).get_content() == "please"


@pytest.mark.parametrize(
    "file",
    [
        "../../../secret.txt", "/etc/passwd", "evidence/../../../../secret.txt", "link.txt",
        "C:\\secret.txt", "..\\..\\secret.txt", "file:///etc/passwd", "folder/x.txt", "a\x00b",
    ],
)  # fmt: skip
def test_nothing_outside_the_project_goes_along(root: Path, tmp_path: Path, file: str) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    put(outside / "x.txt", "secret")
    put(tmp_path.parent / "secret.txt", "secret")
    records = root / "process/example/records"
    (records / "link.txt").symlink_to(outside / "x.txt")
    (records / "folder").symlink_to(outside)
    attach(root, {"file": file})
    for allow_blank in (False, True):
        ((code, place, _),) = told(make(root, allow_blank=allow_blank))
        assert code in ("record/evidence-missing", "schema/value")
        assert place == "T-1.json.steps[0].outputs.answer.file"


def test_no_hidden_file_goes_along(root: Path) -> None:
    records = root / "process/example/records"
    put(root / ".git/config", "url = https://user:secret@example.com")
    (records / "evidence").mkdir()
    (records / "evidence/config.txt").symlink_to(root / ".git/config")
    for file in ("evidence/../../../../.git/config", "evidence/config.txt"):
        attach(root, {"file": file})
        ((code, _, message),) = told(make(root))
        assert (code, "is hidden" in message) == ("record/evidence-missing", True)


def test_a_record_outside_the_project_brings_no_files(root: Path, tmp_path: Path) -> None:
    attach(root, {"file": "x.txt"})
    outside = tmp_path.parent / f"{tmp_path.name}-inbox"
    put(outside / "x.txt", "theirs")
    path = record(outside, entry={"outputs": {"answer": {"file": "x.txt"}}}, file="T-1.json")
    ((code, _, message),) = told(make(root, record=path))
    assert code == "record/evidence-missing"
    assert "outside the project" in message


def test_evidence_that_changed_or_is_too_large_does_not_go_along(root: Path) -> None:
    file = root / "process/example/records/answer.bin"
    put(file, "x")
    attach(root, {"file": "answer.bin", "sha256": "0" * 64})
    assert told(make(root))[0][0] == "record/evidence-changed"
    with file.open("wb") as stream:
        stream.truncate(15 * 1024 * 1024 + 1)
    attach(root, {"file": "answer.bin"})
    assert "larger than the 15 MiB" in told(make(root))[0][2]


def test_a_document_that_lies_elsewhere_is_told_or_noted(root: Path) -> None:
    attach(root, {"reference": "odoo lead 4711"})
    assert told(make(root)) == [needs("T-1.json.steps", "“Answer to the customer”")]
    assert "Attach: [Answer to the customer]" in text_of(mail(root, allow_blank=True))


# The meeting.


def test_the_meeting_is_at_the_hour_that_the_clock_shows_there(root: Path) -> None:
    template(root, "Hello", MEETING)
    for day, utc in (("2026-03-28", 9), ("2026-03-29", 8), ("2026-10-25", 9)):
        record(root, {"day": day})
        event = event_of(make(root))
        assert event.start == datetime.fromisoformat(f"{day}T10:30").replace(
            tzinfo=ZoneInfo("Europe/Berlin")
        )
        assert event.start.astimezone(UTC).hour == utc
        assert (event.end - event.start).total_seconds() == 5400
        assert event["ORGANIZER"] == "mailto:anna@example.com"
        assert event["LOCATION"] == "Hall, 5"


def test_an_hour_across_the_change_passes_as_long_as_it_says(root: Path) -> None:
    template(root, "Hello", MEETING)
    record(root, {"day": "2026-03-29", "hour": "1:15"})
    event = event_of(make(root))
    assert event["DTEND"].to_ical() == b"20260329T034500"
    assert (event.end.astimezone(UTC) - event.start.astimezone(UTC)).total_seconds() == 5400


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        ("2:30", "there is no 2:30 on that day: the clocks go forward"),
        ("half past ten", "'half past ten' is no time of day"),
        ("25:00", "'25:00' is no time of day"),
        ("10:30\nBEGIN:VEVENT", "'10:30\\nBEGIN:VEVENT' is no time of day"),
    ],
)
def test_an_hour_that_there_is_not_is_told(root: Path, hour: str, said: str) -> None:
    template(root, "Hello", MEETING)
    record(root, {"day": "2026-03-29", "hour": hour})
    assert told(make(root)) == [("email/unfit-value", "T-1.json.steps[0].fields.hour", said)]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31"])
@pytest.mark.parametrize("with_hour", [False, True])
def test_a_day_beyond_all_calendars_is_told(root: Path, day: str, *, with_hour: bool) -> None:
    hour = '  time: "field:meet.hour"\n'
    template(root, "Hello", MEETING if with_hour else MEETING.replace(hour, ""))
    record(root, {"day": day}, started=day)
    said = f"'{day}' is no day for a meeting"
    assert told(make(root)) == [("email/unfit-value", "T-1.json.steps[0].fields.day", said)]
    record(root, started=day)
    assert event_of(make(root)).start is not None


def test_the_meeting_keeps_its_id_when_it_is_moved_and_other_rounds_have_others(
    root: Path,
) -> None:
    template(root, "Hello", MEETING)
    first = event_of(make(root))
    record(root, {"day": "2026-04-02", "hour": "9.00"})
    moved = event_of(make(root, sequence=1))
    assert (first["UID"], first["SEQUENCE"], moved["SEQUENCE"]) == (moved["UID"], 0, 1)
    record(root, case="T-2")
    other = event_of(make(root))
    record(root, steps=[{"step": "meet", "by": "anna", "fields": FIELDS}] * 2)
    again = event_of(make(root))
    put(root / "process/organization.yaml", ORGANIZATION.replace("Example", "Beispiel"))
    record(root)
    elsewhere = event_of(make(root))
    ids = {str(one["UID"]) for one in (first, other, again, elsewhere)}
    assert len(ids) == 4


def test_the_meeting_goes_along_as_a_calendar_file(root: Path) -> None:
    template(root, "Hello", MEETING)
    (attached,) = mail(root).iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_param("method") == "PUBLISH"
    assert attached.get_filename() == "hello.ics"
    made = make(root)
    assert attached.get_payload(decode=True) == files_of(made, ["ics"])["T-1-hello.ics"]


def test_without_a_time_it_is_the_whole_day_and_without_a_day_there_is_none(root: Path) -> None:
    template(root, "Hello", MEETING.replace('  time: "field:meet.hour"\n', ""))
    event = event_of(make(root))
    assert (event.start, event.end) == (date(2026, 3, 29), date(2026, 3, 30))
    record(root, {"day": ""})
    made = make(root, allow_blank=True)
    assert made.draft is not None
    assert made.draft.calendar is None
    assert list(files_of(made, ["eml", "ics"])) == ["T-1-hello.eml"]


# Which definition, which record.


def test_the_same_record_makes_the_same_bytes(root: Path) -> None:
    (root / "process/example/records/a.txt").write_text("x")
    template(root, "Hello {{ fields.name }}", MEETING + 'attachments: ["document:answer"]')
    record(root, entry={"outputs": {"answer": {"file": "a.txt"}}})
    first = files_of(make(root), ["eml", "txt", "ics", "html"])
    assert list(first) == [f"T-1-hello.{end}" for end in ("eml", "txt", "ics", "html")]
    assert first == files_of(make(root), ["eml", "txt", "ics", "html"])
    assert first["T-1-hello.eml"].count(b"\n") == first["T-1-hello.eml"].count(b"\r\n")


def test_what_there_is_not_is_told_with_what_there_is(root: Path) -> None:
    with pytest.raises(UsageError, match="no step `met`") as caught:
        make(root, "met")
    assert caught.value.hint == "did you mean `meet`?"
    with pytest.raises(UsageError, match="`finish` sends no e-mail") as caught:
        make(root, "finish")
    assert caught.value.hint == "these steps send one: `meet`, `decide`"
    with pytest.raises(UsageError, match=r"no version 7\.0"):
        make(root, version="7.0")
    record(root, process="other")
    with pytest.raises(UsageError, match="is of the process `other`"):
        make(root)
    record(root, version="0.9")
    with pytest.raises(UsageError, match=r"no version 0\.9"):
        make(root)
    with pytest.raises(UsageError, match="there is no file"):
        make(root, record=Path("nowhere.yaml"))


def test_a_record_that_cannot_be_read_is_told_where(root: Path) -> None:
    path = root / "process/example/records/T-1.yaml"
    put(path, "process: example\nversion: '1.0'\nprocess: again\n")
    made = make(root, record=path)
    assert [(one.code, one.line) for one in made.findings] == [("yaml/duplicate-key", 3)]
    put(path, "- 1\n")
    with pytest.raises(UsageError, match="holds no record"):
        make(root, record=path)


def test_one_of_many_cases_is_chosen_by_its_id(root: Path) -> None:
    cases = ("T-7", "T-8")
    lines = [record(root, {"name": case}, case=case).read_text() for case in cases]
    path = root / "process/example/records/many.jsonl"
    put(path, "\n".join(lines) + "\n")
    with pytest.raises(UsageError, match="several records"):
        make(root, record=path)
    assert mail(root, record=path, case="T-8")["Subject"] == "DRAFT – For T-8"
    with pytest.raises(UsageError, match="no case T-9"):
        make(root, record=path, case="T-9")


def test_an_error_in_the_definition_is_told_first(root: Path) -> None:
    put(
        root / "process/example/process.yaml",
        PROCESS.replace("responsible: boss", "responsible: x"),
    )
    assert [one.code for one in make(root).findings] == ["reference/undefined-role"]


def test_without_a_record_it_is_the_blank_template(root: Path) -> None:
    message = mail(root, record=None)
    assert message["Subject"] == "DRAFT – For [Name]"
    assert "To: [Address], [Group]" in text_of(message)
    assert make(root, record=None).name == "example-1.0-DRAFT-hello"
