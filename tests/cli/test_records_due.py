"""`records due`: what comes next, for whom, until when; as a list and as a calendar file."""

from __future__ import annotations

from pathlib import Path

import click
import icalendar
import pytest

from operations.test_due_records import company, put
from regelwerk.cli.main import run

__all__ = ["company"]


def due(root: Path, *arguments: object) -> int:
    return run(["-C", str(root), "--as-of", "2026-03-20", "records", "due", *map(str, arguments)])


def test_the_list_says_case_step_role_people_and_day(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(company, "T-1", {}, subject="Müller & Söhne")
    put(company, "T-2", {"a": "2026-03-18"})
    put(company, "T-3", {"a": "2026-03-14", "b": "2026-03-15", "c": "2026-03-16"}, status="on-hold")
    assert due(company) == 0
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert lines[0].startswith("overdue since 2026-03-18  T-1 (Müller & Söhne): Do a; Worker: ")
    assert lines[1].startswith("until 2026-03-20 (today)  T-2: Do b; Worker: ")
    assert lines[2].startswith("no deadline  T-2: Do c; Worker: ")
    assert lines[3] == "no deadline, on hold  T-3: Do d; Boss: bob"
    assert due(company, "--person", "bob") == 0
    assert "T-1" not in capsys.readouterr().out
    assert due(company, "--person", "nemo") == 2


def test_the_calendar_is_one_that_others_read(company: Path, tmp_path: Path) -> None:
    put(company, "T-1", {}, subject="Müller & Söhne")
    put(company, "T-2", {"a": "2026-03-18"})
    file = tmp_path / "steps.ics"
    assert due(company, "--ics", file) == 0
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    events = [(str(one["SUMMARY"]), one["DTSTART"].dt.isoformat()) for one in calendar.events]
    assert events == [
        ("T-1: Do a (Müller & Söhne)", "2026-03-18"),
        ("T-2: Do b", "2026-03-20"),
    ]
    again = file.read_bytes()
    assert due(company, "--ics", file) == 0
    assert file.read_bytes() == again
