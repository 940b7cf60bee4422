"""Read the answers of a form in a workbook (ECMA-376-1, 18.3): hidden key, answer beside it.

Formulas are never worked out and their last results never believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from lxml import etree

from regelwerk.intake.filled import Control, Filled
from regelwerk.intake.note import IntakeError, Note
from regelwerk.intake.parts import (
    Parts,
    attribute,
    child,
    custom_properties,
    local,
    open_parts,
)

KEY_COLUMN = "A"
ANSWER_COLUMN = "D"
KEY_HEAD = "regelwerk"

_MAX_CELLS = 200_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?\s*", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_LETTERS = re.compile(r"[dy]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_BUILT_IN_DATES = frozenset([*range(14, 18), 22, *range(27, 37), *range(45, 48), *range(50, 59)])
_LAST_DAY = 2_958_465  # 9999-12-31


class _Cell(msgspec.Struct, frozen=True):
    """A cell: its text, the number as written in the file, whether that is shown as a day."""

    text: str
    number: str | None = None
    is_day: bool = False
    formula: bool = False


def read_workbook(content: bytes) -> Filled:
    """The keyed answers of an .xlsx file; an IntakeError where it is none."""
    parts = open_parts(content)
    name = parts.target("officeDocument")
    workbook = parts.xml(name)
    if workbook is None or local(workbook) != "workbook":
        raise IntakeError(Note(word="foreign", message="the file is not an Excel workbook"))
    book = _Book(parts, name, workbook)
    macros = Note(word="macros", message="the file holds macros; they are ignored")
    cells = book.keyed_sheet()
    return Filled(
        kind="xlsx",
        properties=custom_properties(parts),
        controls=tuple(_controls(cells, since_1904=book.since_1904)),
        visible="\n".join(cell.text for cell in cells.values()),
        notes=(macros,) if parts.has_macros else (),
    )


def _controls(cells: dict[tuple[str, int], _Cell], *, since_1904: bool) -> Iterator[Control]:
    rows = sorted(row for column, row in cells if column == KEY_COLUMN)
    nothing = _Cell("")
    for row in rows:
        key = cells[KEY_COLUMN, row].text
        if not key or key == KEY_HEAD:
            continue
        cell = cells.get((ANSWER_COLUMN, row), nothing)
        day = _day(cell.number, since_1904=since_1904) if cell.is_day and cell.number else None
        yield Control(
            place=f"cell {ANSWER_COLUMN}{row}",
            tag=key,
            title=cells.get(("C", row), nothing).text,
            text=day or cell.text,
            number=None if cell.is_day else cell.number,
            day=day,
            formula=cell.formula,
        )


class _Book:
    """A workbook's sheets, shared strings and number formats."""

    def __init__(self, parts: Parts, name: str, workbook: etree._Element) -> None:
        self._parts = parts
        self._name = name
        self._workbook = workbook
        flag = attribute(child(workbook, "workbookPr"), "date1904") or "0"
        self.since_1904 = flag in ("1", "true")
        self._count = 0
        self._strings = self._shared()
        self._days = self._day_styles()

    def keyed_sheet(self) -> dict[tuple[str, int], _Cell]:
        """The cells of the sheet with the hidden keys; empty where there is none."""
        targets = self._parts.targets("worksheet", self._name)
        sheets = child(self._workbook, "sheets")
        relations = (
            next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
            for sheet in (sheets if sheets is not None else ())
        )
        for part in dict.fromkeys(targets.get(str(one), "") for one in relations):
            root = self._parts.xml(part)
            cells = dict(self._cells(root)) if root is not None else {}
            if any(
                column == KEY_COLUMN and cell.text == KEY_HEAD
                for (column, _), cell in cells.items()
            ):
                return cells
        return {}

    def _cells(self, root: etree._Element) -> Iterator[tuple[tuple[str, int], _Cell]]:
        data = child(root, "sheetData")
        for row in data if data is not None else ():
            for cell in row:
                self._count += 1
                if self._count > _MAX_CELLS:
                    raise IntakeError(Note(word="unreadable", message="the sheet is too large"))
                match = _REFERENCE.fullmatch(attribute(cell, "r") or "")
                if match is not None:
                    yield (match[1], int(match[2])), self._cell(cell)

    def _cell(self, cell: etree._Element) -> _Cell:
        kind = attribute(cell, "t") or "n"
        formula = child(cell, "f") is not None or kind == "e"  # an error is a formula's result
        value = child(cell, "v")
        raw = (value.text or "") if value is not None else ""
        if kind == "s":
            place = int(raw) if raw.isascii() and raw.isdigit() else -1
            if not 0 <= place < len(self._strings):
                raise IntakeError(Note(word="unreadable", message="the workbook has lost texts"))
            return _Cell(self._strings[place], formula=formula)
        if kind == "inlineStr":
            return _Cell(_rich(child(cell, "is")), formula=formula)
        if kind == "n" and _NUMBER.fullmatch(raw):
            is_day = (attribute(cell, "s") or "0") in self._days
            return _Cell(raw, number=raw, is_day=is_day, formula=formula)
        if kind == "b":
            raw = "TRUE" if raw == "1" else "FALSE"
        return _Cell(_unescaped(raw), formula=formula)

    def _shared(self) -> list[str]:
        root = self._parts.xml(self._parts.target("sharedStrings", self._name))
        return [_rich(item) for item in root if local(item) == "si"] if root is not None else []

    def _day_styles(self) -> frozenset[str]:
        """The indices of cell formats that show a number as a day."""
        root = self._parts.xml(self._parts.target("styles", self._name))
        formats = child(root, "numFmts")
        own = {
            attribute(one, "numFmtId") or "": attribute(one, "formatCode") or ""
            for one in (formats if formats is not None else ())
        }
        uses = child(root, "cellXfs")
        return frozenset(
            str(index)
            for index, use in enumerate(uses if uses is not None else ())
            if _shows_a_day(attribute(use, "numFmtId") or "0", own)
        )


def _shows_a_day(id_: str, own: dict[str, str]) -> bool:
    if id_ in own:
        return _DATE_LETTERS.search(_QUOTED.sub("", own[id_])) is not None
    return id_.isascii() and id_.isdigit() and int(id_) in _BUILT_IN_DATES


def _day(number: str, *, since_1904: bool) -> str | None:
    """The day of a serial number (ECMA-376-1, 18.17.4.1); 1900 counts a leap day too many."""
    try:
        serial = int(float(number))
    except (ValueError, OverflowError):
        return None
    if since_1904:
        start = date(1904, 1, 1)
    else:
        start = date(1899, 12, 30) if serial > 60 else date(1899, 12, 31)
    if not 0 < serial <= _LAST_DAY - (1462 if since_1904 else 0):
        return None
    return (start + timedelta(days=serial)).isoformat()


def _rich(item: etree._Element | None) -> str:
    """A string with its runs put together, without the reading aids of phonetic scripts."""
    pieces = []
    for one in item if item is not None else ():
        if local(one) == "t":
            pieces.append(one.text or "")
        elif local(one) == "r":
            text = child(one, "t")
            pieces.append((text.text or "") if text is not None else "")
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """`_x000D_` and the like as the character they stand for (ECMA-376-1, 22.9.2.19)."""
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain.replace("\r\n", "\n").replace("\r", "\n")
