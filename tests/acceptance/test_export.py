"""`regelwerk export` as a user meets it, and the same file in a build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from examples_support import BASE
from regelwerk.cli.main import run

DAY = ("--as-of", "2026-11-24")
NAME = "{http://www.omg.org/spec/BPMN/20100524/MODEL}participant"
NOTE = "{http://www.omg.org/spec/BPMN/20100524/MODEL}textAnnotation"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def test_the_version_in_force_goes_to_standard_output_as_bytes(repository: Path) -> None:
    command = [sys.executable, "-m", "regelwerk", "-C", str(repository), *DAY]
    environment = {**os.environ, "PYTHONPATH": str(repository / "generator")}
    outputs = [
        subprocess.run(
            [*command, "export", "bpmn", "sales", *more],
            capture_output=True,
            check=True,
            env=environment,
        ).stdout
        for more in ([], ["--version", "1.3"], ["--version", "working"])
    ]
    assert outputs[0] == outputs[1] != outputs[2]
    root = etree.fromstring(outputs[0])
    assert next(root.iter(NAME)).get("name") == "Sales process"
    assert list(root.iter(NOTE)) == []
    assert next(etree.fromstring(outputs[2]).iter(NOTE))[0].text == "DRAFT"


def test_a_file_is_written_and_equals_the_one_of_the_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*DAY, "export", "bpmn", "example", "-o", "out/example.bpmn"]) == 0
    assert capsys.readouterr().out == "Wrote out/example.bpmn (example, version 1.0)\n"
    assert run([*DAY, "build", "example", "--only", "picture"]) == 0
    built = project / "build/example/1.0/process.bpmn"
    assert built.read_bytes() == (project / "out/example.bpmn").read_bytes()
    assert built.with_name("process.svg").is_file()


def test_an_error_in_the_definition_is_reported_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "process/example/process.yaml"
    path.write_text(path.read_text("utf-8") + "colour: green\n", encoding="utf-8")
    assert run([*DAY, "export", "bpmn", "example", "-o", "example.bpmn"]) == 1
    assert "process/example/process.yaml:" in capsys.readouterr().out
    assert not (project / "example.bpmn").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["exampel"], "there is no process `exampel`\n  hint: did you mean `example`?"),
        (["example", "--version", "9.9"], "example has no version 9.9\n  hint: kept here: "),
    ],
)
def test_what_is_not_there_is_wrong_usage_with_a_hint(
    project: Path,  # noqa: ARG001 - the tests' folder
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    assert run([*DAY, "export", "bpmn", *words]) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "there").write_text("a file", encoding="utf-8")
    assert run([*DAY, "export", "bpmn", "example", "-o", "there/example.bpmn"]) == 1
    assert "there/example.bpmn cannot be written: " in capsys.readouterr().err
