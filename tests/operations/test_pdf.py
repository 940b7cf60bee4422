"""PDF beside the Word files: made when asked for, kept while they fit, never left out of date."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from examples_support import BASE
from office.office_support import CONTRACT, needs_office
from regelwerk.artifacts.office.contents import entries_of
from regelwerk.errors import RegelwerkError
from regelwerk.operations import pdf
from regelwerk.operations.build import build
from regelwerk.operations.build_result import BuildResult
from word_support import REPOSITORY, parts

ONLY = ("document", "checklist")


class Office:
    """A stand-in for LibreOffice: every page of a document holds two headings."""

    def __init__(self, *, pages: int = 0) -> None:
        self.pages = pages
        self.asked: list[list[str]] = []

    def to_pdf(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        if files:
            self.asked.append(sorted(files))
        return {name: self._laid_out(content) for name, content in files.items()}

    def _laid_out(self, content: bytes) -> bytes:
        entries = entries_of(content, "")
        writer = PdfWriter()
        for _ in range(self.pages or max(len(entries) // 2 + 1, 1)):
            writer.add_blank_page(width=100, height=100)
        for place, text in enumerate(entries):
            page = min(place // 2, len(writer.pages) - 1)
            writer.add_outline_item(title=f"{place + 1} {text}", page_number=page)
        target = io.BytesIO()
        writer.write(target)
        # As with the real one, no two files are alike.
        return target.getvalue() + b"%" * len(self.asked)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    office = Office()
    monkeypatch.setattr(pdf, "to_pdf", office.to_pdf)
    return office


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / CONTRACT, tmp_path / "project")
    return tmp_path / "project"


def made(project: Path, *, with_pdf: bool = True, kinds: tuple[str, ...] = ONLY) -> BuildResult:
    return build(project, (), kinds, None, lambda _: date(2026, 1, 1), with_pdf=with_pdf)


def shown(content: bytes) -> list[str]:
    xml = parts(content)["word/document.xml"].decode()
    field = r'PAGEREF \w+ \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    return re.findall(rf"{field}<w:r><w:t[^>]*>(\d+)<", xml)


def test_documents_and_checklists_come_as_pdf_too(project: Path, office: Office) -> None:
    result = made(project)
    assert result.exit_code == 0
    words = sorted(path for path in result.written if path.endswith(".docx"))
    pdfs = sorted(path for path in result.written if path.endswith(".pdf"))
    assert pdfs == [path.replace(".docx", ".pdf") for path in words]
    assert office.asked == [words]
    assert len(result.written) == len(set(result.written))


def test_a_second_build_does_nothing_although_no_pdf_is_like_another(
    project: Path, office: Office
) -> None:
    made(project)
    again = made(project)
    assert (again.written, again.removed) == ((), ())
    assert len(office.asked) == 1


def test_page_numbers_come_from_the_outline_and_stay(project: Path, office: Office) -> None:
    made(project)
    path = project / "build/complaints/1.10/document.docx"
    numbers = [str(place // 2 + 1) for place in range(len(entries_of(path.read_bytes(), "")))]
    assert shown(path.read_bytes()) == numbers
    plain = made(project, with_pdf=False)
    assert plain.written == ()
    assert shown(path.read_bytes()) == numbers
    assert office.asked


def test_without_being_asked_for_there_is_no_pdf_and_no_number(project: Path) -> None:
    made(project, with_pdf=False)
    assert not list((project / "build").rglob("*.pdf"))
    assert shown((project / "build/complaints/1.10/document.docx").read_bytes()) == []


def test_a_document_that_turns_out_short_loses_its_table(project: Path, office: Office) -> None:
    office.pages = 6
    made(project)
    content = (project / "build/complaints/1.10/document.docx").read_bytes()
    assert entries_of(content, "") == ()
    assert len(office.asked) == 2
    assert made(project).written == ()


def test_a_document_that_turns_out_long_gets_one(project: Path, office: Office) -> None:
    office.pages = 7
    made(project)
    content = (project / "build/tool-release/1.0/document.docx").read_bytes()
    assert len(shown(content)) == len(entries_of(content, "")) > 5


@pytest.mark.usefixtures("office")
def test_a_pdf_of_an_older_text_does_not_stay(project: Path) -> None:
    made(project)
    definition = project / "process/complaints/process.yaml"
    text = definition.read_text(encoding="utf-8")
    definition.write_text(
        re.sub(r"(?m)^title: .*$", "title: Other title", text, count=1), encoding="utf-8"
    )
    result = made(project, with_pdf=False)
    assert "complaints/draft/document.pdf" in result.removed
    assert not (project / "build/complaints/draft/document.pdf").exists()
    assert (project / "build/complaints/1.10/document.pdf").exists()
    assert shown((project / "build/complaints/1.10/document.docx").read_bytes())
    assert "complaints/draft/document.pdf" in made(project).written


@pytest.mark.usefixtures("office")
def test_the_handbook_offers_the_pdf(project: Path) -> None:
    made(project, kinds=(*ONLY, "handbook"))
    pages = project / "build/handbook"
    assert any("complaints-1.10-document.pdf)" in p.read_text("utf-8") for p in pages.rglob("*.md"))
    assert list((project / "build/handbook").rglob("complaints-1.10-document.pdf"))


@pytest.mark.usefixtures("office")
def test_a_version_that_is_gone_takes_its_pdf_with_it(project: Path) -> None:
    made(project)
    shutil.rmtree(project / "process/tool-release")
    made(project, with_pdf=False)
    assert not (project / "build/tool-release").exists()


def test_without_libre_office_everything_else_is_built_and_the_message_helps(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regelwerk.operations.libre_office.find_office", lambda: None)
    result = made(project)
    assert result.exit_code == 1
    said = "\n".join(result.sentences())
    assert "LibreOffice, which makes the PDF, was not found" in said
    assert "apt install libreoffice-writer" in said
    assert (project / "build/complaints/1.10/document.docx").exists()


def test_what_cannot_be_laid_out_is_named_and_the_rest_is_made(
    project: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = "complaints/1.10/document.docx"

    def to_pdf(files: Mapping[str, bytes]) -> dict[str, bytes]:
        return {name: pdf for name, pdf in office.to_pdf(files).items() if name != lost}

    monkeypatch.setattr(pdf, "to_pdf", to_pdf)
    result = made(project)
    assert [failure.what for failure in result.failures] == ["complaints/1.10/document.pdf"]
    assert "complaints/draft/document.pdf" in result.written


def test_an_office_that_fails_leaves_no_pdf_behind_and_no_word_file_out(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_files: Mapping[str, bytes]) -> dict[str, bytes]:
        raise RegelwerkError("LibreOffice was stopped")

    monkeypatch.setattr(pdf, "to_pdf", fails)
    result = made(project)
    assert [failure.message for failure in result.failures] == ["LibreOffice was stopped"]
    assert not list((project / "build").rglob("*.pdf"))


@pytest.mark.office
@needs_office
def test_the_numbers_are_the_pages_on_which_the_headings_are(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(REPOSITORY, ("sales",), ONLY, out, lambda _: date(2026, 12, 1), with_pdf=True)
    content = (out / "sales/draft/document.docx").read_bytes()
    pages = [p.extract_text() for p in PdfReader(out / "sales/draft/document.pdf").pages]
    entries = entries_of(content, "")
    numbers = [int(number) for number in shown(content)]
    assert len(numbers) == len(entries) > 20
    assert numbers == sorted(numbers)
    # A heading stands on its page without dots behind it, other than in the table of contents.
    for text, number in zip(entries, numbers, strict=True):
        on = [n for n, page in enumerate(pages, 1) if _has_line(page, text)]
        assert number in on, (text, number, on)


def _has_line(page: str, text: str) -> bool:
    joined = " ".join(page.split())
    return re.search(rf"{re.escape(text)}(?! ?\.\.)", joined) is not None


def test_the_base_of_the_examples_is_too_short_for_a_table(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "project")
    made(tmp_path / "project", with_pdf=False)
    for path in (tmp_path / "project/build").rglob("document.docx"):
        assert entries_of(path.read_bytes(), "") == ()
