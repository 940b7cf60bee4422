"""Generated files say what they are, and whether they still are as they were made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache

import pytest

from regelwerk.archive.refused import ArchiveRefusedError
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.artifacts.document.render import render_document
from regelwerk.artifacts.marks.marks import Marks
from regelwerk.artifacts.marks.pdf import marks_of_pdf, with_pdf_marks
from regelwerk.artifacts.marks.read import marks_of
from regelwerk.artifacts.office.contents import entries_of, with_page_numbers, without_page_numbers
from regelwerk.model.context import BuildContext
from regelwerk.operations.kinds import KINDS
from word_support import contexts, house_templates, long_context


@cache
def context() -> BuildContext:
    return contexts(".", "sales")["1.3"]


@cache
def made(kind: str) -> bytes:
    found = next(one for one in KINDS if one.name == kind)
    return next(iter(found.render(context(), house_templates()))).content


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["document", "checklist", "workbook", "webform"])
def test_every_file_says_what_it_is_and_is_intact(kind: str) -> None:
    marks = marks_of(made(kind))
    assert marks is not None
    assert (marks.kind, marks.process, marks.version) == (kind, "sales", "1.3")
    assert marks.digest == context().verdict.digest
    assert re.fullmatch("[0-9a-f]{64}", marks.build)
    assert marks.intact is True


def test_no_two_kinds_share_a_build_digest() -> None:
    kinds = ("document", "checklist", "workbook", "webform")
    assert len({marks.build for kind in kinds if (marks := marks_of(made(kind)))}) == len(kinds)


@pytest.mark.parametrize("kind", ["document", "checklist"])
def test_the_short_form_stands_in_the_footer_of_every_page(kind: str) -> None:
    marks = marks_of(made(kind))
    assert marks is not None
    footers = [content for name, content in parts(made(kind)).items() if "footer" in name]
    assert footers
    for footer in footers:
        text = re.sub(rb"<[^>]*>", b"", footer).decode()
        assert f"Sales process 1.3 · {marks.digest[7:19]} · {marks.build[:12]}" in text


def test_a_container_packed_anew_is_intact_but_no_changed_letter_is() -> None:
    files = parts(made("document"))
    again = marks_of(packed(dict(reversed(files.items()))))
    assert again == marks_of(made("document"))
    for name, content in files.items():
        if name.startswith("[") or not content:
            continue
        changed = marks_of(packed({**files, name: content[:-2] + b" " + content[-2:]}))
        assert changed is None or changed.intact is False, name


def test_a_part_added_or_taken_away_is_a_change() -> None:
    files = parts(made("document"))
    more = marks_of(packed({**files, "word/more.bin": b"x"}))
    assert more is not None
    assert more.intact is False
    less = marks_of(packed({name: c for name, c in files.items() if "theme" not in name}))
    assert less is not None
    assert less.intact is False


def test_a_changed_page_is_not_intact() -> None:
    page = made("webform")
    for changed in (
        page.replace(b"<h1>", b"<h1>x", 1),
        page + b"\n",
        page.replace(b"version=1.3", b"version=1.4", 1),
    ):
        marks = marks_of(changed)
        assert marks is not None
        assert marks.intact is False


def test_page_numbers_are_part_of_what_is_stated() -> None:
    plain = render_document(long_context(), house_templates(), contents=True).content
    numbered = with_page_numbers(plain, dict.fromkeys(range(len(entries_of(plain, ""))), 7), "")
    before, after = marks_of(plain), marks_of(numbered)
    assert before is not None
    assert after is not None
    assert before.intact
    assert after.intact
    assert before.build != after.build
    assert without_page_numbers(numbered, "") == plain


def test_what_says_nothing_of_itself_has_no_marks() -> None:
    assert marks_of(b"") is None
    assert marks_of(b"<!doctype html><title>x</title>") is None
    assert marks_of(packed({"word/document.xml": b"<w/>"})) is None
    assert marks_of(b"%PDF-1.7\n%%EOF\n") is None


def test_an_archive_that_plays_tricks_is_refused() -> None:
    with pytest.raises(ArchiveRefusedError):
        marks_of(packed({"docProps/custom.xml": b" " * 100, "../x": b""}))


PDF = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n2 0 obj\n<</Title<FEFF0053>\n"
    b"/Producer(x)>>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n"
    b"0000000042 00000 n \ntrailer\n<</Size 3/Root 1 0 R\n/Info 2 0 R\n/ID [<00><00>]\n>>\n"
    b"startxref\n100\n%%EOF\n"
)
MARKS = Marks(kind="document", process="sales", version="1.3", digest="sha256:ab", build="cd")


def test_a_pdf_is_marked_behind_what_it_was() -> None:
    marked = with_pdf_marks(PDF, MARKS)
    assert marked.startswith(PDF)
    found = marks_of_pdf(marked)
    assert found is not None
    assert (found.kind, found.process, found.version) == ("pdf of a document", "sales", "1.3")
    assert (found.digest, found.build, found.intact) == ("sha256:ab", "cd", None)
    from pypdf import PdfReader

    information = PdfReader(io.BytesIO(marked), strict=True).metadata
    assert information is not None
    assert str(information["/RegelwerkVersion"]) == "1.3"
    assert information.title == "S"


@pytest.mark.parametrize("change", [lambda pdf: pdf + b"more", lambda pdf: pdf[:-20]])
def test_a_pdf_with_another_end_stays_as_it_is(change: Callable[[bytes], bytes]) -> None:
    assert with_pdf_marks(change(PDF), MARKS) == change(PDF)


def test_workbook_and_form_of_a_case_are_intact_too() -> None:
    record = {"case": "S-1", "steps": []}
    for content in (
        render_checklist(context(), house_templates(), record).content,
        render_workbook(context(), record).content,
    ):
        marks = marks_of(content)
        assert marks is not None
        assert marks.intact
