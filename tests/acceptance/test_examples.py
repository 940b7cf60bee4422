"""Every code by example, through the command as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest

from examples_support import EXAMPLES, examples_below, expected_lines, materialize
from regelwerk.cli.main import run
from regelwerk.diagnostics import CODES

DAY = "2026-11-24"
CASES = examples_below("yaml", "schema", "reference", "flow", "approval", "template", "record")


def name(example: Path) -> str:
    return example.relative_to(EXAMPLES).as_posix()


def check(
    example: Path,
    which: Literal["bad", "good"],
    into: Path,
    capsys: pytest.CaptureFixture[str],
) -> tuple[int, list[str]]:
    materialize(example, which, into)
    code = run(["-C", str(into), "--as-of", DAY, "check", "--format", "json"])
    output = capsys.readouterr()
    assert output.err == ""
    findings = json.loads(output.out)["findings"]
    lines = [
        f"{f['code']} {f['file']}:{f['line']}:{f['column']} {f['path']}"
        for f in findings
        if f["severity"] != "info"
    ]
    return code, sorted(lines)


@pytest.mark.parametrize("example", CASES, ids=name)
def test_the_command_finds_exactly_what_the_example_expects(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = check(example, "bad", tmp_path / "bad", capsys)
    assert lines == expected_lines(example)
    is_error = any(CODES[line.split(" ", 1)[0]].severity == "error" for line in lines)
    if is_error:
        assert code == 1

    code, lines = check(example, "good", tmp_path / "good", capsys)
    assert (code, lines) == (0, [])


def test_every_code_has_an_example() -> None:
    shown = {line.split(" ", 1)[0] for example in CASES for line in expected_lines(example)}
    # Expected findings are errors and warnings; a stale schema has no fixed text that is right.
    # Three need a trusted state of the repository beside the files.
    elsewhere = {"approval/unsigned-paper", "schema/stale"}
    elsewhere |= {"approval/rewritten", "approval/untrusted-change", "approval/issued-otherwise"}
    # Two are found where an e-mail is made, and not by `check`.
    elsewhere |= {"email/missing-value", "email/unfit-value"}
    assert set(CODES) - shown == elsewhere
