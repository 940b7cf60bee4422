"""Records of every kind, and what the format says must be said of each: no less and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from acceptance.conformance_records.company import (
    Case,
    Findings,
    cases,
    check,
    record_path,
    write_company,
    write_record,
)

CASES = list(cases())
_WARNINGS = {"record/overdue", "record/unused-deviation"}
_MARKS = {"error": "", "warning": " w", "info": " i"}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("company")
    write_company(root)
    for case in CASES:
        write_record(root, case)
    return root


@pytest.fixture(scope="module")
def findings(company: Path) -> Findings:
    """Every finding of one run of the command over all records, by file."""
    return check(company)


def _said(finding: dict) -> str:
    usual = "warning" if finding["code"] in _WARNINGS else "error"
    mark = "" if finding["severity"] == usual else _MARKS[finding["severity"]]
    return f"{finding['code']} {finding['path']}{mark}"


@pytest.mark.parametrize("case", CASES, ids=[f"{case.group}: {case.name}" for case in CASES])
def test_a_record_is_told_its_departures_and_nothing_else(case: Case, findings: Findings) -> None:
    found = findings.get(record_path(case), [])
    assert sorted(map(_said, found)) == list(case.says)


def test_nothing_is_said_of_other_files(findings: Findings) -> None:
    assert set(findings) == {record_path(case) for case in CASES if case.says}


def test_every_finding_stands_at_its_path(company: Path, findings: Findings) -> None:
    for file, found in findings.items():
        places = dict(_places(yaml.compose((company / file).read_text(encoding="utf-8")), "$"))
        for finding in found:
            assert (finding["line"], finding["column"]) == places[finding["path"]], finding


def test_every_message_is_a_sentence_with_advice(findings: Findings) -> None:
    for finding in (one for found in findings.values() for one in found):
        assert " " in finding["message"], finding
        assert "None" not in finding["message"] + finding["hint"], finding
        assert finding["hint"] or finding["severity"] == "info", finding


def _places(node: yaml.Node, path: str):
    """Where each path stands: a key, or an item of a list."""
    if path == "$":
        yield path, (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = f"{path}.{key.value}"
            yield below, (key.start_mark.line + 1, key.start_mark.column + 1)
            yield from _places(value, below)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            below = f"{path}[{number}]"
            yield below, (item.start_mark.line + 1, item.start_mark.column + 1)
            yield from _places(item, below)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a code that does not exist", "skipped-step"),
        ("a step that does not exist", "`bb` was accepted by lena"),
        ("rule 6 then 5", "out of order: after “Do c” (`c`), the process no longer leads to it"),
        ("rule 3", "had been answered with `go` (“go”); this way belongs to `stop` (“stop”)"),
        ("unknown option", "was done by wanda on 2026-03-02 with `foo`"),
        ("next day by the clock of Berlin", "by late on 2026-03-11 00:00, but late did not hold"),
        ("begun before the case", "“Do a” (`a`) was begun on 2026-03-01, before the case began"),
        (
            "backwards",
            "“Do b” (`b`) was done by wanda on 2026-03-04, but “Do a” (`a`), after which",
        ),
        ("in the future once", "“Do a” (`a`) is said to have been done by wanda on 2026-11-25"),
        ("open and overdue", "“Do b” (`b`) had not been done by 2026-11-24; it was due by"),
        ("wrong role", "“Do a” (`a`) was done by carl as Clerk on 2026-03-02; Worker is"),
        ("no role at all", "by nobody, who holds no role, on 2026-03-02; Worker is responsible"),
    ],
)
def test_messages_say_who_did_what_when_and_what_was_expected(
    findings: Findings, name: str, words: str
) -> None:
    case = next(case for case in CASES if case.name == name)
    said = [f"{one['message']} {one['hint']}" for one in findings[record_path(case)]]
    assert any(words in sentence for sentence in said), said
