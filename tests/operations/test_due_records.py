from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from acceptance.conformance_records.company import _approval as approval
from acceptance.conformance_records.company import definition, read, write_company, write_json
from regelwerk.cli.calendar_file import calendar
from regelwerk.errors import UsageError
from regelwerk.operations.due_records import DueStep, due_records

DAY = date(2026, 3, 20)
PROCESS = {
    "steps": [
        {"id": "a", "due": {"within": "P5D", "after": "start"}},
        {
            "id": "p",
            "parallel": {"x": [{"id": "b", "due": {"within": "P2BD", "after": "a"}}], "y": ["c"]},
        },
        {"id": "o", "optional": True},
        {"id": "d", "responsible": "boss", "next": {"end": "done"}},
    ]
}  # fmt: skip


@pytest.fixture
def company(tmp_path: Path) -> Path:
    write_company(tmp_path)
    data = definition("timed", PROCESS)
    folder = tmp_path / "process/timed/versions/1.0"
    write_json(folder / "process.yaml", data)
    write_json(folder / "approvals.yaml", approval(data, {}))
    (tmp_path / "process/timed/records").mkdir()
    return tmp_path


def put(root: Path, case: str, steps: dict[str, str], **more: object) -> None:
    done = [{"step": step, "by": "wanda", "completed": day} for step, day in steps.items()]
    head = {"process": "timed", "version": "1.0", "case": case, "status": "open"}
    data = {**head, "started": "2026-03-13", "steps": done, **more}
    path = root / f"process/timed/records/{case}.json"
    path.write_text(json.dumps(data), encoding="utf-8")


def told(root: Path, person: str | None = None) -> list[tuple[str, str, str, bool]]:
    due = due_records(root, lambda _zone: DAY, person)
    return [(one.case, one.step, str(one.until), one.overdue) for one in due.steps]


def test_open_cases_tell_their_next_steps_those_due_first(company: Path) -> None:
    put(company, "T-1", {})
    put(company, "T-2", {"a": "2026-03-19"})
    put(company, "T-3", {"a": "2026-03-14", "b": "2026-03-15", "c": "2026-03-16"})
    put(company, "T-4", {}, status="cancelled")
    assert told(company) == [
        ("T-1", "a", "2026-03-18", True),
        ("T-2", "b", "2026-03-23", False),
        ("T-2", "c", "None", False),
        ("T-3", "d", "None", False),
    ]


def test_a_person_is_told_what_their_roles_allow(company: Path) -> None:
    put(company, "T-1", {})
    put(company, "T-3", {"a": "2026-03-14", "b": "2026-03-15", "c": "2026-03-16"})
    assert [case for case, *_ in told(company, "wanda")] == ["T-1"]
    assert [case for case, *_ in told(company, "bob")] == ["T-3"]
    assert "bob" in read(company / "process/people.yaml")
    with pytest.raises(UsageError, match="nemo"):
        told(company, "nemo")


def test_records_that_cannot_be_read_are_counted(company: Path) -> None:
    (company / "process/timed/records/x.json").write_text("{", encoding="utf-8")
    assert due_records(company, lambda _zone: DAY).unreadable == 1


def step(until: date | datetime | None, **more: object) -> DueStep:
    given = {
        "case": "T-1", "subject": "Müller; Söhne, Co\n\\ “R&D”", "process": "timed", "step": "a",
        "title": "Ask", "role": "Worker", "people": ("wanda",), "overdue": False,
        "on_hold": False, "file": "x",
    }  # fmt: skip
    return DueStep(until=until, **{**given, **more})


def test_a_calendar_holds_deadlines_with_texts_unharmed() -> None:
    hour = datetime(2026, 3, 20, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    text = calendar([step(date(2026, 3, 31)), step(hour, step="b"), step(None, step="c")], DAY)
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20260331\r\nDTEND;VALUE=DATE:20260401\r\n" in text
    assert "DTSTART:20260320T083000Z\r\n" in text
    unfolded = text.replace("\r\n ", "")
    assert "SUMMARY:T-1: Ask (Müller\\; Söhne\\, Co\\n\\\\ “R&D”)\r\n" in unfolded
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_a_calendar_program_reads_back_what_is_due() -> None:
    hour = datetime(2026, 3, 29, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    text = calendar([step(date(2026, 3, 31)), step(hour, step="b")], DAY)
    whole, timed = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert (whole.start, whole.end) == (date(2026, 3, 31), date(2026, 4, 1))
    assert timed.start == hour
    assert whole["SUMMARY"] == "T-1: Ask (Müller; Söhne, Co\n\\ “R&D”)"
    assert (whole["UID"], timed["UID"]) == ("timed.T-1.a@regelwerk", "timed.T-1.b@regelwerk")


def test_long_texts_are_folded_between_characters() -> None:
    text = calendar([step(DAY, subject="ü漢" * 200)], DAY)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "ü漢" * 200 in text.replace("\r\n ", "")
