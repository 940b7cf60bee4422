"""Every finding about templates, by an example on disk that has it and a twin that has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from artifacts.email.support import findings
from examples_support import examples_below, expected_lines, materialize

# Catalogues of words are checked when a project is loaded, and shown through the command.
EXAMPLES = [path for path in examples_below("template") if not path.name.endswith("-words")]
CODES = {
    "template/undefined-variable",
    "template/syntax",
    "template/unsafe",
    "template/unknown-email-field",
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_a_broken_template_has_the_expected_findings(example: Path, tmp_path: Path) -> None:
    found = findings(materialize(example, "bad", tmp_path))
    lines = sorted(
        f"{item.code} {item.file}:{item.line}:{item.column} {item.path}" for item in found
    )
    assert lines == expected_lines(example)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_its_good_twin_has_none(example: Path, tmp_path: Path) -> None:
    assert findings(materialize(example, "good", tmp_path)) == []


def test_every_code_about_templates_has_an_example() -> None:
    shown = {line.split(" ")[0] for example in EXAMPLES for line in expected_lines(example)}
    assert shown >= CODES


def test_every_finding_says_what_to_do(tmp_path: Path) -> None:
    for example in EXAMPLES:
        for item in findings(materialize(example, "bad", tmp_path / example.name)):
            assert item.hint or item.code == "schema/type", (example.name, item)


def test_the_templates_of_this_project_and_of_the_contract_have_no_findings(
    repository: Path,
) -> None:
    assert findings(repository) == []
    assert findings(repository / "tests" / "examples" / "contract") == []
