"""`regelwerk verify` and `regelwerk audit-pack` as a user meets them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from regelwerk.cli.main import run

pytestmark = pytest.mark.xdist_group("verify-command")
Say = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def root(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command") / "project"
    root = Path(shutil.copytree(repository / "tests/examples/contract", folder))
    assert run(["-C", str(root), "--as-of", "2024-03-01", "build", "complaints",
                "--only", "document", "--only", "checklist"]) == 0  # fmt: skip
    return root


@pytest.fixture
def say(root: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    def run_command(*arguments: str | Path, day: str = "2024-03-01") -> tuple[int, str]:
        code = run(["-C", str(root), "--as-of", day, *map(str, arguments)])
        return code, capsys.readouterr().out

    return run_command


def test_one_headline_tells_it_and_the_rest_says_why(say: Say, root: Path) -> None:
    document = root / "build/complaints/1.9/document.docx"
    code, text = say("verify", document)
    assert code == 0
    lines = text.splitlines()
    assert lines[0] == f"IN FORCE (approved on paper)  {document}"
    assert lines[1] == "  Complaints, version 1.9: document"
    assert "not verifiable by this tool" in " ".join(text.split())
    assert "Emil Engineer" in text
    code, text = say("verify", document, day="2025-02-02")
    assert code == 1
    assert text.startswith("SUPERSEDED by 1.10  ")


def test_quiet_is_a_line_a_file_and_a_count(say: Say, root: Path) -> None:
    folder = root / "build/complaints/1.9"
    code, text = say("verify", "--quiet", folder, root / "README.md")
    assert code == 1
    assert text.splitlines() == [
        f"IN FORCE (approved on paper)  {folder / 'checklist.docx'}",
        f"IN FORCE (approved on paper)  {folder / 'document.docx'}",
        f"NOT MADE BY THIS PROJECT  {root / 'README.md'}",
        "",
        "2 of 3 files are in force or in order.",
    ]


def test_json_is_for_scripts(say: Say, root: Path) -> None:
    code, text = say("verify", "--format", "json", root / "build/complaints/1.9/document.docx")
    assert code == 0
    said = json.loads(text)
    assert said["summary"] == {"files": 1, "good": 1}
    assert said["as_of"] == "2024-03-01"
    (found,) = said["files"]
    assert (found["state"], found["good"], found["version"]) == ("in-force", True, "1.9")
    assert found["effective_from"] == "2024-02-01"
    assert {one["method"] for one in found["signatures"]} == {"paper"}


def test_wrong_usage_is_two(say: Say, tmp_path: Path) -> None:
    assert say("verify")[0] == 2
    assert say("verify", tmp_path / "nowhere.docx")[0] == 2
    assert say("audit-pack")[0] == 2
    assert say("audit-pack", "--process", "nowhere", "-o", tmp_path / "a.zip")[0] == 2


def test_a_pack_is_written_told_and_verified_without_a_project(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target, key = tmp_path / "audit.zip", tmp_path / "audit.key"
    code, text = say(
        "audit-pack", "--process", "supplier-audit", "--pseudonymize", key, "-o", target,
        day="2026-01-01",
    )  # fmt: skip
    assert code == 0
    assert f"Wrote a new key to {key}" in text
    assert "sha256:" in text
    assert "Note: " in text
    monkeypatch.chdir(tmp_path)
    assert run(["verify", "audit.zip"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("WHOLE AND UNCHANGED, as of 2026-01-01  audit.zip")
    assert "It does not prove:" in said


def test_a_file_name_cannot_write_a_headline_of_its_own(say: Say, tmp_path: Path) -> None:
    """Nothing that a terminal obeys, nor turns round, gets there; JSON escapes it."""
    evil = tmp_path / "a\x1b[2J\x1b[1;32mIN FORCE\u202e.docx"
    evil.write_bytes(b"no document")
    code, text = say("verify", "--quiet", evil)
    assert code == 1
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.startswith("NOT MADE BY THIS PROJECT  ")
    code, text = say("verify", "--format", "json", evil)
    assert "\x1b" not in text
    assert json.loads(text)["files"][0]["file"] == str(evil)
