"""The examples of approval codes, as whole projects on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from examples_support import EXAMPLES, examples_below, expected_lines, materialize
from regelwerk.diagnostics import CODES, Diagnostic, Severity
from regelwerk.operations.examine import examine
from regelwerk.project.load import load

DAY = date(2026, 6, 1)
CASES = examples_below("approval")


def findings(root: Path) -> list[Diagnostic]:
    return [one for one in examine(load(root), DAY).findings if one.severity is not Severity.INFO]


def name(example: Path) -> str:
    return example.relative_to(EXAMPLES).as_posix()


@pytest.mark.parametrize("example", CASES, ids=name)
def test_the_bad_example_has_exactly_the_expected_findings(example: Path, tmp_path: Path) -> None:
    found = findings(materialize(example, "bad", tmp_path))
    lines = [f"{one.code} {one.file}:{one.line}:{one.column} {one.path}" for one in found]
    assert sorted(lines) == expected_lines(example)
    assert any(name(example).startswith(one.code) for one in found)
    assert all(one.message and one.hint for one in found)


@pytest.mark.parametrize("example", CASES, ids=name)
def test_the_good_twin_has_no_finding(example: Path, tmp_path: Path) -> None:
    assert findings(materialize(example, "good", tmp_path)) == []


def test_every_code_has_an_example_but_those_that_no_single_file_can_show() -> None:
    codes = {code for code in CODES if code.startswith("approval/")}
    assert codes - {name(example) for example in CASES} == {
        "approval/unsigned-paper",  # no fault, so nothing that is good instead
        "approval/rewritten",  # with `check --trust` only, see test_versions_trust.py
        "approval/untrusted-change",
        "approval/issued-otherwise",
    }


def test_approval_on_paper_is_said_of_the_base_itself() -> None:
    loaded = load(EXAMPLES / "_base")
    assert [
        (one.code, one.severity, one.line, one.path) for one in examine(loaded, DAY).findings
    ] == [("approval/unsigned-paper", Severity.INFO, 5, "$.signatures[0].method")]
