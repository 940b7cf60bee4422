"""`records check`: where records come from, what is known already, and what is written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from acceptance.conformance_records.company import write_company
from operations.test_record_faults import FOLDER, lines, record
from regelwerk.cli.main import run


@pytest.fixture
def company(tmp_path: Path) -> Path:
    root = tmp_path / "company"
    root.mkdir()
    write_company(root)
    return root


def check(root: Path, *arguments: object) -> int:
    start = ["-C", str(root), "--as-of", "2026-11-24", "records", "check"]
    return run([*start, *map(str, arguments)])


def codes(text: str) -> list[str]:
    return [finding["code"] for finding in json.loads(text)["findings"]]


def test_records_outside_the_project_have_their_evidence_there(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "archive"
    (outside / "deep").mkdir(parents=True)
    (outside / "proof.txt").write_text("…", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("…", encoding="utf-8")
    for number, file in enumerate(("../proof.txt", "../../secret.txt", "no.txt")):
        data = record(number, inputs={})
        data["source"] = {"kind": "paper", "file": file}
        (outside / "deep" / f"{number}.json").write_text(json.dumps(data), encoding="utf-8")
    assert check(company, "--records", outside, "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in found["findings"]] == ["record/evidence-missing"] * 2
    assert found["findings"][0]["file"] == (outside / "deep/1.json").as_posix()
    assert found["summary"]["records"] == 3
    assert check(company, "--records", outside, outside / "deep/0.json") == 0


def test_a_path_outside_needs_its_folder_named(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert check(company, tmp_path / "x.json") == 2
    assert "--records" in capsys.readouterr().err


def test_a_pattern_chooses_files(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, steps in enumerate(("acd", "abcd", "acd")):
        path = company / FOLDER / f"{'odd' if number else 'even'}-{number}.json"
        path.write_text(json.dumps(record(number, steps)), encoding="utf-8")
    assert check(company, f"{FOLDER}/odd-*.json", "--format", "json") == 1
    assert codes(capsys.readouterr().out) == ["record/skipped-step"]
    assert check(company, f"{FOLDER}/none-*.json") == 2


def test_lines_from_a_pipe_are_judged_beside_the_cases_of_the_project(
    company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / FOLDER / "kept.json").write_text(json.dumps(record(1)), encoding="utf-8")
    pipe = io.TextIOWrapper(io.BytesIO(lines(3, frozenset({2}))))
    monkeypatch.setattr("sys.stdin", pipe)
    code = check(company, "-", "--format", "json")
    said = capsys.readouterr()
    assert (code, said.err) == (1, "")
    found = json.loads(said.out)
    places = [(one["code"], one["file"], one["line"]) for one in found["findings"]]
    assert ("record/skipped-step", "stdin", 3) in places
    assert found["summary"]["records"] == 3


def test_a_baseline_hides_what_was_known_and_tells_what_is_gone(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, baseline = company / FOLDER / "x.jsonl", tmp_path / "known.json"
    path.write_bytes(lines(4, frozenset({1, 2})))
    assert check(company, "--baseline", baseline) == 2
    assert check(company, "--baseline", baseline, "--write-baseline") == 0
    path.write_bytes(b"\n\n" + lines(4, frozenset({1, 2})))
    capsys.readouterr()
    assert check(company, "--baseline", baseline, "--format", "json") == 0
    said = capsys.readouterr()
    assert codes(said.out) == []
    assert "2 findings are known" in said.err
    path.write_bytes(lines(4, frozenset({3})))
    assert check(company, "--baseline", baseline, "--format", "json") == 1
    said = capsys.readouterr()
    assert codes(said.out) == ["record/skipped-step"]
    assert "2 known findings are no more" in said.err


def test_a_baseline_knows_a_finding_only_as_often_as_it_holds_it(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, baseline = company / FOLDER / "x.jsonl", tmp_path / "known.json"
    path.write_bytes(lines(1, frozenset({0})))
    assert check(company, "--baseline", baseline, "--write-baseline") == 0
    other = json.dumps(record(7, "acd")).encode()
    path.write_bytes(lines(1, frozenset({0})) + other)
    capsys.readouterr()
    assert check(company, "--baseline", baseline, "--format", "json") == 1
    assert codes(capsys.readouterr().out) == ["record/skipped-step"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2, "findings": []}', "[" * 9999])
def test_what_is_no_baseline_is_refused(company: Path, tmp_path: Path, content: str) -> None:
    (company / FOLDER / "x.jsonl").write_bytes(lines(1))
    (tmp_path / "known.json").write_text(content, encoding="utf-8")
    assert check(company, "--baseline", tmp_path / "known.json") == 2


def test_reports_hold_every_finding(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (company / FOLDER / "x.jsonl").write_bytes(lines(90, frozenset(range(80))))
    reports = [tmp_path / f"r.{suffix}" for suffix in ("json", "jsonl", "html", "parquet")]
    given = [argument for report in reports for argument in ("--report", report)]
    assert check(company, *given) == 1
    said = capsys.readouterr().out
    assert "80  error[record/skipped-step]  linear" in said
    assert said.count("-->") == 3
    assert "77 more" in said
    assert "80 errors, 0 warnings; 1 file and 90 records checked." in said
    assert codes(reports[0].read_text(encoding="utf-8")) == ["record/skipped-step"] * 80
    assert len(reports[1].read_text(encoding="utf-8").splitlines()) == 80
    page = reports[2].read_text(encoding="utf-8")
    assert page.count("<li><p>") == 80
    assert "90 records in 1 file were held against the versions that they name." in page
    assert "<b>80</b>errors in 1 file<" in page
    assert page.index("What was found how often") < page.index("The findings")
    table = pq.read_table(reports[3]).to_pylist()
    assert [(one["code"], one["process"], one["line"]) for one in table] == [
        ("record/skipped-step", "linear", line) for line in range(1, 81)
    ]
    assert check(company, "--all") == 1
    assert capsys.readouterr().out.count("-->") == 80


def test_the_page_says_texts_of_records_unharmed(company: Path, tmp_path: Path) -> None:
    data = record(1)
    data["steps"][0]["step"] = '<script>&"{{x}} 漢'
    (company / FOLDER / "x.json").write_text(json.dumps(data), encoding="utf-8")
    assert check(company, "--report", tmp_path / "r.html") == 1
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;&amp;&quot;{{x}} 漢" in page
    assert "<script" not in page


def test_a_report_that_cannot_be_written_is_an_error_whatever_was_found(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (company / FOLDER / "x.jsonl").write_bytes(lines(1))
    assert check(company, "--report", tmp_path / "none/r.json") in (0, 1)
    assert check(company, "--report", tmp_path / "r.pdf") == 2

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("regelwerk.operations.writing.write_atomically", full)
    assert check(company, "--report", tmp_path / "r.json") == 1
    assert not (tmp_path / "r.json").exists()


@pytest.mark.parametrize("arguments", [("--write-baseline",), ("-", "x"), ("--jobs", "0")])
def test_options_that_do_not_go_together_are_wrong_usage(
    company: Path, arguments: tuple[str, ...]
) -> None:
    assert check(company, *arguments) == 2
