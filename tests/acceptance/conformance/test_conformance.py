"""The format's page, sentence by sentence: projects with marks where a finding must stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acceptance.conformance.support import CASES, Case, cases_in, differences
from regelwerk.cli.main import run

ALL = [(file.stem, case) for file in sorted(CASES.glob("*.txt")) for case in cases_in(file)]


@pytest.mark.parametrize("case", [case for _, case in ALL], ids=[f"{s}: {c.title}" for s, c in ALL])
def test_findings_stand_where_the_format_says(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = case.write(tmp_path)

    code = run(["-C", str(root), "--as-of", "2026-11-24", "check", "--format", "json"])

    said = json.loads(capsys.readouterr().out)
    assert not differences(case, said["findings"])
    assert code == int(any(one.severity == "error" for one in case.expected))
