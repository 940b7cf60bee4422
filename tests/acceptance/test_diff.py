"""`regelwerk diff` as a user meets it."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from examples_support import BASE
from regelwerk.cli.main import run
from word_support import SACRED

DAY = ("--as-of", "2026-11-24")
CONTRACT = Path(__file__).resolve().parents[1] / "examples/contract"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def reword(project: Path, old: str, new: str) -> None:
    path = project / "process/example/process.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run([*DAY, "diff", *arguments]) == 0
    return click.unstyle(capsys.readouterr().out)


def test_the_version_in_force_against_the_working_one(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reword(project, "title: Receive the request", "title: Note the request")
    text = said(capsys, "example")
    assert "version 1.0 → version" in text
    assert "Note the request, was called “Receive the request” before" in text
    assert said(capsys, "example", "1.0", "working") == text == said(capsys, "example", "1.0")


@pytest.mark.usefixtures("project")
def test_nothing_that_changed_is_said_and_ends_with_0(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert said(capsys, "example", "1.0", "1.0").endswith("\nNothing has changed.\n")
    assert json.loads(said(capsys, "example", "1.0", "1.0", "--format", "json"))["changes"] == []


def test_two_versions_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    whole = ("-C", str(CONTRACT), *DAY, "diff", "complaints", "1.9", "1.10", "--format")
    texts = {}
    for name in ("text", "markdown", "json"):
        assert run([*whole, name]) == 0
        texts[name] = click.unstyle(capsys.readouterr().out)
    data = json.loads(texts["json"])
    assert data["summary"]["changes"] == len(data["changes"]) > 0
    assert (data["old"], data["new"]) == ("version 1.9", "version 1.10")
    flowing = " ".join(texts["text"].split())
    shown = " ".join(MarkdownIt().render(texts["markdown"]).split())
    for change in data["changes"]:
        title = change["title"]
        assert title in flowing
        assert click.unstyle(title) in shown.replace("&quot;", '"')
    kinds = {"added", "removed", "changed", "moved", "renamed"}
    assert {change["kind"] for change in data["changes"]} <= kinds


def test_markdown_shows_a_text_exactly_as_it_was_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{SACRED} *x* _y_ [a](b) ~~c~~ :smile: 1. `d`"
    reword(project, "title: Receive the request", f"title: {json.dumps(text, ensure_ascii=False)}")
    markdown = said(capsys, "example", "--format", "markdown")
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(markdown)
    shown = [
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    assert any(text in line for line in shown), shown


def test_what_a_terminal_would_obey_is_not_printed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reword(project, "title: Receive the request", 'title: "a\\u202Eb"')
    assert "\u202e" not in said(capsys, "example")


def test_the_result_is_written_to_a_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reword(project, "title: Receive the request", "title: Note the request")
    assert run([*DAY, "diff", "example", "--format", "markdown", "-o", "out/changes.md"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "was called" in (project / "out/changes.md").read_text("utf-8")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["exampel"], "there is no process `exampel`"),
        (["example", "7.0"], "example has no version 7.0 that can be read"),
        (["example", "1.0", "draft"], "example has no version draft that can be read"),
    ],
)
def test_what_does_not_exist_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run([*DAY, "diff", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_process_without_versions_has_nothing_to_compare_with(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project / "process/example/versions")
    assert run([*DAY, "diff", "example"]) == 2
    assert "no version to compare with" in capsys.readouterr().err


def test_a_definition_with_a_fault_of_shape_is_not_compared(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reword(project, "title: Receive the request", "titel: Receive the request")
    assert run([*DAY, "diff", "example"]) == 1
    assert "schema/unknown-key" in capsys.readouterr().out


def test_a_redline_without_its_package_says_what_to_install(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_redlines", None)
    reword(project, "title: Receive the request", "title: Note the request")
    assert run([*DAY, "diff", "example", "--redline", "redline.docx"]) == 1
    assert "pip install 'regelwerk[redline]'" in capsys.readouterr().err
    assert not (project / "redline.docx").exists()


def test_a_redline_is_written_beside_the_changes(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("python_redlines")
    reword(project, "title: Receive the request", "title: Note the request")
    assert "was called" in said(capsys, "example", "--redline", "redline.docx")
    assert (project / "redline.docx").read_bytes().startswith(b"PK")
