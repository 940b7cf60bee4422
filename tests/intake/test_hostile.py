"""Forms come from anywhere: nothing in one may harm whoever reads it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from intake.form_files import blank_word, blank_workbook, filled_word, refusal
from regelwerk.intake import excel
from regelwerk.intake.excel import read_workbook
from regelwerk.intake.parts import MAX_FILE, Parts, open_parts
from regelwerk.intake.word import read_word
from word_support import parts

READERS = {"docx": (read_word, blank_word), "xlsx": (read_workbook, blank_workbook)}
BODY = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}


def packed(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"not a zip",
        b"\xd0\xcf\x11\xe0 old or protected",
        packed({}),
        packed({"word/document.xml": b"<w"}),
        packed({"../../etc/passwd": b"x"}),
        packed({"/abs": b"x"}),
        packed({"a\\b": b"x"}),
        packed({"A.xml": b"x", "a.xml": b"y"}),
        packed({f"{n}.xml": b"" for n in range(2100)}),
    ],
)
def test_what_is_no_form_is_refused_in_words(kind: str, content: bytes) -> None:
    note = refusal(lambda: READERS[kind][0](content))
    assert note.word in ("unreadable", "foreign")
    assert note.message


@pytest.mark.parametrize("kind", READERS)
def test_a_bomb_is_refused_before_it_is_unpacked(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, blank = READERS[kind]
    bomb = packed({**parts(blank()), BODY[kind]: b" " * (40 * 1024 * 1024)})

    def unpacked(*_: object, **__: object) -> None:
        raise AssertionError("a part was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpacked)
    assert refusal(lambda: read(bomb)).word == "unreadable"


def test_a_file_that_is_too_large_is_not_opened() -> None:
    assert refusal(lambda: open_parts(b"PK" + b"x" * MAX_FILE)).message == "the file is too large"


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_entities_and_foreign_declarations_are_refused(kind: str, declaration: str) -> None:
    read, blank = READERS[kind]
    files = parts(blank())
    xml = files[BODY[kind]].decode()
    head, _, rest = xml.partition("?>") if xml.startswith("<?xml") else ("", "", xml)
    files[BODY[kind]] = f"{head}?>{declaration}{rest}".removeprefix("?>").encode()
    note = refusal(lambda: read(packed(files)))
    assert note.word == "unreadable"
    assert "passwd" not in note.message


@pytest.mark.parametrize("kind", READERS)
def test_deep_nesting_is_refused_and_not_a_crash(kind: str) -> None:
    read, blank = READERS[kind]
    deep = f"<a>{'<b>' * 50_000}{'</b>' * 50_000}</a>".encode()
    assert refusal(lambda: read(packed({**parts(blank()), BODY[kind]: deep}))).word == "unreadable"


def test_many_open_bookmarks_over_much_text_are_read_in_one_go() -> None:
    """Quadratic, it would take hours."""
    files = parts(filled_word({"subject": "x"}))
    marks = "".join(f'<w:bookmarkStart w:id="{9000 + n}" w:name="f_m{n}"/>' for n in range(30_000))
    body = f"<w:body><w:p>{marks}</w:p><w:p>{'<w:r><w:t>ab</w:t></w:r>' * 30_000}</w:p>"
    xml = files["word/document.xml"].decode().replace("<w:body>", body, 1)
    found = read_word(packed({**files, "word/document.xml": xml.encode()}))
    assert len(found.left) == 30_000
    assert found.left["m29999"].startswith("\nabab")
    assert any(control.text == "x" for control in found.controls)


def test_a_part_that_is_named_as_many_sheets_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    files = parts(blank_workbook())
    book, cells = files["xl/workbook.xml"].decode(), files["xl/sharedStrings.xml"]
    first = re.search("<sheet [^>]*/>", book)
    assert first is not None
    files["xl/workbook.xml"] = book.replace(first[0], first[0] * 500).encode()
    files["xl/sharedStrings.xml"] = cells.replace(b">regelwerk<", b">other<")
    read = Parts.xml
    asked: list[str] = []

    def counted(one: Parts, name: str) -> object:
        asked.append(name)
        return read(one, name)

    monkeypatch.setattr(Parts, "xml", counted)
    assert read_workbook(packed(files)).controls == ()
    assert asked.count("xl/worksheets/sheet1.xml") == 1


def test_the_cells_of_all_sheets_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    files = parts(blank_workbook())
    files["xl/sharedStrings.xml"] = files["xl/sharedStrings.xml"].replace(
        b">regelwerk<", b">other<"
    )
    cells = sum(files[f"xl/worksheets/sheet{n}.xml"].count(b"<c ") for n in (1, 2))
    monkeypatch.setattr(excel, "_MAX_CELLS", cells)
    assert read_workbook(packed(files)).controls == ()
    monkeypatch.setattr(excel, "_MAX_CELLS", cells - 1)
    assert refusal(lambda: read_workbook(packed(files))).message == "the sheet is too large"


def test_macros_are_ignored_and_said() -> None:
    files = {**parts(filled_word({"subject": "x"})), "word/vbaProject.bin": b"\x00evil"}
    found = read_word(packed(files))
    assert [note.word for note in found.notes] == ["macros"]
    assert any(control.text == "x" for control in found.controls)


def test_relationships_that_lead_away_are_not_followed() -> None:
    files = parts(blank_word())
    files["_rels/.rels"] = files["_rels/.rels"].replace(
        b'Target="word/document.xml"', b'Target="http://127.0.0.1:1/x" TargetMode="External"'
    )
    assert refusal(lambda: read_word(packed(files))).word == "foreign"


@pytest.mark.parametrize("kind", READERS)
def test_a_document_of_the_other_kind_or_of_nobody_is_foreign(kind: str) -> None:
    other = "xlsx" if kind == "docx" else "docx"
    assert refusal(lambda: READERS[kind][0](READERS[other][1]())).word == "foreign"


@pytest.mark.parametrize("cut", [10, 400, 2000, 9000])
def test_a_form_that_was_cut_off_is_unreadable(cut: int) -> None:
    assert refusal(lambda: read_word(blank_word()[:-cut])).word == "unreadable"
