"""What a built handbook tells beside the definitions, and what it never tells."""

from __future__ import annotations

import json
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from examples_support import BASE
from regelwerk.operations.build import build
from regelwerk.operations.courses import MIN_CASES

NAMES = ("Secret Customer", "secret.person", "Secret Remark", "SECRET-CASE")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    return root


def keep(project: Path, count: int) -> None:
    """As many cases, each with an amount that is told apart from all others."""
    folder = project / "process/example/records"
    folder.mkdir(exist_ok=True)
    cases = [
        {
            "process": "example",
            "version": "1.0",
            "case": f"SECRET-CASE-{number}",
            "subject": "Secret Customer",
            "status": "open",
            "started": "2025-03-03",
            "steps": [
                {
                    "step": "receive",
                    "by": "secret.person",
                    "completed": "2025-03-04",
                    "fields": {"amount": 8071},
                    "remarks": "Secret Remark",
                },
                {"step": "answer", "by": "secret.person", "completed": "2025-03-05"},
            ],
        }
        for number in range(count)
    ]
    text = "".join(json.dumps(case) + "\n" for case in cases)
    (folder / "cases.jsonl").write_text(text, "utf-8")


def handbook(project: Path) -> dict[str, str]:
    build(project, (), ("handbook",), None, lambda _zone: date(2026, 11, 24))
    folder = project / "build/handbook"
    return {
        path.relative_to(folder).as_posix(): unescape(path.read_text("utf-8", "replace"))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_nothing_of_a_single_case_is_told_anywhere(project: Path) -> None:
    keep(project, MIN_CASES)
    pages = handbook(project)
    assert {"clauses.md", "news.md", "feed.xml", "processes/example.md"} <= pages.keys()
    for path, text in pages.items():
        assert not [name for name in NAMES if name in text], path
        assert "8071" not in text, f"{path}: the amount of each case"


def test_figures_are_told_from_the_smallest_group_on(project: Path) -> None:
    keep(project, MIN_CASES - 1)
    few = handbook(project)
    assert not [path for path, text in few.items() if "16,142" in text or "16142" in text]
    assert f"records: fewer than {MIN_CASES}" in few["clauses.md"]
    keep(project, MIN_CASES)
    enough = handbook(project)
    assert "24,213" in "".join(enough.values()), "the sum of all amounts"
    assert f"records: {MIN_CASES}" in enough["clauses.md"]


def test_the_clauses_of_the_built_handbook_are_those_of_the_coverage(project: Path) -> None:
    page = handbook(project)["clauses.md"]
    assert "## ISO 9001:2015 + Amd 1:2024" in page
    assert "[3 Answer the request](processes/example.md#step-answer)" in page
    assert '<span class="hb-found">Found</span> [Answer a request](processes/example.md)' in page


def test_an_address_in_mkdocs_yml_reaches_the_feed_and_feedback_every_page(project: Path) -> None:
    assert "<link>urn:uuid:" in handbook(project)["feed.xml"]
    config = 'site_url: "https://example.com/h/"\nextra: {feedback: quality@example.com}\n'
    (project / "mkdocs.yml").write_text(config, "utf-8")
    pages = handbook(project)
    assert "<link>https://example.com/h/processes/example/</link>" in pages["feed.xml"]
    assert "mailto:quality@example.com?subject=" in pages["processes/example.md"]


def test_a_catalogue_of_the_projects_own_is_told_as_soon_as_it_is_there(project: Path) -> None:
    handbook(project)
    folder = project / "schemas/clauses"
    folder.mkdir(parents=True)
    own = {"standard": "ISO 9001:2015", "clauses": {"8": "Ours", "8.2": "Two", "8.2.1": "Three"}}
    (folder / "own.json").write_text(json.dumps(own), "utf-8")
    assert "### 8 Ours" in handbook(project)["clauses.md"]
