"""`regelwerk kpi` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from examples_support import BASE
from regelwerk.cli.main import run
from word_support import SACRED

DAY = ("--as-of", "2026-11-24")
WORKING = ("example", "--version", "working")
FIGURES = """
kpis:
  - {id: requests, title: Requests, measure: {count: cases}, target: {min: 2}, period: year}
  - {id: time, title: "=1+1", measure: {time: {from: receive, to: decide}}, unit: BD, period: year}
  - {id: fits, title: Conformance, measure: {conformance_rate: {}}, target: {min: 90}, period: year}
  - {id: plain, title: Not measured}
"""

RECEIVED = {"fields": {"amount": 10}, "checks": {"complete": "yes"}}


def record(case: str, **more: Any) -> dict[str, Any]:
    data = {
        "process": "example",
        "version": "1.0",
        "case": case,
        "subject": "Secret Customer",
        "status": "open",
        "started": "2025-03-03",
        "inputs": {"request": {"reference": "mail"}},
        "steps": [
            step("receive", "anna.clerk", "2025-03-04", **RECEIVED),
        ],
    }
    return {**data, **more}


def step(name: str, by: str, completed: str, **more: Any) -> dict[str, Any]:
    return {"step": name, "by": by, "completed": completed, **more}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    definition = root / "process/example/process.yaml"
    text = definition.read_text("utf-8")
    before, _, after = text.partition("kpis:\n")
    rest = after[after.index("clauses:") :]
    definition.write_text(before + FIGURES.lstrip() + rest, "utf-8")
    (root / "process/example/records").mkdir()
    monkeypatch.chdir(root)
    return root


def keep(project: Path, *records: dict[str, Any] | str, name: str = "cases.jsonl") -> None:
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    path = project / "process/example/records" / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run([*DAY, "kpi", *WORKING, "--format", "json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def cells(data: dict[str, Any], figure: str) -> dict[str, dict[str, Any]]:
    (process,) = data["processes"]
    (found,) = (one for one in process["figures"] if one["id"] == figure)
    return {cell["period"]: cell for cell in found["periods"]}


def decided(case: str, by: str = "max.manager") -> dict[str, Any]:
    return record(
        case,
        status="closed",
        closed="2025-03-06",
        end="rejected",
        steps=[
            step("receive", "anna.clerk", "2025-03-04", **RECEIVED),
            step("decide", by, "2025-03-06", option="reject"),
        ],
    )


def test_values_come_with_target_judgement_and_the_number_of_cases(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(project, record("A"), decided("B"), record("C", started="2026-01-02", steps=[]))
    data = told(capsys)
    requests = cells(data, "requests")
    assert [(y, c["value"], c["judgement"], c["complete"]) for y, c in requests.items()] == [
        ("2025", 2, "met", True),
        ("2026", 1, "missed", False),
    ]
    time = cells(data, "time")["2025"]
    assert (time["value"], time["cases"], time["missing"]) == (2, 1, 0)
    assert (data["processes"][0]["cases"], data["unreadable"]) == (3, 0)


def test_the_same_case_twice_and_a_broken_line_count_once_and_never_and_are_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(project, record("A"), record("A"), '{"process": "example", "case":', "[1]")
    data = told(capsys)
    assert cells(data, "requests")["2025"]["value"] == 1
    assert data["processes"][0]["duplicates"] == 1
    assert data["unreadable"] == 2
    assert run([*DAY, "kpi", *WORKING]) == 0
    text = click.unstyle(capsys.readouterr().out)
    assert "2 records could not be read" in text
    assert "1 record left out: the case id is that of an earlier record." in text


def test_a_case_with_a_departure_does_not_conform_until_somebody_entitled_accepts_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    departed = record(
        "C",
        status="closed",
        closed="2025-03-06",
        end="rejected",
        steps=[step("decide", "max.manager", "2025-03-06", option="reject")],
    )
    keep(project, decided("A"), decided("B"), departed)
    assert run([*DAY, "records", "check"]) == 1
    assert "record/skipped-step" in capsys.readouterr().out
    assert round(cells(told(capsys), "fits")["2025"]["value"], 3) == 66.667
    accepted = {
        "finding": "record/skipped-step",
        "step": "receive",
        "reason": "by phone",
        "approved_by": "max.manager",
        "on": "2025-03-07",
    }
    keep(project, decided("A"), decided("B"), {**departed, "deviations": [accepted]})
    assert run([*DAY, "records", "check"]) == 0
    capsys.readouterr()
    assert cells(told(capsys), "fits")["2025"]["value"] == 100


def test_no_format_tells_anything_of_a_single_case(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(project, decided("CASE-0815"), record("CASE-0816"))
    for name in ("text", "json", "csv"):
        assert run([*DAY, "kpi", *WORKING, "--format", name]) == 0
        out = capsys.readouterr().out
        assert "Conformance" in out
        for personal in ("Secret", "anna", "manager", "CASE-0815", "mail"):
            assert personal not in out


def test_a_spreadsheet_computes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(project, decided("A"))
    assert run([*DAY, "kpi", *WORKING, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    (time, _) = (row for row in rows if row["figure"] == "time")
    assert time["title"] == "'=1+1"
    assert (time["period"], time["value"], time["unit"]) == ("2025", "2", "BD")
    (plain,) = (row for row in rows if row["figure"] == "plain")
    assert plain["judgement"] == "not-measured"


def test_the_text_has_a_row_for_each_figure_and_a_course(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(project, decided("A"), record("B"), record("C", started="2026-01-02"))
    assert run([*DAY, "kpi", *WORKING]) == 0
    text = click.unstyle(capsys.readouterr().out)
    (row,) = (line.split() for line in text.splitlines() if line.startswith("Requests"))
    assert row == ["Requests", "2025", "2", "≥", "2", "met", "2", "█▅"]
    assert "Not measured: not measured" in text
    assert run([*DAY, "kpi", *WORKING, "--all-periods"]) == 0
    text = click.unstyle(capsys.readouterr().out)
    assert "missed so far" in text


def test_the_version_in_force_decides(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(project, record("A"))
    assert run([*DAY, "kpi", "--format", "json"]) == 0
    (process,) = json.loads(capsys.readouterr().out)["processes"]
    assert (process["version"], process["working"]) == ("1.0", False)
    assert [figure["id"] for figure in process["figures"]] == ["requests", "amount"]


def test_few_cases_are_withheld_where_that_is_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(project, record("A"))
    cell = cells(told(capsys, "--min-cases", "2"), "requests")["2025"]
    assert (cell["value"], cell["cases"], cell["judgement"]) == (None, None, "withheld")


def test_records_elsewhere_are_measured_in_bulk_with_the_same_values(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = [decided("A"), record("B"), record("C", started="2026-01-02"), record("A"), "{oops"]
    keep(project, *found)
    own = told(capsys)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / "process/example/records/cases.jsonl").rename(elsewhere / "cases.jsonl")
    bulk = told(capsys, "--records", str(elsewhere))
    for figure in ("requests", "time"):
        assert cells(bulk, figure) == cells(own, figure)
    assert bulk["unreadable"] == own["unreadable"] == 1
    assert bulk["processes"][0]["duplicates"] == own["processes"][0]["duplicates"] == 1


@pytest.mark.parametrize("form", ["lines", "whole", "columns"])
def test_cases_elsewhere_conform_as_the_same_cases_here(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str
) -> None:
    skipped = [step("decide", "max.manager", "2025-03-06", option="reject")]
    departed = {**decided("C"), "end": "rejected", "steps": skipped}
    nameless = {key: value for key, value in decided("E").items() if key != "case"}
    late = decided("L")
    late["closed"] = "2027-01-01"  # after the day of the test
    found = [decided("A"), decided("B"), departed, {**departed, "case": "A"}, nameless, late]
    found += [{**departed, "case": 7}, decided("G")]
    keep(project, *found)
    own = told(capsys)
    (project / "process/example/records/cases.jsonl").unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if form == "lines":
        text = "".join(json.dumps(one) + "\n" for one in found)
        (elsewhere / "x.jsonl").write_text(text, encoding="utf-8")
    elif form == "whole":
        texts = [json.dumps(one) for one in found]
        pq.write_table(pa.table({"record": texts}), elsewhere / "x.parquet")
    else:
        keys = sorted({key for one in found for key in one})
        texts = {
            key: pa.array([_column(one.get(key)) for one in found], pa.string()) for key in keys
        }
        pq.write_table(pa.table(texts), elsewhere / "x.parquet")
    bulk = told(capsys, "--records", str(elsewhere))
    judged = cells(own, "fits")["2025"]
    if form != "columns":  # where the id 7 is a text, the record has one
        assert (judged["cases"], judged["missing"]) == (6, 0)
        assert round(judged["value"]) == 50
        assert cells(bulk, "fits") == cells(own, "fits")
        assert cells(bulk, "requests") == cells(own, "requests")
    assert cells(bulk, "fits")["2025"]["value"] == judged["value"]


def _column(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("exmple",), "there is no process `exmple`"),
        (("example", "--version", "7.0"), "example has no version 7.0"),
        (("example", "--from", "2026-05-01", "--to", "2026-04-01"), "after its end"),
        (("example", "--from", "2026-02-30"), "is not a day"),
        (("example", "--period", "week"), "week"),
        (("example", "--min-cases", "-1"), "-1"),
        (("example", "--records", "process"), "holds no records"),
        (("example", "--records", "nowhere"), "nowhere"),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_cannot_be_asked_ends_with_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert run([*DAY, "kpi", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_an_error_in_the_definition_ends_with_1_and_tells_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "process/example/process.yaml"
    path.write_text(path.read_text("utf-8").replace("from: receive", "from: recieve"), "utf-8")
    assert run([*DAY, "kpi", "example"]) == 1
    assert "reference/undefined-step" in capsys.readouterr().out


def test_a_title_arrives_unharmed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "process/example/process.yaml"
    title = json.dumps(SACRED, ensure_ascii=False)
    path.write_text(path.read_text("utf-8").replace('"=1+1"', title), "utf-8")
    keep(project, decided("A"))
    for name in ("text", "json", "csv"):
        assert run([*DAY, "kpi", *WORKING, "--format", name]) == 0
        out = capsys.readouterr().out
        shown = {"text": SACRED, "json": json.dumps(SACRED, ensure_ascii=False)}.get(name)
        assert (shown or SACRED.replace('"', '""')) in out
