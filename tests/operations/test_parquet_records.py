"""Records in Parquet are judged as the same ones in JSON lines, and nothing of a file is lost."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from acceptance.conformance_records.company import cases, write_company
from operations.test_record_faults import FOLDER, put, record
from operations.test_record_run import DAY
from regelwerk.diagnostics import Diagnostic
from regelwerk.errors import MissingExtraError
from regelwerk.operations.progress import silent
from regelwerk.operations.record_run import RecordRun, run_records
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.project import parquet
from regelwerk.project.arrow_records import records_of
from regelwerk.project.load import load
from regelwerk.project.record_chunks import cut
from regelwerk.project.record_files import record_files

NAMES = ("process", "version", "case", "status", "started", "closed", "end", "steps")
HEAD = {name: pa.string() for name in NAMES[:-1]}
STEP = pa.struct([("step", pa.string()), ("by", pa.string()), ("completed", pa.string())])


@pytest.fixture
def company(tmp_path: Path) -> Path:
    write_company(tmp_path)
    return tmp_path


def run(root: Path, jobs: int = 1) -> RecordRun:
    files = RecordFiles(tuple(record_files(root)), (), ())
    return run_records(load(root), DAY, files, silent, jobs=jobs)


def said(found: RecordRun) -> list[tuple[str, str, str, int]]:
    return sorted((one.code, one.path, one.message, one.line) for one in found.findings)


def write(path: Path, records: list[Mapping[str, Any]], **options: Any) -> Path:
    schema = pa.schema([*HEAD.items(), ("steps", pa.list_(STEP))])
    pq.write_table(pa.Table.from_pylist(records, schema), path, **options)
    return path


def several(count: int, bad: frozenset[int] = frozenset()) -> list[dict[str, Any]]:
    return [record(n, "acd" if n in bad else "abcd") for n in range(count)]


def plain_cases() -> list[Mapping[str, Any]]:
    """Records without keys that a table cannot tell from others: an explicit null is a key less."""
    return [case.record for case in cases() if "null" not in json.dumps(case.record)]


def as_texts(value: Mapping[str, Any]) -> dict[str, str]:
    """Each key as a text; what is no text as JSON."""
    return {
        key: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
        for key, one in value.items()
    }


@pytest.mark.parametrize("form", ["whole", "columns"])
def test_records_of_every_kind_have_the_same_findings_as_in_json_lines(
    company: Path, form: str
) -> None:
    records = plain_cases()
    if form == "columns":
        nested = {"steps", "inputs", "source", "deviations", "cancelled"}
        records = [
            one
            for one in records
            if all(isinstance(v, str) or k in nested for k, v in one.items())
            and not any(isinstance(one.get(key), str) for key in nested)
        ]
    lines = company / FOLDER / "x.jsonl"
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in records)
    lines.write_text(text, encoding="utf-8")
    expected = run(company)
    lines.unlink()
    if form == "whole":
        table = pa.table({"record": text.split("\n"), "loaded_at": [1] * len(records)})
    else:
        keys = sorted({key for one in records for key in one})
        texts = [as_texts(one) for one in records]
        table = pa.table({k: pa.array([one.get(k) for one in texts], pa.string()) for k in keys})
    pq.write_table(table, company / FOLDER / "x.parquet", row_group_size=50)
    found = run(company)
    assert found.records == expected.records == len(records) > 150
    expect = [(c, p, m.replace("x.jsonl", "x.parquet"), line) for c, p, m, line in said(expected)]
    assert said(found) == sorted(expect)
    assert len(expect) > 100


def test_nested_columns_are_records(company: Path) -> None:
    write(company / FOLDER / "x.parquet", several(300, frozenset({0, 17, 299})))
    found = run(company)
    assert [(one.file, one.line, one.column, one.code) for one in found.findings] == [
        (f"{FOLDER}/x.parquet", row, 1, "record/skipped-step") for row in (1, 18, 300)
    ]
    assert found.records == 300


@pytest.mark.parametrize("group", [7, 100, 1000])
def test_pieces_keep_their_rows(company: Path, monkeypatch: pytest.MonkeyPatch, group: int) -> None:
    monkeypatch.setattr(parquet, "_LEAST_ROWS_A_PIECE", 40)
    monkeypatch.setattr(parquet, "_MOST_ROWS", 30)
    bad = frozenset({0, 39, 40, 41, 399, 799})
    path = write(company / FOLDER / "x.parquet", several(800, bad), row_group_size=group)
    assert len(list(cut(company, [f"{FOLDER}/x.parquet"]))) > 5
    found = run(company)
    assert [one.line for one in found.findings] == [n + 1 for n in sorted(bad)]
    assert found.records == 800
    assert run(company, jobs=3) == found
    numbers = [row for row, _ in parquet.read_rows(path, 35, 777)]
    assert numbers == list(range(35, 777))


def test_ids_given_twice_are_found_between_tables_and_lines(company: Path) -> None:
    put(company, "a.json", json.dumps(record(3)).encode())
    write(company / FOLDER / "b.parquet", several(5), row_group_size=2)
    found = run(company)
    assert [(one.line, one.code) for one in found.findings] == [(4, "record/duplicate-case")]
    assert f"already used in {FOLDER}/a.json" in found.findings[0].message


def broken(company: Path, change: str) -> RecordRun:
    path = write(company / FOLDER / "x.parquet", several(2000), compression="none")
    content = bytearray(path.read_bytes())
    if change == "cut off":
        del content[len(content) // 2 :]
    elif change == "empty":
        content.clear()
    elif change == "no footer":
        content[-4:] = b"XXXX"
    elif change == "damaged":
        at = content.find(b"L-1000")
        content[at - 400 : at + 400] = b"\xff" * 800
    path.write_bytes(content)
    return run(company)


@pytest.mark.parametrize("change", ["cut off", "empty", "no footer", "damaged"])
def test_a_damaged_file_is_told(company: Path, change: str) -> None:
    found = broken(company, change)
    assert {one.severity for one in found.findings} == {"error"}
    assert any(one.code.startswith("yaml/") for one in found.findings)


def test_a_damaged_page_is_noticed_by_its_checksum(company: Path) -> None:
    path = write(
        company / FOLDER / "x.parquet",
        several(2000),
        compression="none",
        write_page_checksum=True,
        use_dictionary=False,
    )
    content = path.read_bytes()
    assert b"L-1000" in content
    path.write_bytes(content.replace(b"L-1000", b"L-X000"))
    assert [one.code for one in run(company).findings] == ["yaml/syntax"]


@pytest.mark.parametrize("change", ["is replaced", "vanishes", "shrinks"])
def test_a_file_that_changes_between_its_pieces_is_told(
    company: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path = write(company / FOLDER / "x.parquet", several(100), row_group_size=10)
    monkeypatch.setattr(parquet, "_LEAST_ROWS_A_PIECE", 10)
    other = write(company / "other", several(100))
    chunks = cut(company, [f"{FOLDER}/x.parquet"])
    first = next(chunks)
    assert first.end == 10
    if change == "is replaced":
        other.replace(path)
    elif change == "vanishes":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:200])
    from regelwerk.project.record_chunks import read_chunk

    raws = [raw for chunk in (first, *chunks) for raw in read_chunk(company, chunk)]
    assert any(
        raw.problem is not None
        and ("while it was read" in raw.problem.message or "cannot be read" in raw.problem.message)
        for raw in raws
    )
    assert not any(raw.content for raw in raws)


def judged(company: Path, columns: Mapping[str, pa.Array]) -> list[Diagnostic]:
    pq.write_table(pa.table(dict(columns)), company / FOLDER / "x.parquet")
    return list(run(company).findings)


def test_rows_that_hold_no_record_are_each_told_in_their_row(company: Path) -> None:
    good = json.dumps(record(1)).encode()
    rows = [good, None, b"", b"[]", b"{", b"\xff\xfe", b"\x00", good[:-1] + b' ,"case":"L-2"}']
    found = judged(company, {"record": pa.array(rows, pa.binary())})
    assert {one.line for one in found} == set(range(2, 9))


def test_a_text_that_is_no_json_is_told_with_its_column(company: Path) -> None:
    head = {name: pa.array([record(n)[name] for n in range(3)]) for name in HEAD}
    steps = json.dumps(record(0)["steps"])
    found = judged(company, {**head, "steps": pa.array([steps, steps[:-1], f'{steps},"x":1'])})
    assert [(one.line, one.code, one.path) for one in found] == [
        (2, "yaml/syntax", "$.steps"),
        (3, "yaml/syntax", "$.steps"),
    ]


def test_text_that_is_not_utf8_spoils_only_its_row(company: Path) -> None:
    texts = pa.Array.from_buffers(
        pa.string(),
        2,
        [None, pa.py_buffer(b"\x00\x00\x00\x00\x03\x00\x00\x00\x06\x00\x00\x00"),
         pa.py_buffer(b"L-0L\xff1")],
    )  # fmt: skip
    head = {name: pa.array([record(n)[name] for n in range(2)]) for name in HEAD}
    steps = pa.array([record(n)["steps"] for n in range(2)], pa.list_(STEP))
    found = judged(company, {**head, "case": texts, "steps": steps})
    assert [(one.line, one.code) for one in found] == [(2, "yaml/encoding")]


def test_a_column_that_a_record_does_not_have_is_told(company: Path) -> None:
    columns = {name: pa.array([record(1)[name]]) for name in HEAD}
    columns["steps"] = pa.array([record(1)["steps"]], pa.list_(STEP))
    found = judged(company, {**columns, "x-mine": pa.array([1]), "stat": pa.array(["a"])})
    assert [(one.code, one.path) for one in found] == [("schema/unknown-key", "$.stat")]


def converted(array: pa.Array, name: str = "started") -> list[Any]:
    batch = pa.record_batch([array], names=[name])
    return [json.loads(one).get(name) for one in records_of(batch) if isinstance(one, bytes)]


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array([date(2026, 3, 2)]), ["2026-03-02"]),
        (
            pa.array([datetime(2026, 3, 2, 9, 0, 1, tzinfo=UTC)], pa.timestamp("ns", "UTC")),
            ["2026-03-02T09:00:01.000000Z"],
        ),
        (pa.array([datetime(2026, 3, 2, 9)]), ["2026-03-02T09:00:00.000000"]),  # noqa: DTZ001
        (pa.array([Decimal("12.50"), Decimal("3.00")]), [12.5, 3]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array(["ü漢"], pa.large_string()), ["ü漢"]),
        (pa.array([b"abc"]), ["abc"]),
        (pa.array([1, None, 2**60]), [1, None, 2**60]),
        (pa.array([[("a", 1)], [], None], pa.map_(pa.string(), pa.int64())), [{"a": 1}, {}, None]),
        (
            pa.array([[("a", 1), ("a", 2)]], pa.map_(pa.string(), pa.int64())),
            [[["a", 1], ["a", 2]]],
        ),
        (pa.array([{"a": None}, None]), [{}, None]),
        (pa.array([["a", None], [], None]), [["a", None], [], None]),
    ],
)
def test_values_arrive_as_a_record_has_them(array: pa.Array, expected: list[Any]) -> None:
    assert converted(array) == expected
    assert converted(pa.concat_arrays([array, array]).slice(len(array))) == expected


def test_without_the_extra_a_table_is_an_error_that_says_what_to_install(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(company / FOLDER / "x.parquet", several(3))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError) as caught:
        run(company)
    assert "regelwerk[bulk]" in caught.value.hint
