from pathlib import Path

import pytest

from examples_support import EXAMPLES, examples_below, expected_lines, materialize
from regelwerk.checks.catalog import DEFINITION_RULES, FLOW_RULES, PROJECT_RULES
from regelwerk.checks.run import check_project
from regelwerk.diagnostics import CODES, Diagnostic, Severity
from regelwerk.project.load import load
from regelwerk.project.source import place

CASES = [*examples_below("reference", "flow"), EXAMPLES / "approval" / "missing-change"]


def findings(root: Path) -> list[Diagnostic]:
    loaded = load(root)
    problems = [*loaded.problems, *check_project(loaded.project)]
    placed = [place(problem, loaded.sources) for problem in problems]
    return [finding for finding in placed if finding.severity is not Severity.INFO]


def name(example: Path) -> str:
    return example.relative_to(EXAMPLES).as_posix()


@pytest.mark.parametrize("example", CASES, ids=name)
def test_the_bad_example_has_exactly_the_expected_findings(example: Path, tmp_path: Path) -> None:
    found = findings(materialize(example, "bad", tmp_path))
    lines = [f"{f.code} {f.file}:{f.line}:{f.column} {f.path}" for f in found]
    assert sorted(lines) == expected_lines(example)
    assert name(example) in {finding.code for finding in found}


@pytest.mark.parametrize("example", CASES, ids=name)
def test_every_finding_of_a_bad_example_says_what_to_do(example: Path, tmp_path: Path) -> None:
    assert all(f.hint and f.message for f in findings(materialize(example, "bad", tmp_path)))


@pytest.mark.parametrize("example", CASES, ids=name)
def test_the_good_twin_has_no_finding(example: Path, tmp_path: Path) -> None:
    assert findings(materialize(example, "good", tmp_path)) == []


def test_every_code_of_names_and_flow_has_an_example() -> None:
    codes = {code for code in CODES if code.startswith(("reference/", "flow/"))}
    assert codes <= {name(example) for example in CASES}


@pytest.mark.parametrize(
    "root", [EXAMPLES / "contract", EXAMPLES.parent.parent], ids=["contract", "own"]
)
def test_projects_that_are_meant_to_be_right_have_no_finding(root: Path) -> None:
    assert findings(root) == []


@pytest.mark.parametrize("rule", [*DEFINITION_RULES, *FLOW_RULES, *PROJECT_RULES])
def test_every_rule_says_what_it_asks_for_and_why(rule: object) -> None:
    what, _, why = (rule.__doc__ or "").partition("\n\n")
    assert what.strip().endswith(".")
    assert why.strip().endswith(".")
