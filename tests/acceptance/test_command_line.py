"""What a user meets at the command line: exit codes, paths, clock, help, crashes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest

from examples_support import BASE
from regelwerk import __main__ as entry
from regelwerk.cli import main as main_module
from regelwerk.cli.main import run

DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def spoil(project: Path) -> None:
    path = project / "process/example/process.yaml"
    path.write_text(path.read_text("utf-8") + "colour: green\n", encoding="utf-8")


def summary(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    return json.loads(capsys.readouterr().out)["summary"]


def test_a_clean_project_ends_with_0_and_an_error_with_1(project: Path) -> None:
    assert run([*DAY, "check"]) == 0
    spoil(project)
    assert run([*DAY, "check"]) == 1


def test_the_project_is_found_from_a_folder_inside_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "process/example")
    assert run([*DAY, "check"]) == 0


def test_a_path_limits_what_is_reported(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project)
    assert run([*DAY, "check", "process/people.yaml", "--format", "json"]) == 0
    assert summary(capsys)["files"] == 1
    assert run([*DAY, "check", "process/example", "--format", "json"]) == 1


def test_a_record_that_cannot_be_judged_is_never_silently_good(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*DAY, "records", "new", "example", "--case", "E-1"]) == 0
    (project / "process/people.yaml").write_text("sam: [\n", encoding="utf-8")
    capsys.readouterr()
    for command in (["check", "process/example/records"], ["records", "check"]):
        assert run([*DAY, *command, "--format", "json"]) == 1
        findings = json.loads(capsys.readouterr().out)["findings"]
        assert {finding["file"] for finding in findings} == {"process/people.yaml"}


@pytest.mark.parametrize("path", ["process/exampel", "README.md", "process/example/evidence"])
def test_a_path_that_matches_nothing_is_wrong_usage(
    project: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "README.md").write_text("no process\n")
    (project / "process/example/evidence").mkdir()
    assert run([*DAY, "check", path]) == 2
    assert path.rsplit("/", 1)[-1] in capsys.readouterr().err


def test_a_path_outside_the_project_is_wrong_usage(project: Path, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("a: 1\n")
    assert run([*DAY, "check", str(tmp_path / "other.yaml")]) == 2
    assert run([*DAY, "records", "check", "../other.yaml"]) == 2
    assert project.is_dir()


def test_paths_may_be_relative_to_the_folder_named_with_c(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["-C", "project", *DAY, "check", "process/example"]) == 0
    assert run(["-C", "project", *DAY, "check", "project/process/example"]) == 0
    assert project.is_dir()


def test_without_a_project_the_message_says_how_to_begin_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), "check"]) == 2
    error = capsys.readouterr().err
    assert "process/organization.yaml" in error
    assert "regelwerk init" in error


@pytest.mark.parametrize(
    "arguments",
    [
        ["chekc"],
        ["check", "--format", "xml"],
        ["--as-of", "tomorrow", "check"],
        ["build", "nosuch"],
    ],
)
def test_wrong_usage_ends_with_2(project: Path, arguments: list[str]) -> None:
    assert run(arguments) == 2
    assert project.is_dir()


def test_the_day_decides_and_can_be_given(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--as-of", "2023-12-31", "check", "--format", "json"]) == 0
    before = capsys.readouterr().out
    assert run(["--as-of", "2026-11-24", "check", "--format", "json"]) == 0
    assert before != capsys.readouterr().out
    assert project.is_dir()


def test_a_crash_is_a_short_message_and_a_file_with_the_details(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("the tool is broken")

    monkeypatch.setattr("regelwerk.operations.check.load", broken)
    monkeypatch.setenv("TMPDIR", str(project))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert run(["check"]) == 3
    error = capsys.readouterr().err
    assert "Traceback" not in error
    details = next(project.glob("regelwerk-*.log"))
    assert details.name in error
    assert "ZeroDivisionError" in details.read_text("utf-8")


def test_an_interruption_says_so_and_ends_with_130(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("regelwerk.operations.check.load", interrupted)
    assert run(["check"]) == 130
    assert capsys.readouterr().err.strip() == "Interrupted."
    assert project.is_dir()


@pytest.mark.parametrize("command", [c.name for c in main_module.COMMANDS])
def test_every_command_explains_itself_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help"]) == 0
    text = capsys.readouterr().out
    if command != "records":
        assert "Example" in text
        assert f"regelwerk {command}" in text or f" {command}" in text


def test_the_command_runs_as_a_module_and_survives_a_closed_pipe(project: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(main_module.__file__).parents[2])}
    command = [sys.executable, "-m", "regelwerk", *DAY, "check"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    piped = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert piped.stdout is not None
    piped.stdout.close()
    _, error = piped.communicate()
    assert error == b""


def test_json_is_the_only_thing_on_standard_output(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project)
    run([*DAY, "check", "--format", "json"])
    captured = capsys.readouterr()
    assert set(json.loads(captured.out)) == {"findings", "summary"}
    assert captured.err == ""


def test_init_gives_a_project_that_checks_and_refuses_to_overwrite(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), "init", "mine"]) == 0
    assert run(["-C", str(tmp_path / "mine"), *DAY, "check", "--format", "json"]) == 0
    capsys.readouterr()
    before = {p: p.read_bytes() for p in (tmp_path / "mine").rglob("*") if p.is_file()}
    assert run(["-C", str(tmp_path), "init", "mine"]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert before == {p: p.read_bytes() for p in (tmp_path / "mine").rglob("*") if p.is_file()}


def test_a_new_record_is_an_open_case_without_errors(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*DAY, "records", "new", "example", "--case", "E-2026-0001"]) == 0
    path = project / "process/example/records/E-2026-0001.yaml"
    text = path.read_text("utf-8")
    assert "status: open" in text
    assert run([*DAY, "records", "check", "--format", "json"]) == 0
    capsys.readouterr()

    assert run([*DAY, "records", "new", "example", "--case", "E-2026-0001"]) == 2
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("case", ["../evil", "", "con", "a b", "x" * 65, ".hidden"])
def test_a_case_id_that_is_none_is_refused(project: Path, case: str) -> None:
    assert run([*DAY, "records", "new", "example", "--case", case]) == 2
    assert not (project / "process/example/records").exists()


def test_no_record_without_a_version_in_force(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--as-of", "2020-01-01", "records", "new", "example", "--case", "A-1"]
    assert run(arguments) == 2
    assert "no version of example is in force on 2020-01-01" in capsys.readouterr().err
    assert project.is_dir()


def test_ctrl_c_while_the_command_is_loaded_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Slow(types.ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "regelwerk.cli.main", Slow("regelwerk.cli.main"))
    with pytest.raises(SystemExit) as ending:
        entry.main()
    assert ending.value.code == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_a_new_record_is_not_written_through_a_link_out_of_the_project(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = project / "process/example/records"
    shutil.rmtree(records, ignore_errors=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    records.symlink_to(elsewhere)
    assert run([*DAY, "records", "new", "example", "--case", "E-9"]) == 2
    assert "leads out of the project; nothing was written" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


def test_a_new_record_is_there_whole_or_not_at_all(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("regelwerk.operations.durable.os.fsync", full)
    assert run([*DAY, "records", "new", "example", "--case", "E-9"]) == 2
    assert "E-9.yaml cannot be written: No space left on device" in capsys.readouterr().err
    assert [p.name for p in (project / "process/example/records").glob("*E-9*")] == []


@pytest.mark.parametrize("what", ["file", "lines", "folder"])
def test_a_record_that_is_a_link_out_of_the_project_is_not_read(
    project: Path, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    records = project / "process/example/records"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    name = "own.jsonl" if what == "lines" else "own.yaml"
    (elsewhere / name).write_text("SECRET" + chr(10), encoding="utf-8")
    if what == "folder":
        shutil.rmtree(records, ignore_errors=True)
        records.symlink_to(elsewhere)
    else:
        records.mkdir(exist_ok=True)
        (records / name).symlink_to(elsewhere / name)
    file = f"process/example/records/{name}"
    assert run([*DAY, "records", "check", "--format", "json"]) == 1
    out = capsys.readouterr().out
    found = [f for f in json.loads(out)["findings"] if f["file"] == file]
    assert [f["code"] for f in found] == ["yaml/syntax"]
    assert "leads out of the project" in found[0]["message"]
    assert "SECRET" not in out


def test_a_record_that_is_a_link_within_the_project_is_read(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*DAY, "records", "new", "example", "--case", "E-9"]) == 0
    records = project / "process/example/records"
    (project / "kept").mkdir()
    (records / "E-9.yaml").rename(project / "kept/E-9.yaml")
    (records / "E-9.yaml").symlink_to(project / "kept/E-9.yaml")
    capsys.readouterr()
    run([*DAY, "records", "check", "--format", "json"])
    out = capsys.readouterr().out
    assert "leads out" not in out
    assert json.loads(out)["summary"]["records"] >= 1
