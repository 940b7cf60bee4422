"""`records check --explain`: a case beside its definition, on a terminal and for machines."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click
import pytest

from acceptance.conformance_records.company import (
    _approval as approval,
)
from acceptance.conformance_records.company import (
    cases,
    check,
    definition,
    record_path,
    write_company,
    write_json,
    write_record,
)
from regelwerk.cli.columns import width_of
from regelwerk.cli.main import run

SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
PROCESS = {
    "steps": [
        {"id": "prüfen", "title": "Angebot für Müller & Söhne prüfen, auf Übergröße"},
        {
            "id": "both",
            "title": "Assess side by side",
            "parallel": {
                "credit": [{"id": "credit-check", "title": "Kreditwürdigkeit prüfen"}],
                "technical": [{"id": "feasible", "title": SACRED}, "measure"],
            },
        },
        {
            "id": "decide",
            "title": "Entscheiden",
            "responsible": "boss",
            "decision": {"yes": "last", "no": {"next": {"end": "off"}}},
        },
        {"id": "last", "title": "Übergabe", "next": {"end": "done"}},
    ],
    "ends": ["done", "off"],
}


def entry(step: str, **more: object) -> dict[str, object]:
    return {"step": step, "by": "wanda", "completed": "2026-03-02", **more}


@pytest.fixture
def company(tmp_path: Path) -> Path:
    root = tmp_path / "company"
    root.mkdir()
    write_company(root)
    written = json.loads(json.dumps(PROCESS).replace('pr\\u00fcfen"', 'pruefen"', 1))
    data = definition("shown", written)
    folder = root / "process/shown/versions/1.0"
    write_json(folder / "process.yaml", data)
    write_json(folder / "approvals.yaml", approval(data, {}))
    return root


def put(root: Path, case: str, steps: list[dict[str, object]], **more: object) -> Path:
    head = {"process": "shown", "version": "1.0", "case": case, "status": "open"}
    data = {**head, "started": "2026-03-01", "subject": SACRED, "steps": steps, **more}
    path = root / f"process/shown/records/{case}.json"
    write_json(path, data)
    return path


def explain(root: Path, *arguments: object) -> int:
    start = ["-C", str(root), "--as-of", "2026-11-24", "records", "check", "--explain"]
    return run([*start, *map(str, arguments)])


def test_a_case_stands_beside_its_definition_in_eighty_columns(
    company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    steps = [
        entry("pruefen"),
        entry("feasible", completed="2026-03-03T09:30:00Z"),
        entry("credit-check"),
        entry("decide", by=["bob"], option="yes", completed="2026-03-04"),
    ]
    put(company, "X-1", steps)
    assert explain(company, "X-1") == 1
    text = click.unstyle(capsys.readouterr().out)
    assert max(width_of(line) for line in text.splitlines()) <= 80
    lines = text.splitlines()
    assert lines[0].startswith(f"Case X-1 ({SACRED}): Process shown 1.0, open,")
    row = next(n for n, line in enumerate(lines) if line.startswith("Angebot für Müller"))
    assert lines[row] == "Angebot für Müller &       Angebot für Müller &       wanda"
    assert lines[row + 1] == "  Söhne prüfen, auf          Söhne prüfen, auf        2026-03-02"
    assert "Assess side by side: side by side, in any order" in lines
    assert "| technical: Do measure    -- skipped --" in lines
    assert "2026-03-03 10:30" in text
    assert "(x) yes" in text
    assert "( ) no" in text
    assert lines.count("Übergabe                   -- may come next --        Worker") == 1
    assert "error[record/parallel-incomplete]" in text
    assert lines[-1] == "1 error."


def test_machines_are_told_every_row(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(company, "X-1", [entry("pruefen"), entry("pruefen")])
    assert explain(company, "X-1", "--format", "json") == 1
    (case,) = json.loads(capsys.readouterr().out)["cases"]
    assert [(row["kind"], row["step"]) for row in case["rows"]] == [
        ("done", "pruefen"),
        ("repeated", "pruefen"),
        ("next", "credit-check"),
        ("next", "feasible"),
    ]
    (finding,) = case["rows"][1]["findings"]
    assert (finding["code"], finding["line"]) == ("record/repeated-step", 14)
    assert case["summary"] == {"errors": 1, "warnings": 0, "infos": 0}
    assert case["rows"][0]["by"] == ["wanda"]
    assert case["rows"][2]["within"] == [["Assess side by side", "credit"]]


def test_a_case_is_named_by_id_file_or_line(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(company, "X-1", [entry("pruefen")])
    data = json.loads(path.read_text(encoding="utf-8"))
    outside = tmp_path / "outside"
    outside.mkdir()
    lines = [json.dumps(data | {"case": f"X-{number}"}) for number in (2, 3)]
    (outside / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for case in ("X-1", "process/shown/records/X-1.json", path):
        assert explain(company, case) == 0
        assert "Case X-1" in capsys.readouterr().out
    for case in ("X-3", outside / "many.jsonl:2", f"{outside}/many.jsonl:2:5"):
        assert explain(company, case, "--records", outside) == 0
        assert "Case X-3" in capsys.readouterr().out
    assert explain(company, outside / "many.jsonl", "--records", outside) == 2
    assert "2 records" in capsys.readouterr().err
    assert explain(company, "X-9") == 2
    assert "did you mean `X-1`" in capsys.readouterr().err
    assert explain(company, "X-1", "--format", "sarif") == 2
    assert explain(company, "X-1", "--report", "x.json") == 2


def test_what_has_no_definition_or_cannot_be_read_is_told(
    company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    put(company, "X-1", [entry("pruefen")], version="7.0")
    assert explain(company, "X-1") == 1
    text = click.unstyle(capsys.readouterr().out)
    assert "error[record/unknown-version]" in text
    assert "-- not known --            pruefen                    wanda" in text
    (company / "process/shown/records/broken.json").write_text("{", encoding="utf-8")
    assert explain(company, "process/shown/records/broken.json") == 1
    assert "error[yaml/syntax]" in capsys.readouterr().out


def test_every_case_is_explained_with_the_findings_of_records_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_company(tmp_path)
    some = [case for number, case in enumerate(cases()) if number % 19 == 0]
    for case in some:
        write_record(tmp_path, case)
    told = check(tmp_path)
    for case in some:
        explain(tmp_path, record_path(case), "--format", "json")
        said = capsys.readouterr()
        (explained,) = json.loads(said.out or said.err)["cases"]
        assert _counted(_findings(explained)) == _counted(told.get(record_path(case), [])), case.id
        entries = [row for row in explained["rows"] if row["completed"]]
        written = case.record.get("steps")
        if isinstance(written, list) and all(isinstance(one, dict) for one in written):
            done = [one for one in written if "step" in one and _dated(one)]
            assert len(entries) == len(done), case.id


def _dated(entry: dict[str, Any]) -> bool:
    day = entry.get("completed")
    return isinstance(day, str) and day[:4].isdecimal() and isinstance(entry["step"], str)


def _findings(explained: dict[str, Any]) -> list[dict[str, Any]]:
    return explained["findings"] + [one for row in explained["rows"] for one in row["findings"]]


def _counted(findings: list[dict[str, Any]]) -> Counter[tuple[object, ...]]:
    return Counter(
        (one["code"], one["severity"], one["line"], one["path"], one["message"]) for one in findings
    )
