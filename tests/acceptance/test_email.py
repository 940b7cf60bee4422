"""The e-mails of the sales process as a sales manager makes them, by the command."""

from __future__ import annotations

import shutil
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import icalendar
import pytest

from regelwerk.cli.main import run

DAY = "2026-11-24"
RECORD = "process/sales/records/T-2026-0001.yaml"
CASE = """\
process: sales
version: "1.4"                        # the working definition: a trial
case: T-2026-0001
subject: Muster & Söhne <Flugzeugbau> GmbH
status: open
started: 2026-03-10
steps:
  - step: make-appointment
    by: anna.beispiel
    completed: 2026-03-12
    fields:
      contact: Dr. Änne Muster
      email: aenne.muster@example.com
      origin: Trade fair
      date: 2026-03-30
      time: "10:30"
      place: Hauptstraße 5, 01069 Dresden
  - step: revise
    by: anna.beispiel
    completed: 2026-03-31
    fields:
      topics: |-
        Assembly of the new wing
        R&D <Vertrieb> "quoted" {{ x }} ü 漢字
      agreed: We send a proposal by the end of April.
      impression: Promising
  - step: assess
    by: anna.beispiel
    completed: 2026-04-02
    fields: {volume: 1234567.5, risk: Low, recommendation: Go on.}
  - step: decide
    by: magda.exempel
    completed: 2026-04-05
    option: unclear
    fields: {reason: The budget is not known yet.}
  - step: transfer
    by: anna.beispiel
    completed: 2026-04-05
    fields: {member: Legal, consent: "yes", costs: 1200}
"""
STEPS = {
    "make-appointment": "appointment-invitation",
    "revise": "appointment-summary",
    "decide": "decision-information",
    "transfer": "handover",
}


@pytest.fixture(scope="module")
def project(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in ("process", "templates", "schemas"):
        shutil.copytree(repository / name, folder / name)
    (folder / RECORD).write_text(CASE, encoding="utf-8")
    return folder


def email(project: Path, *arguments: str | Path) -> int:
    return run(["-C", str(project), "--as-of", DAY, "email", *map(str, arguments)])


@pytest.mark.parametrize("step", STEPS)
def test_the_mail_of_every_step_is_whole_and_reads_the_same_twice(
    project: Path, tmp_path: Path, step: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("one", "two"):
        assert email(project, "sales", step, "--record", RECORD, "-o", tmp_path / folder) == 0
    name = f"T-2026-0001-{STEPS[step]}"
    for suffix in (".eml", ".html"):
        first = (tmp_path / "one" / f"{name}{suffix}").read_bytes()
        assert first == (tmp_path / "two" / f"{name}{suffix}").read_bytes()
    message = message_from_bytes((tmp_path / "one" / f"{name}.eml").read_bytes(), policy=default)
    assert [part.defects for part in message.walk() if part.defects] == []
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "[" not in text
    assert "None" not in text
    assert "Kind regards" in text
    assert str(tmp_path / "one" / f"{name}.eml") in capsys.readouterr().out


def test_a_case_is_found_by_its_id(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert email(project, "sales", "revise", "--case", "T-2026-0001", "-o", tmp_path) == 0
    assert (tmp_path / "T-2026-0001-appointment-summary.eml").is_file()
    assert email(project, "sales", "revise", "--case", "T-2026-0002") == 2
    assert "no record of the project is of case T-2026-0002" in capsys.readouterr().err


def test_the_summary_tells_what_was_recorded(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "mail.txt"
    assert email(project, "sales", "revise", "--record", RECORD, "-o", target) == 0
    assert target.read_text(encoding="utf-8") == (
        "To: aenne.muster@example.com\n"
        "Copy to: Clara Probe <clara.probe@example.com>\n"
        "Subject: DRAFT – Summary of our appointment on 30 March 2026\n\n"
        "DRAFT: Sales process, version 1.4. Draft. Nobody has approved it; do not work by it.\n\n"
        "Dear Dr. Änne Muster,\n\n"
        "thank you for the open and pleasant conversation on 30 March 2026. So that we both have "
        "the same picture, here is a short summary.\n\n"
        "What we talked about\n\n"
        'Assembly of the new wing\nR&D <Vertrieb> "quoted" {{ x }} ü 漢字\n\n'
        "What we agreed\n\nWe send a proposal by the end of April.\n\n"
        "If I have misunderstood or forgotten anything, please let me know. We will now look at "
        "the possibilities of working together, and I will get back to you.\n\n"
        "Kind regards\n\nAnna Beispiel\n\nSales Manager, ARTS Solutions GmbH\n"
    )


def test_the_decision_is_told_in_words(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "mail.txt"
    assert email(project, "sales", "decide", "--record", RECORD, "-o", target) == 0
    text = target.read_text(encoding="utf-8")
    assert "Is the customer interesting for us? More facts are needed\n" in text
    assert "To: Anna Beispiel <anna.beispiel@example.com>; Bernd Muster" in text


def test_the_invitation_brings_its_meeting(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "meeting.ics"
    wish = ("--record", RECORD, "-o", target, "--sequence", "1")
    assert email(project, "sales", "make-appointment", *wish) == 0
    (event,) = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert event["DTSTART"].to_ical() == b"20260330T103000"
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTEND"].to_ical() == b"20260330T113000"
    assert (event["SUMMARY"], event["SEQUENCE"]) == ("Appointment with ARTS Solutions GmbH", 1)
    assert event["LOCATION"] == "Hauptstraße 5, 01069 Dresden"


def test_all_formats_and_the_link_alone_on_standard_output(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wish = ("--record", RECORD, "--format", "all", "-o", tmp_path)
    assert email(project, "sales", "make-appointment", *wish) == 0
    names = sorted(path.suffix for path in tmp_path.iterdir())
    assert names == [".eml", ".html", ".ics", ".txt"]
    said = capsys.readouterr()
    assert said.out.startswith(
        "mailto:aenne.muster@example.com?cc=clara.probe@example.com&subject="
    )
    assert said.out.count("\n") == 1
    assert said.err.count("Wrote ") == 4


def test_what_is_there_is_never_replaced(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wish = ("sales", "transfer", "--record", RECORD, "-o", tmp_path)
    assert email(project, *wish) == email(project, *wish) == 0
    html = tmp_path / "T-2026-0001-handover.html"
    html.write_text("mine", encoding="utf-8")
    eml = tmp_path / "T-2026-0001-handover.eml"
    eml.unlink()
    assert email(project, *wish) == 2
    assert html.read_text(encoding="utf-8") == "mine"
    assert not eml.exists()
    assert (
        "is there already and says something else; nothing was written" in capsys.readouterr().err
    )
    secret = tmp_path / "secret"
    eml.symlink_to(secret)
    html.unlink()
    assert email(project, *wish) == 2
    assert not secret.exists()


def test_a_case_of_the_version_in_force_is_told_what_it_lacks(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = "process/sales/records/S-2026-0002.yaml"
    assert email(project, "sales", "make-appointment", "--record", record) == 2
    assert "the working definition 1.4 does: --version working" in capsys.readouterr().err
    wish = ("sales", "make-appointment", "--record", record, "--version", "working")
    assert email(project, *wish, "-o", tmp_path) == 1
    said = capsys.readouterr().out
    assert said.count("error[email/missing-value]") == 5
    assert f"{record}:11:5" in said
    assert list(tmp_path.iterdir()) == []
    assert email(project, *wish, "-o", tmp_path, "--allow-blank") == 0
    text = (tmp_path / "S-2026-0002-appointment-invitation.eml").read_bytes()
    assert b"Dear [Contact person]" in text
    assert b"Bernd Muster" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("--allow-blank",),
        ("--sequence", "1"),
        ("--case", "X-1"),
        ("--record", RECORD, "-o", "x.eml", "--format", "txt"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    project: Path, arguments: tuple[str, ...]
) -> None:
    assert email(project, "sales", "revise", "--version", "working", *arguments) == 2


def test_an_ics_of_a_mail_without_meeting_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert email(project, "sales", "revise", "--record", RECORD, "-o", tmp_path / "x.ics") == 2
    assert "invites to no meeting" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
