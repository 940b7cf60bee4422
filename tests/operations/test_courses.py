"""Key figures in the handbook: drawn from the records, rebuilt with them, nothing personal."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from examples_support import BASE
from regelwerk.operations.build import build
from regelwerk.operations.build_result import BuildResult

PAGE = "build/handbook/processes/example.md"
DAY = date(2026, 11, 24)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    (tmp_path / "project/process/example/records").mkdir()
    return tmp_path / "project"


def keep(root: Path, count: int, year: int = 2025, name: str = "cases.jsonl") -> None:
    lines = [
        json.dumps(
            {
                "process": "example",
                "version": "1.0",
                "case": f"{name[0]}-{number}",
                "subject": "Secret Customer",
                "status": "open",
                "started": f"{year}-03-03",
                "steps": [
                    {
                        "step": "receive",
                        "by": "anna.clerk",
                        "completed": f"{year}-03-04",
                        "fields": {"amount": 12},
                    }
                ],
            }
        )
        for number in range(count)
    ]
    (root / "process/example/records" / name).write_text("\n".join(lines), encoding="utf-8")


def make(root: Path) -> BuildResult:
    return build(root, (), ("handbook",), None, lambda _zone: DAY)


def page(root: Path) -> str:
    result = make(root)
    assert not result.failures
    return (root / PAGE).read_text("utf-8")


def test_the_page_draws_every_figure_that_has_a_value(root: Path) -> None:
    keep(root, 4)
    text = page(root)
    assert text.count('class="hb-course"') == 2
    assert "2025&#58; 4; 2026&#58; 0, the period is not over" in text
    assert "2025&#58; 48 EUR" in text
    for personal in ("Secret", "anna", "Anna"):
        assert personal not in text[text.index('class="hb-course"') :].split("</figure>")[0]


def test_numbers_of_a_few_cases_are_not_shown(root: Path) -> None:
    keep(root, 2)
    assert "2025&#58; too few cases to be shown" in page(root)


def test_a_new_record_makes_the_page_anew_and_nothing_new_makes_nothing(root: Path) -> None:
    keep(root, 4)
    make(root)
    assert make(root).written == ()
    keep(root, 3, name="more.jsonl")
    assert "2025&#58; 7" in page(root)


def test_records_that_cannot_be_read_never_stop_the_handbook(root: Path) -> None:
    keep(root, 3)
    records = root / "process/example/records"
    (records / "broken.yaml").write_bytes(b"\x00\xff: [")
    (records / "odd.json").write_text('{"process": ["example"]}', "utf-8")
    keep(root, 1, year=1, name="ancient.jsonl")
    (records / "ancient.jsonl").write_text(
        (records / "ancient.jsonl").read_text("utf-8").replace('"1-', '"0001-'), "utf-8"
    )
    assert "2025&#58; 3" in page(root)


def test_the_same_records_and_day_give_the_same_bytes(root: Path) -> None:
    keep(root, 4)
    first = page(root)
    shutil.rmtree(root / "build")
    assert page(root) == first
