"""The fast way finds what the slow way finds, whatever the records, the form and the processes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from acceptance.conformance_records.company import cases, write_company, write_record
from examples_support import EXAMPLES, examples_below, materialize
from operations.record_mutants import Mutants
from regelwerk.diagnostics import Diagnostic
from regelwerk.operations.check import check
from regelwerk.operations.progress import silent
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.operations.record_kernel import RecordKernel
from regelwerk.operations.record_run import run_records
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.operations.review import RecordReview
from regelwerk.project.load import load
from regelwerk.project.record_chunks import cut
from regelwerk.project.record_files import read_records, record_files

DAY = date(2026, 11, 24)
LINES = "process/linear/records/mutants.jsonl"


def slow(root: Path, day: date = DAY) -> list[Diagnostic]:
    files = record_files(root)
    found = RecordReview(load(root), day, files).findings(files, silent)
    return sorted(found, key=Diagnostic.sort_key)


def fast(root: Path, day: date = DAY, jobs: int = 1) -> list[Diagnostic]:
    files = RecordFiles(tuple(record_files(root)), (), ())
    run = run_records(load(root), day, files, silent, jobs=jobs)
    return list(run.findings)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("company")
    write_company(root)
    for case in cases():
        write_record(root, case)
    return root


@pytest.mark.parametrize("which", ["bad", "good"])
def test_every_example_has_the_same_findings_both_ways(which: str, tmp_path: Path) -> None:
    for number, example in enumerate(examples_below("record", "schema", "yaml")):
        root = materialize(example, which, tmp_path / str(number))
        assert fast(root, date(2026, 6, 30)) == slow(root, date(2026, 6, 30)), example


@pytest.mark.parametrize("root", [EXAMPLES / "contract", EXAMPLES.parent.parent])
def test_whole_projects_have_the_same_findings_both_ways(root: Path) -> None:
    assert fast(root) == slow(root)


def test_every_kind_of_record_has_the_same_findings_both_ways(company: Path) -> None:
    expected = slow(company)
    assert fast(company) == expected
    assert fast(company, jobs=2) == expected


def test_check_finds_the_same_with_several_processes(company: Path) -> None:
    alone, together = (check(company, [], lambda _zone: DAY, jobs=jobs) for jobs in (1, 2))
    assert list(alone.findings) == list(together.findings)
    assert alone.records == together.records > 100


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("without", [(), ("orjson", "yaml_rs")], ids=["bulk", "plain"])
def test_changed_records_have_the_same_findings_both_ways(
    company: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    without: tuple[str, ...],
) -> None:
    for module in without:
        monkeypatch.setitem(__import__("sys").modules, module, None)
    write_company(tmp_path)
    files = record_files(company)
    records = [next(read_records(company, file)).tree.data for file in files]
    mutants = Mutants([record for record in records if isinstance(record, dict)], seed)
    lines = [
        json.dumps(mutants.one(), ensure_ascii=seed % 2 == 0, separators=(",", ":"))
        for _ in range(250)
    ]
    (tmp_path / LINES).write_text("\n".join(lines), encoding="utf-8")
    for number in range(60):
        path = tmp_path / f"process/linear/records/one-{number:03}.yaml"
        path.write_text(json.dumps(mutants.one(), indent=1), encoding="utf-8")
    assert fast(tmp_path) == slow(tmp_path)


def test_records_without_a_departure_are_told_by_the_fast_way(company: Path) -> None:
    loaded = load(company)
    kernel = RecordKernel(RecordJudge(loaded, DAY))
    judged = RecordReview(loaded, DAY, record_files(company))
    files = record_files(company)
    bad = {finding.file for finding in judged.findings(files, silent)}
    right = [file for file in files if file not in bad]
    doubted = [
        file
        for file in right
        if kernel.scan(next(iter(cut(company, [file]))), judging=True).pending
        or not _is_right(kernel, company, file)
    ]
    assert len(doubted) < len(right) / 5, doubted


def _is_right(kernel: RecordKernel, root: Path, file: str) -> bool:
    from regelwerk.project.record_chunks import read_chunk

    raw = next(read_chunk(root, next(iter(cut(root, [file])))))
    record, data = kernel._typed.read(raw)
    return record is not None and kernel._right(raw, record, data) is not None
