"""The redline: accepting every tracked change gives the new document, rejecting all the old one."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from regelwerk.artifacts.document import render_document
from regelwerk.errors import MissingExtraError
from regelwerk.model.context import BuildContext
from regelwerk.model.process import Step
from revisions_support import accepted, lines, rejected
from word_support import (
    SACRED,
    W,
    contexts,
    headers,
    house_templates,
    lint,
    parts,
    sacred_context,
)

pytest.importorskip("python_redlines")

from regelwerk.artifacts.comparison.redline import redline

DOCUMENT = "word/document.xml"
CONTRACT = "tests/examples/contract"


def render(context: BuildContext) -> bytes:
    return render_document(context, house_templates()).content


def with_steps(context: BuildContext, steps: tuple[Step, ...]) -> BuildContext:
    process = msgspec.structs.replace(context.definition.process, steps=steps)
    definition = msgspec.structs.replace(context.definition, process=process)
    return msgspec.structs.replace(context, definition=definition)


def sales() -> tuple[bytes, bytes]:
    found = contexts(".", "sales")
    return render(found["1.3"]), render(found["draft"])


def complaints() -> tuple[bytes, bytes]:
    found = contexts(CONTRACT, "complaints")
    return render(found["1.9"]), render(found["draft"])


def moved() -> tuple[bytes, bytes]:
    """The third step goes to the front, so that whole sections change their places."""
    draft = contexts(".", "sales")["draft"]
    first, second, third, *others = draft.definition.process.steps
    return render(draft), render(with_steps(draft, (third, first, second, *others)))


def sacred() -> tuple[bytes, bytes]:
    context, _ = sacred_context()
    reworded = msgspec.structs.replace(context.definition.process, purpose=f"{SACRED} anew")
    definition = msgspec.structs.replace(context.definition, process=reworded)
    return render(context), render(msgspec.structs.replace(context, definition=definition))


PAIRS = {"sales": sales, "complaints": complaints, "moved": moved, "sacred": sacred}


@cache
def made(name: str) -> tuple[bytes, bytes, bytes]:
    old, new = PAIRS[name]()
    return old, new, redline(old, new)


def root(content: bytes, part: str) -> etree._Element:
    return etree.fromstring(parts(content)[part])


@pytest.mark.parametrize("name", PAIRS)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(
    name: str, tmp_path: Path
) -> None:
    old, new, compared = made(name)
    for part in (DOCUMENT, "word/footer1.xml", *headers(compared)):
        both = root(compared, part)
        assert lines(accepted(both)) == lines(root(new, part)), part
        assert lines(rejected(both)) == lines(root(old, part)), part
    assert lines(root(new, DOCUMENT)) != lines(root(old, DOCUMENT))
    path = tmp_path / "redline.docx"
    path.write_bytes(compared)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path)
    assert [str(error) for error in result.errors] == []
    assert lint(compared) == []


def test_paragraphs_that_moved_are_tracked_as_moved() -> None:
    both = root(made("moved")[2], DOCUMENT)
    left = {"".join(element.itertext()) for element in both.iter(f"{W}moveFrom")}
    came = {"".join(element.itertext()) for element in both.iter(f"{W}moveTo")}
    first = "The first meeting with the customer is carried out."
    assert any(text.startswith(first) for text in left & came)


def test_the_watermark_of_a_draft_is_itself_a_tracked_change() -> None:
    _, _, compared = made("sales")
    (header,) = headers(compared)
    assert b"textpath" in etree.tostring(accepted(root(compared, header)))
    assert b"textpath" not in etree.tostring(rejected(root(compared, header)))


def test_changes_carry_no_person_and_no_day() -> None:
    _, _, compared = made("sales")
    changes = list(root(compared, DOCUMENT).iter(f"{W}ins", f"{W}del"))
    assert changes
    assert {change.get(f"{W}author") for change in changes} == {"regelwerk"}
    assert {change.get(f"{W}date") for change in changes} == {None}


def test_the_same_documents_give_the_same_bytes() -> None:
    old, new, compared = made("complaints")
    assert redline(old, new) == compared


def test_equal_documents_have_no_tracked_change() -> None:
    old = made("complaints")[0]
    tracked = list(root(redline(old, old), DOCUMENT).iter(f"{W}ins", f"{W}del"))
    assert tracked == []


def test_a_redline_is_described_as_the_new_version_but_is_no_copy_of_it() -> None:
    _, new, compared = made("sales")
    assert parts(compared)["docProps/core.xml"] == parts(new)["docProps/core.xml"]
    custom = parts(compared)["docProps/custom.xml"].decode()
    assert "1.4" in custom
    assert "Digest" in parts(new)["docProps/custom.xml"].decode()
    assert "Digest" not in custom


def test_what_is_not_installed_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_redlines", None)
    with pytest.raises(MissingExtraError) as caught:
        redline(b"", b"")
    assert "regelwerk[redline]" in caught.value.hint


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libre_office_opens_a_redline() -> None:
    from regelwerk.operations.libre_office import to_pdf

    (pdf,) = to_pdf({"redline.docx": made("sales")[2]}).values()
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) > 50_000
