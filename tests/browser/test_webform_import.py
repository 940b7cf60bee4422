"""A file that was really downloaded from the form in the browser is imported and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from artifacts.webform.webform_worlds import page_of
from browser.form_pages import MARKS, drive, quiet
from browser.test_webform import LOST, WON
from intake.form_files import project, sales
from intake.sales_cases import TEXTS, case_14, context_14, project_14
from regelwerk.cli.main import run
from regelwerk.project.reading import read_tree

pytestmark = MARKS

DAY = ("--as-of", "2026-11-24")


def imported(root: Path, file: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The record that `records import` has written of a file, which `records check` approves."""
    capsys.readouterr()
    command = ("-C", str(root), *DAY, "records")
    assert run([*command, "import", file]) == 0
    assert "can be recorded (nothing was written; add --write)" in capsys.readouterr().out
    assert run([*command, "import", file, "--write", "--entered-by", "anna.beispiel"]) == 0
    assert ": recorded" in capsys.readouterr().out
    assert run([*command, "check"]) == 0
    assert "No errors, no warnings; 1 file" in capsys.readouterr().out
    [record] = (root / "process/sales/records").glob("*.yaml")
    data: dict[str, Any] = read_tree(record).data
    source = data.pop("source")
    assert source["kind"] == "web"
    assert source["entered_by"] == "anna.beispiel"
    assert (record.parent / source["file"]).read_bytes() == Path(file).read_bytes()
    return data


@pytest.mark.parametrize("record", [WON, LOST], ids=["won", "lost"])
def test_both_ways_of_version_1_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], record: dict[str, Any]
) -> None:
    root = project(tmp_path / "project")
    page = tmp_path / "checklist.html"
    page.write_text(page_of(sales()), encoding="utf-8")
    found = drive("fill", address=page.as_uri(), record=record, folder=tmp_path)
    assert found["problems"] == []
    quiet(found, page.as_uri())
    assert imported(root, found["path"], capsys) == record


@pytest.mark.parametrize("won", [True, False], ids=["won", "lost"])
def test_both_ways_of_version_1_4_after_three_rounds_with_every_kind_of_field_and_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], won: bool
) -> None:
    root = project_14(tmp_path / "project")
    page = tmp_path / "checklist.html"
    page.write_text(page_of(context_14(root)), encoding="utf-8")
    record = case_14(root, "S-2026-0100", won=won)
    typed = {**record, "steps": [dict(entry) for entry in record["steps"]]}
    for entry in typed["steps"]:
        if entry["step"] == "qualify":  # how it ended, which decides the way on
            entry["x-outcome"] = "qualified"
    found = drive("fill", address=page.as_uri(), record=typed, folder=tmp_path)
    assert found["problems"] == []
    quiet(found, page.as_uri())
    assert found["shown"][4:10] == [
        f"{step}#{n}" for n in (1, 2, 3) for step in ("assess", "decide")
    ]
    made = imported(root, found["path"], capsys)
    assert made == typed
    remarks = {entry["remarks"] for entry in made["steps"]}
    fields = {str(value) for entry in made["steps"] for value in entry.get("fields", {}).values()}
    assert remarks | fields >= set(TEXTS)
