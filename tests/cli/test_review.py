"""`regelwerk review` and `versions sign --from` as a user meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from operations.signature_files import file_of, statement
from operations.versions_world import begin, freeze, state
from regelwerk.cli.main import regelwerk, run

SIGN = ("versions", "sign", "example", "1.1")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = begin(tmp_path / "project")
    freeze(folder, None)
    return folder


@pytest.fixture
def file(root: Path) -> str:
    path = root.parent / "signature.json"
    said = statement(root, "created", "anna.clerk", None, comment="Read <b>twice</b>.")
    path.write_bytes(file_of(said))
    return str(path)


def test_the_page_goes_where_it_is_wanted(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root.parent)
    assert run(["-C", str(root), "review", "example", "1.1"]) == 0
    assert capsys.readouterr().out == "Wrote example-1.1-review.html\n"
    page = (root.parent / "example-1.1-review.html").read_bytes()
    assert run(["-C", str(root), "review", "example", "1.1", "-o", "sub/page.html"]) == 0
    assert (root.parent / "sub" / "page.html").read_bytes() == page
    assert run(["-C", str(root), "review", "example", "9.9"]) == 2
    assert run(["-C", str(root), "review", "exampel", "1.1"]) == 2
    assert "example" in capsys.readouterr().err
    (root.parent / "folder.html").write_text("", encoding="utf-8")
    assert run(["-C", str(root), "review", "example", "1.1", "-o", "folder.html/page.html"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_what_is_added_is_shown_and_asked_for(root: Path, file: str) -> None:
    before = state(root)
    answer = CliRunner().invoke(regelwerk, ["-C", str(root), *SIGN, "--from", file], input="n\n")
    assert "Add the signature of the stage `created`" in answer.output
    assert "Anna Clerk" in answer.output
    assert "Read <b>twice</b>." in answer.output
    assert "SHA256:" in answer.output
    assert "Nothing was signed." in answer.output
    assert state(root) == before
    answer = CliRunner().invoke(regelwerk, ["-C", str(root), *SIGN, "--from", file], input="y\n")
    assert answer.exit_code == 0
    assert "Signed: process/example/versions/1.1/approvals.yaml" in answer.output


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--stage", "created"), "says all by itself"),
        (("--as", "anna.clerk"), "says all by itself"),
        (("--paper",), "says all by itself"),
        (("--comment", "x"), "says all by itself"),
    ],
)
def test_a_file_goes_with_nothing_else(
    root: Path, file: str, more: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(root)
    assert run(["-C", str(root), *SIGN, "--from", file, *more, "--yes"]) == 2
    assert words in capsys.readouterr().err
    assert state(root) == before


def test_without_a_file_stage_and_person_are_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(root), *SIGN, "--paper"]) == 2
    assert "--stage STAGE" in capsys.readouterr().err
    assert run(["-C", str(root), *SIGN, "--stage", "created", "--paper"]) == 2
    assert "--as PERSON" in capsys.readouterr().err


def test_nobody_adds_on_another_day(
    root: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(root), "--as-of", "2026-06-01", *SIGN, "--from", file]) == 2
    assert "whoever signs does so today" in capsys.readouterr().err
