"""`records retention`: lists by default, erases only after an answer."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from operations.test_record_retention import company, put
from regelwerk.cli import records_retention
from regelwerk.cli.main import run

__all__ = ["company"]


def retention(root: Path, *arguments: str, day: str | None = "2026-11-24") -> int:
    when = ["--as-of", day] if day else []
    return run(["-C", str(root), *when, "records", "retention", *arguments])


def test_the_list_says_since_when_by_which_documents_and_changes_nothing(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(company, "old", "2021-05-03", {"file": "evidence/a.pdf"})
    before = path.read_bytes()
    assert retention(company) == 0
    assert click.unstyle(capsys.readouterr().out).splitlines() == [
        "old (kept 1.0), closed 2021-05-03: past since 2022-05-03  process/kept/records/old.json",
        "  Offer: P1Y, until 2022-05-03",
        "  evidence: evidence/a.pdf",
        "",
        "1 record: 1 past the retention of all their documents, 0 of some.",
    ]
    assert retention(company, "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["summary"]["past"] == 1
    assert data["past"][0]["documents"] == [
        {"document": "offer", "title": "Offer", "retention": "P1Y", "until": "2022-05-03"}
    ]
    assert path.read_bytes() == before


class Terminal:
    def isatty(self) -> bool:
        return True


def test_erasing_asks_before(
    company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(company, "old")
    before = path.read_bytes()
    assert retention(company, "--erase", "--by", "bob", day=None) == 2
    assert "--yes" in capsys.readouterr().err
    monkeypatch.setattr(records_retention.sys, "stdin", Terminal())
    asked: list[str] = []

    def answer(text: str) -> bool:
        asked.append(text)
        return len(asked) > 1

    monkeypatch.setattr(records_retention.click, "confirm", answer)
    assert retention(company, "--erase", "--by", "bob", day=None) == 0
    assert path.read_bytes() == before
    assert retention(company, "--erase", "--by", "bob", day=None) == 0
    assert asked == ["Erase 1 record for good?"] * 2
    assert "erased" in json.loads(path.read_text(encoding="utf-8"))


def test_erasing_tells_what_it_did_and_what_not(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / "process/kept/records/evidence/a.pdf").write_bytes(b"x")
    put(company, "old", "2021-05-03", {"file": "evidence/a.pdf"})
    linked = company / "process/kept/records/linked.json"
    linked.symlink_to(put(company, "far").rename(company / "process/kept/far.json"))
    wish = ("--erase", "--evidence", "--by", "bob", "--yes")
    assert retention(company, *wish, day=None) == 1
    said = capsys.readouterr()
    assert "evidence to be removed: process/kept/records/evidence/a.pdf" in said.out
    assert "Erased 1 record; a stone is left of each." in said.out
    assert "Removed 1 evidence file." in said.out
    assert "not erased: process/kept/records/linked.json: it is a link" in said.err


@pytest.mark.parametrize(
    ("arguments", "day"),
    [
        (("--erase",), None),
        (("--by", "bob"), None),
        (("--evidence",), None),
        (("--erase", "--by", "nemo", "--yes"), None),
        (("--erase", "--by", "bob", "--yes", "--format", "json"), None),
        (("--erase", "--by", "bob", "--yes"), "2090-01-01"),
    ],
)
def test_wrong_use_erases_nothing(
    company: Path, arguments: tuple[str, ...], day: str | None
) -> None:
    path = put(company, "old")
    before = path.read_bytes()
    assert retention(company, *arguments, day=day) == 2
    assert path.read_bytes() == before
