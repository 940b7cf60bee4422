"""Whose a record is, whatever stands in it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from examples_support import BASE
from regelwerk.operations.measured_cases import project_cases
from regelwerk.operations.progress import silent
from regelwerk.project.load import load


@pytest.mark.parametrize("process", [["example"], {"id": "example"}, None, 7, True, "other"])
def test_a_record_that_does_not_name_the_process_is_none_of_its_cases(
    tmp_path: Path, process: object
) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    folder = root / "process/example/records"
    folder.mkdir()
    for case, whose in (("A", process), ("B", "example")):
        (folder / f"{case}.json").write_text(json.dumps({"process": whose, "case": case}))
    day = date(2026, 1, 1)
    cases = project_cases(load(root), {"example"}, day, judged=False, progress=silent)
    assert (cases.cases, cases.unreadable) == ({"example": 1}, 0)
