"""Forms of version 1.4 of the sales process that somebody has damaged, and what must be said."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec
from docx import Document
from lxml import etree
from openpyxl import Workbook

from intake.form_files import (
    WAY,
    S,
    W,
    blank_word,
    blank_workbook,
    cell_of,
    control,
    filled_word,
    filled_workbook,
    type_in,
    with_part,
    word,
    workbook,
)

ENTERED = {key: WAY[key] for key in ("case", "subject", "01_1_by", "01_1_on", "01_1_rem")}
ENTERED |= {"started": "2026-05-18", "01_1_on": "2026-05-19"}
OLDER = {**ENTERED, "started": "2026-05-04", "01_1_on": "2026-05-05"}

FIELD = "01_1_rem"
"""What is damaged; in a form of 1.4 it holds `WAY[FIELD]`."""


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to a filled form; the words of what is said of it, and with which place.

    `by_office` are the words once LibreOffice has saved it: it drops tags.
    """

    kind: str
    make: Callable[[bytes], bytes]
    words: tuple[str, ...]
    place: str = ""
    by_office: tuple[str, ...] | None = None
    refused: bool = False


def _removed(content: bytes) -> bytes:
    """Somebody has deleted the control with its bookmark."""

    def change(root: etree._Element) -> None:
        one = control(root, FIELD)
        for element in (one.getprevious(), one.getnext(), one):
            element.getparent().remove(element)

    return word(change, content)


def _turned_to_text(content: bytes) -> bytes:
    """The control is gone, and what it held is only text; its bookmark is there."""

    def change(root: etree._Element) -> None:
        one = control(root, FIELD)
        for run in one.find(f"{W}sdtContent"):
            one.addprevious(run)
        one.getparent().remove(one)

    return word(change, content)


def _renamed(content: bytes) -> bytes:
    return word(lambda root: _tag(root).set(f"{W}val", "mine"), content)


def _renamed_alone(content: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        one = control(root, FIELD)
        for mark in (one.getprevious(), one.getnext()):
            mark.getparent().remove(mark)
        _tag(root).set(f"{W}val", "mine")

    return word(change, content)


def _tag(root: etree._Element) -> etree._Element:
    found = control(root, FIELD).find(f"{W}sdtPr/{W}tag")
    assert found is not None
    return found


def _letter(_content: bytes) -> bytes:
    letter = Document()
    letter.add_paragraph("Dear Sir or Madam")
    target = io.BytesIO()
    letter.save(target)
    return target.getvalue()


def _of_others(content: bytes) -> bytes:
    return _stated(content, "Process", "purchasing")


def _other_text(content: bytes) -> bytes:
    return _stated(content, "Digest", "sha256:" + "1" * 64)


def _stated(content: bytes, name: str, value: str) -> bytes:
    def change(root: etree._Element) -> None:
        for entry in root:
            if entry.get("name") == name:
                entry[0].text = value

    return with_part(content, "docProps/custom.xml", change)


def _row_removed(content: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        row = cell_of(root, FIELD).getparent()
        row.getparent().remove(row)

    return workbook(change, content)


def _key_changed(content: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        row = cell_of(root, FIELD).getparent()
        type_in(next(cell for cell in row if cell.get("r", "").startswith("A")), "mine")

    return workbook(change, content)


def _formula(content: bytes) -> bytes:
    def change(root: etree._Element) -> None:
        cell = cell_of(root, FIELD)
        for one in list(cell):
            cell.remove(one)
        cell.attrib.pop("t", None)
        etree.SubElement(cell, f"{S}f").text = "1+1"
        etree.SubElement(cell, f"{S}v").text = "2"

    return workbook(change, content)


def _table(_content: bytes) -> bytes:
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def _older_word(_content: bytes) -> bytes:
    return filled_word(OLDER, blank_word())


def _older_workbook(_content: bytes) -> bytes:
    return filled_workbook(OLDER, blank_workbook())


_MARK = f"control `{FIELD}`"
DAMAGES = {
    "a control removed": Damage(kind="docx", make=_removed, words=("missing",), place=_MARK),
    "a control turned to text": Damage(
        kind="docx", make=_turned_to_text, words=("removed",), place=_MARK, refused=True
    ),
    "a tag renamed": Damage(
        kind="docx", make=_renamed, words=("renamed",), place="control `mine`", by_office=()
    ),
    "a tag renamed and its bookmark gone": Damage(
        kind="docx",
        make=_renamed_alone,
        words=("unknown", "missing"),
        place="control `mine`",
        by_office=("missing",),
        refused=True,
    ),
    "no form at all": Damage(kind="docx", make=_letter, words=("foreign",), refused=True),
    "a form of somebody else": Damage(
        kind="docx", make=_of_others, words=("foreign",), refused=True
    ),
    "a form of another text": Damage(
        kind="docx", make=_other_text, words=("other-digest",), refused=True
    ),
    "a form of an older version": Damage(kind="docx", make=_older_word, words=("other-version",)),
    "a row removed": Damage(
        kind="xlsx", make=_row_removed, words=("missing",), place=f"key `{FIELD}`"
    ),
    "a key changed": Damage(
        kind="xlsx", make=_key_changed, words=("unknown", "missing"), place="cell D", refused=True
    ),
    "a formula": Damage(
        kind="xlsx", make=_formula, words=("formula",), place="cell D", refused=True
    ),
    "no form at all, in Excel": Damage(kind="xlsx", make=_table, words=("foreign",), refused=True),
    "somebody else's, in Excel": Damage(
        kind="xlsx", make=_of_others, words=("foreign",), refused=True
    ),
    "another text, in Excel": Damage(
        kind="xlsx", make=_other_text, words=("other-digest",), refused=True
    ),
    "an older version, in Excel": Damage(
        kind="xlsx", make=_older_workbook, words=("other-version",)
    ),
}
