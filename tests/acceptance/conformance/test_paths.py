"""How a PATH is understood, and the exit codes of `check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acceptance.conformance.support import CASES, cases_in
from regelwerk.cli.main import run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A broken process `p`, a wrong one `q`; the current folder lies beside the project."""
    case = next(case for case in cases_in(CASES / "yaml.txt") if "does not hide" in case.title)
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "process" / "q").mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    return case.write(tmp_path / "project")


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = run([*arguments, "--format", "json"])
    out = capsys.readouterr().out
    return code, [finding["file"] for finding in json.loads(out)["findings"]] if out else []


P, Q = "process/p/process.yaml", "process/q/process.yaml"


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("process", [P, Q]),
        ("process/q", [Q]),
        (".", [P, Q]),
        ("../project/process/p", [P]),
        ("process/p/process.yaml", [P]),
        ("process/organization.yaml", []),
    ],
)
def test_a_path_is_looked_for_in_the_project_though_the_current_folder_has_the_same(
    project: Path, capsys: pytest.CaptureFixture[str], path: str, files: list[str]
) -> None:
    code, found = checked(capsys, "-C", str(project), "check", path)
    assert (code, found) == (int(bool(files)), files)


def test_a_path_is_relative_to_the_folder_of_c_and_the_current_folder_comes_first(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checked(capsys, "-C", str(project / "process" / "p"), "check", "../q") == (1, [Q])
    monkeypatch.chdir(project / "process")
    assert checked(capsys, "check", "q") == (1, [Q])
    assert checked(capsys, "check", str(project / P)) == (1, [P])


@pytest.mark.parametrize("path", ["process/nothing", "no.yaml", "../elsewhere", "/"])
def test_a_path_that_matches_nothing_is_wrong_usage_and_prints_nothing_on_standard_output(
    project: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    code = run(["-C", str(project), "check", "process/q", path, "--format", "json"])
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert path in said.err
    assert "Traceback" not in said.err


def test_without_a_project_it_is_wrong_usage(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(project.parent), "check"]) == 2
    assert "process/organization.yaml" in capsys.readouterr().err


def test_a_generated_schema_is_a_path_to_check(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = project / "schemas" / "records" / "q-1.0.schema.json"
    schema.parent.mkdir(parents=True)
    schema.write_text("{}", encoding="utf-8")
    name = "schemas/records/q-1.0.schema.json"
    assert checked(capsys, "-C", str(project), "check", name) == (0, [name])
    assert checked(capsys, "-C", str(project), "check", "schemas") == (0, [name])
