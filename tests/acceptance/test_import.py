"""From the command line: a checklist is made, filled in, handed in and checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intake.form_files import DECIDED, WAY, filled_word, filled_workbook, project
from regelwerk.cli.main import run

DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = project(tmp_path)
    monkeypatch.chdir(root)
    return root


def test_a_sales_manager_fills_a_checklist_and_it_is_a_valid_record(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*DAY, "records", "new", "sales", "--case", "S-2026-0100", "--docx"]) == 0
    form = company / "S-2026-0100.docx"
    form.write_bytes(filled_word({**WAY, **DECIDED}, form.read_bytes()))
    assert run([*DAY, "records", "import", form.name]) == 0
    assert "can be recorded (nothing was written; add --write)" in capsys.readouterr().out
    assert run([*DAY, "records", "import", form.name, "--write"]) == 0
    assert run([*DAY, "records", "check"]) == 0
    assert run([*DAY, "records", "import", form.name, "--write"]) == 0
    assert "says nothing new" in capsys.readouterr().out


def test_a_conflict_ends_with_1_and_shows_old_and_new(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = company / "form.xlsx"
    form.write_bytes(filled_workbook(WAY))
    assert run([*DAY, "records", "import", "form.xlsx", "--write"]) == 0
    form.write_bytes(filled_workbook({**WAY, "subject": "Other Ltd"}))
    capsys.readouterr()
    assert run([*DAY, "records", "import", "form.xlsx", "--write"]) == 1
    told = capsys.readouterr().out
    assert "refused, nothing was written" in told
    assert (
        "error conflict: cell D9, $.subject: “Subject”: the record says "
        "“Müller & Söhne <GmbH>”, the form “Other Ltd”"
    ) in told
    assert run([*DAY, "records", "import", "form.xlsx", "--write", "--overwrite"]) == 0


def test_nothing_is_written_through_a_link_out_of_the_project(
    company: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    records = company / "process/sales/records"
    if records.exists():
        records.rename(company / "records before")
    records.symlink_to(outside, target_is_directory=True)
    (company / "form.docx").write_bytes(filled_word(WAY))
    assert run([*DAY, "records", "import", "form.docx", "--write"]) == 1
    assert "leads out of the project" in capsys.readouterr().out
    assert list(outside.rglob("*")) == []


def test_machines_get_the_same_as_json(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (company / "form.docx").write_bytes(filled_word(WAY))
    (company / "broken.docx").write_bytes(b"x")
    names = ["form.docx", "broken.docx"]
    assert run([*DAY, "records", "import", *names, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [file["outcome"] for file in told["files"]] == ["ready", "refused"]
    assert told["files"][1]["notes"][0]["word"] == "unreadable"
    assert {"place": "control `case`", "label": "Case", "value": "S-2026-0100"} in (
        told["files"][0]["read"]
    )
    assert told["findings"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["records", "import"],
        ["records", "import", "missing.docx"],
        ["records", "import", ".", "--entered-by", "nobody"],
        ["records", "new", "sales", "--case", "S-1", "--output", "x.docx"],
        ["records", "new", "nothing", "--case", "S-1", "--docx"],
        ["records", "new", "sales", "--case", "../x", "--docx"],
    ],
)
def test_what_makes_no_sense_ends_with_2(company: Path, arguments: list[str]) -> None:
    before = sorted(company.rglob("*"))
    assert run([*DAY, *arguments]) == 2
    assert sorted(company.rglob("*")) == before


def test_a_form_that_is_there_is_never_overwritten(company: Path) -> None:
    (company / "S-1.xlsx").write_bytes(b"mine")
    assert run([*DAY, "records", "new", "sales", "--case", "S-1", "--xlsx"]) == 2
    assert (company / "S-1.xlsx").read_bytes() == b"mine"
