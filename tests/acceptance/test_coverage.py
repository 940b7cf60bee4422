"""`regelwerk coverage` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import click
import pytest

from examples_support import BASE
from regelwerk.cli.main import run
from word_support import SACRED

DAY = ("--as-of", "2026-11-24")
EVIL = '=HYPERLINK("http://example.com")'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    monkeypatch.chdir(root)
    return root


def keep(project: Path, *steps: list[str]) -> None:
    folder = project / "process/example/records"
    folder.mkdir()
    cases = [
        {
            "process": "example",
            "version": "1.0",
            "case": f"Secret-{number}",
            "subject": "Secret Customer",
            "steps": [{"step": step, "by": "secret.person"} for step in done],
        }
        for number, done in enumerate(steps)
    ]
    (folder / "cases.jsonl").write_text("".join(json.dumps(one) + "\n" for one in cases), "utf-8")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, Any]]:
    assert run([*DAY, "coverage", "--format", "json", *arguments]) == 0
    (standard,) = json.loads(capsys.readouterr().out)["standards"]
    return {clause["clause"]: clause for clause in standard["clauses"]}


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    assert run([*DAY, "coverage", "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))


def test_a_clause_tells_process_step_document_and_number_of_records(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(project, ["receive", "answer"], ["receive"], ["answer"])
    clause = told(capsys)["8.2.1"]
    own, wider = (one for one in clause["answers"] if not one["draft"])
    assert (own["process"], own["steps"], own["documents"], own["records"]) == (
        "example",
        ["answer"],
        ["Answer"],
        2,
    )
    assert (wider["named"], wider["whole"], wider["records"]) == ("8.2", True, 3)
    assert clause["standing"] == "answered"
    assert clause["to_be_judged"]


def test_nothing_of_a_single_case_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(project, ["receive"])
    for form in ("text", "csv", "json"):
        assert run([*DAY, "coverage", "--format", form]) == 0
        assert "ecret" not in capsys.readouterr().out


def test_what_is_excluded_has_its_reason_and_the_rest_is_open(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    organization = project / "process/organization.yaml"
    with organization.open("a", encoding="utf-8") as file:
        file.write("\nexclusions: [{clause: '8.3', reason: We design nothing.}]\n")
    found = told(capsys)
    assert (found["8.3.6"]["standing"], found["8.3.6"]["reason"]) == (
        "excluded",
        "We design nothing.",
    )
    assert found["8.4.1"]["standing"] == "open"


@pytest.mark.usefixtures("project")
def test_the_amendment_on_climate_is_told_where_it_adds_something(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(capsys)
    amended = {clause for clause, one in found.items() if "climate" in one["amended"]}
    assert amended == {"4.1", "4.2"}


@pytest.mark.usefixtures("project")
def test_what_a_machine_can_see_is_told_and_the_rest_is_to_be_judged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(capsys)
    looked = {clause for clause, one in found.items() if one["observations"]}
    assert {f"4.4.1 {letter}" for letter in "abcdefgh"} <= looked
    assert {"7.5.2 a", "7.5.2 c", "7.5.3.1 a", "7.5.3.2 d"} <= looked
    results = {clause: found[clause]["observations"][0]["result"] for clause in looked}
    assert (results["4.4.1 a"], results["4.4.1 f"], results["7.5.2 b"]) == (
        "found",
        "missing",
        "to-be-judged",
    )


def test_one_process_shows_only_what_concerns_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = project / "process/other"
    shutil.copytree(project / "process/example", other)
    shutil.rmtree(other / "versions")
    text = (other / "process.yaml").read_text("utf-8").replace("id: example", "id: other")
    text = text.replace("P-EX-01", "P-EX-02").replace('"8.2.1"', '"8.7.1"')
    (other / "process.yaml").write_text(text, "utf-8")
    found = told(capsys, "--process", "other")
    assert "8.2.4" in found, "by the wider clause that it names"
    assert not {"8.3", "5.1"} & found.keys()
    assert {one["process"] for clause in found.values() for one in clause["answers"]} == {"other"}


def test_a_table_of_a_spreadsheet_computes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = project / "process/example/process.yaml"
    text = definition.read_text("utf-8")
    text = text.replace("title: Answer a request", f"title: {json.dumps(EVIL)}")
    definition.write_text(text.replace("{title: Answer,", "{title: '@SUM(A1)',"), "utf-8")
    cells = [cell for row in rows(capsys) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {f"'{EVIL}", "'@SUM(A1)"} <= set(cells)


@pytest.mark.usefixtures("project")
def test_a_row_for_every_clause_answer_and_look(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys)
    assert {row["row"] for row in found} == {"clause", "answer", "look"}
    assert {row["standing"] for row in found} >= {"answered", "open", "partly"}


def test_text_arrives_unharmed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    definition = project / "process/example/process.yaml"
    text = definition.read_text("utf-8")
    text = text.replace("title: Answer the request", f"title: {json.dumps(SACRED)}")
    definition.write_text(text, "utf-8")
    answers = told(capsys)["8.2.1"]["answers"]
    assert [SACRED] in [one["step_titles"] for one in answers]
    assert run([*DAY, "coverage"]) == 0
    assert SACRED in click.unstyle(capsys.readouterr().out)


@pytest.mark.usefixtures("project")
def test_the_table_for_people_says_what_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*DAY, "coverage"]) == 0
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert lines[0] == "ISO 9001:2015 with Amd 1:2024, as of 2026-11-24"
    assert "5.1.2     Keeping the customer in view: open" in lines
    answered = next(index for index, line in enumerate(lines) if line.startswith("8.2.1 "))
    assert lines[answered] == "8.2.1     Talking with customers: answered, to be judged"
    assert "step “Answer the request”; document Answer; 0 records" in lines[answered + 1]


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("--process", "exmaple", "did you mean `example`?"),
        ("--standard", "ISO 9001:2018", "did you mean `ISO 9001:2015`?"),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_there_is_not_is_told_with_what_there_is(
    capsys: pytest.CaptureFixture[str], option: str, value: str, hint: str
) -> None:
    assert run([*DAY, "coverage", option, value]) == 2
    assert hint in click.unstyle(capsys.readouterr().err)


def test_another_edition_stands_beside_the_first(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project / "schemas/clauses"
    folder.mkdir(parents=True)
    edition = {"standard": "ISO 9001:2026", "clauses": {"5.1": "Top", "5.1.10": "Ours"}}
    (folder / "iso-9001-2026.json").write_text(json.dumps(edition), "utf-8")
    organization = project / "process/organization.yaml"
    text = organization.read_text("utf-8")
    text = text.replace('["ISO 9001:2015"]', '["ISO 9001:2015", "ISO 9001:2026"]')
    organization.write_text(text, "utf-8")
    found = told(capsys, "--standard", "ISO 9001:2026")
    assert list(found) == ["5.1", "5.1.10"]


def test_a_process_with_an_error_is_left_out_and_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = project / "process/example/process.yaml"
    definition.write_text(definition.read_text("utf-8") + "\nunknown: key\n", "utf-8")
    assert run([*DAY, "coverage"]) == 1
    streams = capsys.readouterr()
    assert "regelwerk check tells them" in streams.err
    assert "Answer a request" not in streams.out
