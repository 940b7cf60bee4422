"""Which steps were done in each case, whatever the records are written in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from regelwerk.operations.steps_done import steps_done


def record(case: object, *steps: str, **more: Any) -> dict[str, Any]:
    entries = [{"step": step} for step in steps]
    return {"process": "one", "case": case, "steps": entries, **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "process/one/records"
    path.mkdir(parents=True)
    return path


def done(folder: Path, *processes: str) -> dict[str, tuple[frozenset[str], ...]]:
    return steps_done(folder.parents[2], processes or ("one",))


def test_every_form_of_record_counts(folder: Path) -> None:
    (folder / "a.yaml").write_text(
        "process: one\ncase: A\nsteps: [{step: x}, {step: x}]\n", "utf-8"
    )
    (folder / "b.yaml").write_text("process: one\ncase: &b B\nsteps: [{step: !!str y}]\n", "utf-8")
    (folder / "c.json").write_text(json.dumps(record("C", "x", "z")), "utf-8")
    lines = "\n".join(json.dumps(record(case, "w")) for case in ("D", "E")) + "\n"
    (folder / "d.jsonl").write_text(lines, "utf-8")
    (folder / "f.jsonl.gz").write_bytes(gzip.compress(json.dumps(record("F", "v")).encode()))
    found = done(folder)["one"]
    assert [sorted(steps) for steps in found] == [["x"], ["x", "z"], ["w"], ["w"], ["v"]], (
        "b.yaml has a tag, which no record may have"
    )


def test_of_equal_case_ids_the_first_counts(folder: Path) -> None:
    lines = [record("A", "x"), record("A", "y"), record("", "z"), record(None, "z")]
    (folder / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    assert [sorted(steps) for steps in done(folder)["one"]] == [["x"], ["z"], ["z"]]


def test_an_erased_record_shows_nothing_any_more(folder: Path) -> None:
    stone = record("A", erased={"on": "2026-01-01", "by": "x", "reason": "over", "sha256": "0"})
    (folder / "a.json").write_text(json.dumps(stone), "utf-8")
    assert done(folder) == {}


@pytest.mark.parametrize(
    "text", ["[", "[]", '{"process": 1}', '{"process": "two", "case": "A", "steps": []}', "\x00"]
)
def test_what_is_no_record_of_the_process_counts_nowhere(folder: Path, text: str) -> None:
    (folder / "a.json").write_text(text, "utf-8")
    assert done(folder) == {}


@pytest.mark.parametrize("steps", [None, {}, "x", [None, "x", {}, {"step": 1}]])
def test_steps_that_cannot_be_read_were_not_done(folder: Path, steps: object) -> None:
    (folder / "a.json").write_text(json.dumps(record("A") | {"steps": steps}), "utf-8")
    assert done(folder) == {"one": (frozenset(),)}


def test_nothing_is_read_where_nobody_asks(folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps(record("A", "x")), "utf-8")
    assert done(folder, "two") == {}
    assert steps_done(folder.parents[2], ()) == {}
