"""What LibreOffice makes of every Word file, and how it is run."""

from __future__ import annotations

import io
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from office.office_support import document, needs_office, word_files
from regelwerk.errors import RegelwerkError
from regelwerk.operations import libre_office
from regelwerk.operations.libre_office import to_pdf
from word_support import parts

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def converted() -> dict[str, PdfReader]:
    return {name: PdfReader(io.BytesIO(pdf)) for name, pdf in to_pdf(word_files()).items()}


@needs_office
def test_every_word_file_can_be_laid_out(converted: dict[str, PdfReader]) -> None:
    assert converted.keys() == word_files().keys()
    for name, pdf in converted.items():
        for number, page in enumerate(pdf.pages, start=1):
            width, height = (round(float(x) / 72 * 25.4) for x in page.mediabox[2:])
            assert (width, height) == (210, 297), name
            assert f"Page {number} of {len(pdf.pages)}" in page.extract_text(), name
    # As short as its content: the paper had nine steps; a table of contents only from seven pages.
    assert len(converted["sales-1.3.docx"].pages) <= 6
    for name, pdf in converted.items():
        if not name.endswith("-checklist.docx"):
            has_contents = (
                "_Toc000000001" in parts(word_files()[name])["word/document.xml"].decode()
            )
            assert has_contents == (len(pdf.pages) >= 7), name
    # PDF/A-2b, tagged, in its language.
    for name, pdf in converted.items():
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], name
        assert root["/Lang"].startswith("en"), name
        metadata = root["/Metadata"].get_object().get_data().decode()
        assert re.search(r"pdfaid:part(>|=['\"])2", metadata), name
        assert re.search(r"pdfaid:conformance(>|=['\"])B", metadata), name


@needs_office
def test_two_runs_at_a_time_do_not_disturb_each_other() -> None:
    one = {"one.docx": document("complaints-1.9")}
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(to_pdf, (one, one))
    assert first.keys() == second.keys() == {"one.docx"}


@needs_office
def test_what_is_no_word_file_is_left_out_and_the_rest_is_made() -> None:
    made = to_pdf({"no.docx": b"PK\x03\x04 no", "yes.docx": document("complaints-1.9")})
    assert "yes.docx" in made


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_an_office_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = tmp_path / "soffice"
    stand_in.write_text("#!/bin/sh\nsleep 60\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(libre_office, "find_office", lambda: stand_in)
    monkeypatch.setattr(libre_office, "_START", 0.2)
    monkeypatch.setattr(libre_office, "_EACH", 0)
    with pytest.raises(RegelwerkError, match="was stopped"):
        to_pdf({"a.docx": b""})


def test_without_an_office_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libre_office, "find_office", lambda: None)
    with pytest.raises(RegelwerkError) as caught:
        to_pdf({"a.docx": b""})
    assert "libreoffice-writer" in caught.value.hint
