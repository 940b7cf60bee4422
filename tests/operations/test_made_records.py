"""Thousands of made records with faults of every kind: each is found, and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from examples_support import EXAMPLES
from regelwerk.operations.progress import silent
from regelwerk.operations.record_run import run_records
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.project.load import load

RECORDS = 10_000
FILE = "process/order/records/all.jsonl"


@pytest.fixture(scope="module")
def made() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(EXAMPLES.parent.parent / "benchmarks")
        import made_records

        yield made_records


@pytest.mark.parametrize("definitions", [1, 7])
def test_every_fault_is_found_and_nothing_else(
    made: ModuleType, tmp_path: Path, definitions: int
) -> None:
    made.write_project(tmp_path, definitions)
    truth = Counter()
    lines = []
    count = RECORDS // definitions
    for number, (record, code) in enumerate(made.records(count, 7, definitions), 1):
        lines.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
        if code is not None:
            truth[number, code] += 1
    (tmp_path / FILE).write_text("\n".join(lines), encoding="utf-8")
    run = run_records(load(tmp_path), made.AS_OF, RecordFiles((FILE,), (), ()), silent)
    assert run.records == count
    assert Counter((finding.line, finding.code) for finding in run.findings) == truth
    assert {code for _, code in truth} == set(made.FAULTS)
