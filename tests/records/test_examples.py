from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from examples_support import EXAMPLES, examples_below, expected_lines, materialize
from regelwerk.diagnostics import CODES, Diagnostic, Severity
from regelwerk.operations.progress import silent
from regelwerk.operations.review import RecordReview
from regelwerk.project.load import load
from regelwerk.project.record_files import record_files

CASES = examples_below("record")


def review(root: Path, as_of: date) -> list[Diagnostic]:
    files = record_files(root)
    return list(RecordReview(load(root), as_of, files).findings(files, silent))


def findings(root: Path, as_of: date = date(2026, 6, 30)) -> list[Diagnostic]:
    return [found for found in review(root, as_of) if found.severity is not Severity.INFO]


def name(example: Path) -> str:
    return example.relative_to(EXAMPLES).as_posix()


@pytest.mark.parametrize("example", CASES, ids=name)
def test_the_bad_example_has_exactly_the_expected_findings(example: Path, tmp_path: Path) -> None:
    found = findings(materialize(example, "bad", tmp_path))
    lines = [f"{f.code} {f.file}:{f.line}:{f.column} {f.path}" for f in found]
    assert sorted(lines) == expected_lines(example)
    assert name(example) in {finding.code for finding in found}
    assert all(finding.message and finding.hint for finding in found)


@pytest.mark.parametrize("example", CASES, ids=name)
def test_the_good_twin_has_no_finding(example: Path, tmp_path: Path) -> None:
    assert findings(materialize(example, "good", tmp_path)) == []


def test_every_code_of_records_has_an_example() -> None:
    assert {code for code in CODES if code.startswith("record/")} == {name(c) for c in CASES}


@pytest.mark.parametrize(
    "root", [EXAMPLES / "contract", EXAMPLES.parent.parent], ids=["contract", "own"]
)
def test_projects_that_are_meant_to_be_right_have_no_finding(root: Path) -> None:
    found = review(root, date(2026, 11, 24))
    assert {finding.severity for finding in found} == {Severity.INFO}
