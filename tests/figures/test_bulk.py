"""DuckDB's figures equal those of the reference, whatever the records hold."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from figures.random_cases import record
from figures.support import BERLIN, process
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.figures.bulk import sources
from regelwerk.figures.bulk.engine import Bulk
from regelwerk.figures.bulk.sources import files_in
from regelwerk.figures.compute import Window, figures_of, measures_of
from regelwerk.figures.measure import Ratio
from regelwerk.figures.reference import JudgedCase, Reference
from regelwerk.figures.tally import Engine
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.figure import Figure
from regelwerk.records.reading import read_case

CALENDAR = BusinessCalendar("DE")
SHOWN = {
    "c": {"count": "cases"},
    "c-step": {"count": {"step": "meet"}},
    "c-end": {"count": {"end": "delivered"}},
    "c-option": {"count": {"option": "decide.yes"}},
    "s-step": {"share": {"where": {"option": "decide.yes"}, "of": {"step": "meet"}}},
    "s-cases": {"share": {"where": {"end": "delivered"}, "of": "cases"}},
    "s-end": {"share": {"where": {"step": "deliver"}, "of": {"end": "refused"}}},
    "sum": {"sum": {"field": "meet.cost"}},
    "rate": {"conformance_rate": {}},
    "ratio": {"ratio": {"of": "sum", "per": "c-end"}},
}
KPIS: list[dict[str, Any]] = [
    *({"id": id_, "measure": measure} for id_, measure in SHOWN.items()),
    *(
        {
            "id": f"t-{kind}-{unit}-{first}-{last}",
            "measure": {"time": {"from": first, "to": last}},
            "aggregate": kind,
            "unit": unit,
        }
        for kind, unit, first, last in (
            ("median", "d", "meet", "decide"),
            ("p90", "BD", "start", "end"),
            ("mean", "h", "start", "deliver"),
            ("max", "min", "meet", "end"),
            ("p90", "h", "meet", "decide"),
            ("median", "BD", "decide", "meet"),
        )
    ),
]
PROCESS = process(*KPIS)
MEASURES = measures_of(PROCESS, ())
DIRECT = [measure for measure in MEASURES.values() if not isinstance(measure, Ratio)]


def write_lines(path: Path, records: Sequence[object]) -> Path:
    lines = [
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records
    ]
    content = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def first_of_each(records: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for data in records:
        case = data.get("case")
        if data["process"] == "p" and not (isinstance(case, str) and case in seen):
            seen |= {case} if isinstance(case, str) else set()
            yield data


def departures(records: Sequence[dict[str, Any]]) -> set[str]:
    return {data["case"] for data in records if str(data.get("case")).endswith(("3", "7"))}


def bulk(*files: Path, until: date = date(2026, 12, 31), faults: set[str] | None = None) -> Bulk:
    return Bulk(files, "p", DIRECT, "Europe/Berlin", CALENDAR, until, faults)


def reference(records: Sequence[dict[str, Any]], until: date, faults: set[str] | None) -> Reference:
    cases = [read_case(data) for data in first_of_each(records)]
    judged = [
        JudgedCase(
            case, None if faults is None else case.case is not None and case.case not in faults
        )
        for case in cases
    ]
    return Reference(judged, BERLIN, CALENDAR, until)


def told(engine: Engine, window: Window) -> list[Figure]:
    return list(figures_of(PROCESS, MEASURES, engine, window))


def assert_equal(ours: list[Figure], theirs: list[Figure]) -> None:
    for one, other in zip(ours, theirs, strict=True):
        assert (one.id, one.undated, one.pending) == (other.id, other.undated, other.pending)
        for cell, twin in zip(one.cells, other.cells, strict=True):
            same = (cell.value is None) == (twin.value is None)
            if same and cell.value is not None and twin.value is not None:
                same = math.isclose(cell.value, twin.value, rel_tol=1e-12, abs_tol=1e-9)
            assert same, (one.id, cell, twin)
            assert (cell.cases, cell.missing) == (twin.cases, twin.missing), (one.id, cell, twin)


@pytest.mark.parametrize("seed", range(6))
def test_json_lines_and_parquet_give_what_the_reference_gives(seed: int, tmp_path: Path) -> None:
    random = Random(seed)  # noqa: S311
    records = [record(random, number) for number in range(400)]
    lines = write_lines(tmp_path / "a.jsonl", records)
    until = date(2026, 5, 17) if seed % 2 else date(2026, 12, 31)
    faults = departures(records) if seed % 3 else None
    kind = ("month", "quarter", "year", None)[seed % 4]
    window = Window(as_of=until, kind=kind, first=date(2025, 9, 1) if kind else date(2026, 1, 15))
    expected = told(reference(records, until, faults), window)
    assert sum(cell.value is not None for figure in expected for cell in figure.cells) >= 15
    engine = bulk(lines, until=until, faults=faults)
    assert_equal(told(engine, window), expected)
    assert engine.cases == len(list(first_of_each(records)))
    assert engine.unreadable == 0
    table = tmp_path / "a.parquet"
    columns = ", ".join(f"{name!r}: 'JSON'" for name in (*sources.HEADS, "steps"))
    duckdb.sql(
        f"COPY (SELECT * FROM read_json('{lines}', format = 'newline_delimited', "
        f"columns = {{{columns}}})) TO '{table}'"
    )
    assert_equal(told(bulk(table, until=until, faults=faults), window), expected)


def test_the_first_day_is_found_as_by_the_reference(tmp_path: Path) -> None:
    random = Random(99)  # noqa: S311
    records = [record(random, number) for number in range(200)]
    lines = write_lines(tmp_path / "a.jsonl", records)
    window = Window(as_of=date(2026, 6, 30))
    assert_equal(
        told(bulk(lines, until=window.as_of), window),
        told(reference(records, window.as_of, None), window),
    )


PLAIN = {
    "process": "p",
    "case": "A",
    "status": "closed",
    "started": "2026-01-05",
    "closed": "2026-02-05",
    "end": "delivered",
    "steps": [{"step": "meet", "completed": "2026-01-06", "fields": {"cost": 5}}],
}


def value(engine: Engine, id_: str, as_of: date = date(2026, 12, 31)) -> float | None:
    found = {figure.id: figure for figure in told(engine, Window(as_of=as_of, kind="year"))}
    return found[id_].cells[-1].value


def test_a_table_with_nested_columns_is_read_like_the_lines(tmp_path: Path) -> None:
    table = tmp_path / "nested.parquet"
    write_lines(tmp_path / "a.jsonl", [PLAIN, {**PLAIN, "case": "B"}])
    duckdb.sql(f"COPY (SELECT * FROM read_json('{tmp_path / 'a.jsonl'}')) TO '{table}'")
    types = {row[0]: row[1] for row in duckdb.sql(f"DESCRIBE FROM '{table}'").fetchall()}
    assert (types["started"], types["steps"][:6]) == ("DATE", "STRUCT")
    engine = bulk(table)
    assert (value(engine, "c"), value(engine, "sum"), value(engine, "c-end")) == (2, 10, 2)


def test_bad_lines_are_counted_and_cost_no_other_line(tmp_path: Path) -> None:
    lines = write_lines(
        tmp_path / "a.jsonl",
        [PLAIN, '{"process": "p", "case":', "", "[1, 2]", "nonsense", {**PLAIN, "case": "B"}],
    )
    with lines.open("ab") as file:
        file.write(b'{"process": "p", "case": "\xff"}\n')
        file.write(b'\x00\n{"process": "p", "case": "C", "started": "2026-01-05"')
    engine = bulk(lines)
    assert (engine.cases, engine.unreadable) == (2, 6)


def test_keys_of_a_wrong_type_do_not_hide_the_rest_of_the_line(tmp_path: Path) -> None:
    odd = {**PLAIN, "case": "B", "steps": "none", "status": 7, "x": {"y": [1]}, "started": []}
    engine = bulk(write_lines(tmp_path / "a.jsonl", [odd, PLAIN]))
    assert (engine.cases, engine.unreadable) == (2, 0)
    assert (value(engine, "c"), value(engine, "sum")) == (1, 5)


def test_of_a_case_told_twice_the_first_counts_over_all_files(tmp_path: Path) -> None:
    later = {**PLAIN, "started": "2025-01-01", "steps": []}
    one = write_lines(tmp_path / "a.jsonl", [PLAIN])
    two = write_lines(tmp_path / "b.jsonl.gz", [later, {**later, "case": "B"}])
    engine = bulk(*files_in([tmp_path]))
    assert files_in([two, one, tmp_path]) == (one, two)
    assert (engine.cases, engine.records) == (2, 3)
    assert value(engine, "sum") == 5


def test_of_an_erased_case_nobody_can_tell_whether_it_conformed(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", [{**PLAIN, "case": case} for case in "ABCD"])
    until = date(2026, 12, 31)
    engine = Bulk([lines], "p", DIRECT, "Europe/Berlin", CALENDAR, until, {"A"}, {"B", "C"})
    (rate,) = (one for one in told(engine, Window(as_of=until, kind="year")) if one.id == "rate")
    assert (rate.cells[-1].value, rate.cells[-1].cases, rate.cells[-1].missing) == (50, 2, 2)


def test_nothing_of_the_process_gives_nothing(tmp_path: Path) -> None:
    engine = bulk(write_lines(tmp_path / "a.jsonl", [{**PLAIN, "process": "q"}]))
    assert (engine.cases, engine.unreadable, value(engine, "c")) == (0, 0, 0)


def test_a_file_that_loses_lines_while_it_is_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = write_lines(tmp_path / "a.jsonl", [PLAIN, PLAIN])
    monkeypatch.setattr("regelwerk.figures.bulk.engine.line_count", lambda _files: 3)
    with pytest.raises(RegelwerkError, match="2 of 3 lines"):
        bulk(lines)


def test_a_file_that_is_no_table_is_an_error_and_not_an_empty_figure(tmp_path: Path) -> None:
    broken = tmp_path / "a.parquet"
    broken.write_bytes(b"PAR1 but not really")
    with pytest.raises(RegelwerkError, match="cannot be measured"):
        bulk(broken)


def test_a_place_without_records_or_with_a_pattern_for_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no records"):
        files_in([tmp_path])
    write_lines(tmp_path / "a[1].jsonl", [PLAIN])
    with pytest.raises(UsageError, match="pattern"):
        files_in([tmp_path])
