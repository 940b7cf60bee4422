"""The page of findings in Chromium, from a file: at any width, by day, by night and on paper."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from browser.form_pages import MARKS, drive, quiet
from regelwerk.cli.reports.as_html import page
from regelwerk.diagnostics import CODES, Diagnostic
from word_support import SACRED

pytestmark = [*MARKS, pytest.mark.xdist_group("findings-page")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = [
        Diagnostic(
            code,
            known.severity,
            f"process/a-process-with-a-long-name-{number % 3}/records/{'x' * 60}-{number}.yaml",
            number + 1,
            1,
            f"$.steps[{number}]",
            f"“Decide” (`decide`) was not done as it should be: {SACRED} ({number})",
            "record the step where it was done",
        )
        for code, known in CODES.items()
        if code.startswith("record/")
        for number in range(120 if code == "record/order" else 3)
    ]
    folder = tmp_path_factory.mktemp("findings")
    (folder / "findings.html").write_text(page(found, 40, 12_345), encoding="utf-8")
    (folder / "none.html").write_text(page([], 1, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["findings", "none"])
@pytest.mark.parametrize(("width", "dark"), [(1200, False), (1200, True), (360, True)])
def test_it_reads_well(folder: Path, name: str, width: int, dark: bool) -> None:
    address = (folder / f"{name}.html").as_uri()
    found = drive("auditPage", address=address, folder=folder, width=width, dark=dark)
    quiet(found, address)
    assert found["violations"] == []
    assert found["room"]["page"] <= found["room"]["window"]
    assert found["headings"][0] == "Case records: findings"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")
def test_on_paper_the_numbers_come_first_and_nothing_is_lost(folder: Path) -> None:
    address = (folder / "findings.html").as_uri()
    drive("auditPage", address=address, folder=folder, width=1200, dark=True)
    (pdf,) = folder.glob("*1200-dark.pdf")
    said = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, timeout=60
    ).stdout
    assert "12,345 records in 40 files" in said
    assert said.index("What was found how often") < said.index("record/order")
    assert SACRED in " ".join(said.split())
