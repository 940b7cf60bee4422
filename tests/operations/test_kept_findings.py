"""Findings kept in a file: what comes out is what went in, in reading order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.errors import RegelwerkError
from regelwerk.operations import nameless_file
from regelwerk.operations.kept_findings import KeptFindings, pack


def finding(file: str, line: int, message: str = "wrong \udce4 漢字") -> Diagnostic:
    return Diagnostic("record/order", Severity.ERROR, file, line, 1, "$.steps", message)


@pytest.fixture(autouse=True)
def soon_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameless_file, "_IN_MEMORY", 1000)


def test_findings_come_back_in_reading_order_as_often_as_asked() -> None:
    findings = [finding("a.jsonl", line) for line in range(2000)]
    kept = KeptFindings()
    for start in range(0, 2000, 300):
        some = findings[start : start + 300]
        kept.add(pack(reversed(some)))
    kept.add(pack([]))
    assert list(kept) == list(kept) == findings
    assert kept.in_order() is kept
    assert kept == tuple(findings)
    assert kept != findings[1:]
    assert (kept[0], kept[-1], kept[5:7]) == (findings[0], findings[-1], findings[5:7])
    with pytest.raises(IndexError):
        kept[2000]


def test_pieces_that_come_out_of_order_are_put_in_order() -> None:
    kept = KeptFindings()
    kept.add(pack([finding("b.jsonl", 1)]))
    kept.add(pack([finding("a.jsonl", 9)]))
    assert [one.file for one in kept.in_order()] == ["a.jsonl", "b.jsonl"]


def test_what_two_say_is_said_once_and_what_is_judged_anew_is_left_out() -> None:
    findings = [finding("a.jsonl", line) for line in range(1, 50)]
    shuffled = random.Random(1).sample(findings, 20)  # noqa: S311
    others = sorted([*shuffled, finding("a.jsonl", 3, "else")], key=Diagnostic.sort_key)
    both = KeptFindings(findings).with_others(others)
    assert sorted(both, key=repr) == sorted([*findings, finding("a.jsonl", 3, "else")], key=repr)
    assert [one.line for one in both] == sorted(one.line for one in both)
    left = KeptFindings([*findings, finding("b.yaml", 7)]).without({("a.jsonl", 5), ("b.yaml", 0)})
    assert list(left) == [one for one in findings if one.line != 5]


def test_two_goes_through_them_at_once_do_not_disturb_each_other() -> None:
    kept = KeptFindings(finding("a.jsonl", line) for line in range(1500))
    assert all(one == two for one, two in zip(kept, iter(kept), strict=True))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full")
    monkeypatch.setattr(nameless_file.tempfile, "SpooledTemporaryFile", lambda _: full.open("w+b"))
    with pytest.raises(RegelwerkError, match="no room for temporary files: No space left"):
        KeptFindings([finding("a.jsonl", 1)])
