"""The first page of an audit pack in Chromium, from a file: for everybody, at any width."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from browser.form_pages import MARKS, drive, quiet
from regelwerk.operations.audit_pack import PackWish, audit_pack

pytestmark = [*MARKS, pytest.mark.xdist_group("audit-page")]


@pytest.fixture(scope="module")
def unpacked(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    contract = repository / "tests/examples/contract"
    made = audit_pack(contract, PackWish(), folder / "a.zip", lambda _: date(2026, 1, 1))
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1200, 360])
def test_it_reads_well_and_leads_only_to_what_is_there(
    unpacked: Path, width: int, dark: bool
) -> None:
    address = (unpacked / "index.html").as_uri()
    found = drive("auditPage", address=address, folder=unpacked, width=width, dark=dark)
    quiet(found, address)
    assert found["violations"] == []
    assert found["room"]["page"] <= found["room"]["window"]
    assert found["headings"][0] == "Audit pack"
    assert len(found["links"]) > 100
    for link in found["links"]:
        assert link["there"], link
        assert Path(unquote(urlsplit(link["href"]).path)).is_file(), link


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")
def test_on_paper_nothing_is_lost(unpacked: Path) -> None:
    address = (unpacked / "index.html").as_uri()
    drive("auditPage", address=address, folder=unpacked, width=1200, dark=True)
    pdf = unpacked / "audit-1200-dark.pdf"
    said = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, timeout=60
    ).stdout
    for words in ("Versions and approvals", "C-2025-0001", "Check it yourself"):
        assert words in said
