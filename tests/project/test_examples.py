"""The examples of what is wrong with the form of a file, as whole projects on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from examples_support import (
    DEFAULT_TARGET,
    EXAMPLES,
    examples_below,
    expected_lines,
    materialize,
    target_of,
)
from regelwerk.diagnostics import CODES, Diagnostic, Severity
from regelwerk.operations.examine import examine
from regelwerk.project.load import load

CASES = examples_below("yaml", "schema")
OF_DEFINITIONS = [case for case in CASES if target_of(case) == DEFAULT_TARGET]
CODES_OF_FORM = {code for code in CODES if code.startswith(("yaml/", "schema/"))} - {"schema/stale"}


def findings(root: Path) -> list[Diagnostic]:
    found = examine(load(root), date(2026, 6, 1)).findings
    return [one for one in found if one.severity is not Severity.INFO]


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


def test_every_code_of_form_has_an_example() -> None:
    assert {name(example) for example in CASES} >= CODES_OF_FORM


@pytest.mark.parametrize("example", examples_below("yaml"), ids=name)
def test_a_broken_file_does_not_hide_the_findings_of_the_others(
    example: Path, tmp_path: Path
) -> None:
    root = materialize(example, "bad", tmp_path)
    other = "process/second/process.yaml"
    (root / other).parent.mkdir()
    (root / other).write_text("id: second\ntitel: Second\n", encoding="utf-8")
    files = {one.file for one in findings(root)}
    assert files >= {target_of(example), other}


@pytest.mark.parametrize("example", OF_DEFINITIONS, ids=name)
def test_in_a_frozen_version_the_form_is_only_information(example: Path, tmp_path: Path) -> None:
    """There only the approvals are errors: the text is no longer what was approved."""
    root = materialize(example, "good", tmp_path)
    frozen = root / "process/example/versions/1.0/process.yaml"
    frozen.write_bytes((example / "bad.yaml").read_bytes())
    found = [
        one
        for one in examine(load(root), date(2026, 6, 1)).findings
        if one.file.endswith("1.0/process.yaml")
    ]
    assert found
    assert {one.severity for one in found} == {Severity.INFO}
    assert [one.code for one in findings(root)] == ["approval/digest-mismatch"]
