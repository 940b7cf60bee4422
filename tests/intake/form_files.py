"""Forms filled in as Word and Excel do it, and a project to hand them in to."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path

from lxml import etree

from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.artifacts.view.speech import speech
from regelwerk.intake.note import IntakeError, Note
from regelwerk.model.context import BuildContext
from regelwerk.model.form import Form, distinct_labels
from regelwerk.model.moment import parse_date
from regelwerk.operations.import_form import Definitions
from regelwerk.project.load import load
from word_support import REPOSITORY, house_templates, parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
TRICKY = ("yes", "1:30", "2026-11-24", "=1+1", "0123", SACRED, "one\ntwo", "TRUE", "1.10", "~")

# One way through version 1.3 of the sales process, as somebody would enter it.
WAY = {
    "case": "S-2026-0100",
    "subject": "Müller & Söhne <GmbH>",
    "started": "2026-11-02",
    "in1": "mail of 2026-11-01",
    "01_1_by": "Anna Beispiel",
    "01_1_on": "2026-11-03",
    "01_1_rem": SACRED,
    "02_1_by": "anna.beispiel",
    "02_1_on": "2026-11-04",
    "03_1_by": "Anna Beispiel; Bernd Muster",
    "03_1_on": "2026-11-05",
    "03_1_rem": "one\ntwo",
    "04_1_by": "Anna Beispiel",
    "04_1_on": "2026-11-06",
    "04_1_o1": "odoo lead 4711",
}
DECIDED = {
    "05_1_by": "Anna Beispiel",
    "05_1_on": "2026-11-09",
    "05_1_o1": "odoo lead 4712",
    "06_1_by": "Magda Exempel",
    "06_1_on": "2026-11-10",
    "06_1_opt": "interested",
}


@cache
def sales(version: str = "1.3") -> BuildContext:
    loaded = load(REPOSITORY)
    day = parse_date("2026-11-24")
    assert day is not None
    found = Definitions(loaded, day).context("sales", version)
    assert found is not None
    return found


@cache
def sales_form() -> Form:
    return form_of(sales())


@cache
def blank_word() -> bytes:
    return render_checklist(sales(), house_templates()).content


@cache
def blank_workbook() -> bytes:
    return render_workbook(sales()).content


def project(folder: Path) -> Path:
    """The example project without its cases."""
    for name in ("process", "schemas"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.rmtree(folder / "process/sales/records")
    return folder


def refusal(call: Callable[[], object]) -> Note:
    """What an import says when it cannot go on."""
    try:
        call()
    except IntakeError as error:
        return error.note
    raise AssertionError("nothing was refused")


def with_part(content: bytes, name: str, change: Callable[[etree._Element], object]) -> bytes:
    """An office file with one part changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for entry in archive.infolist():
            data = archive.read(entry)
            if entry.filename == name:
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            changed.writestr(entry.filename, data)
    return target.getvalue()


def word(change: Callable[[etree._Element], object], content: bytes | None = None) -> bytes:
    return with_part(content or blank_word(), "word/document.xml", change)


def workbook(change: Callable[[etree._Element], object], content: bytes | None = None) -> bytes:
    """A workbook changed by another writer, who keeps texts in their cells."""
    content = content or blank_workbook()
    table = etree.fromstring(parts(content)["xl/sharedStrings.xml"])

    def inlined(root: etree._Element) -> None:
        for cell in root.iter(f"{S}c"):
            if cell.get("t") == "s":
                text = deepcopy(table[int(cell[0].text)])
                text.tag = f"{S}is"
                cell.set("t", "inlineStr")
                cell[:] = [text]
        change(root)

    return with_part(content, "xl/worksheets/sheet1.xml", inlined)


def control(root: etree._Element, tag: str) -> etree._Element:
    for one in root.iter(f"{W}sdt"):
        found = one.find(f"{W}sdtPr/{W}tag")
        if found is not None and found.get(f"{W}val") == tag:
            return one
    raise KeyError(tag)


def filled_word(
    values: Mapping[str, str],
    content: bytes | None = None,
    form: Form | None = None,
    language: str = "en",
) -> bytes:
    """A Word form filled in as Word in that language does it."""
    fields = {field.key: field for field in (form or sales_form()).all_fields()}

    def change(root: etree._Element) -> None:
        for key, value in values.items():
            field = fields[key]
            if field.kind == "boxes":
                place = [choice.value for choice in field.choices].index(value) + 1
                tick(control(root, f"{key}_{place}"))
            elif field.kind == "date":
                pick(control(root, key), value, language)
            elif field.kind == "choice":
                labels = {one: label for label, one in distinct_labels(field.choices)}
                write(control(root, key), labels[value])
            else:
                write(control(root, key), value)

    return word(change, content)


def tick(box: etree._Element, *, on: bool = True) -> None:
    box.find(f".//{W14}checked").set(f"{W14}val", "1" if on else "0")
    box.find(f"{W}sdtContent/{W}r/{W}t").text = "☒" if on else "☐"


def pick(date: etree._Element, day: str, language: str = "en") -> None:
    date.find(f"{W}sdtPr/{W}date").set(f"{W}fullDate", f"{day}T00:00:00Z")
    write(date, speech(language).day(parse_date(day)))


def write(one: etree._Element, text: str) -> None:
    properties, content = one.find(f"{W}sdtPr"), one.find(f"{W}sdtContent")
    mark = properties.find(f"{W}showingPlcHdr")
    if mark is not None:
        properties.remove(mark)
    for run in list(content):
        content.remove(run)
    run = etree.SubElement(content, f"{W}r")
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        piece = etree.SubElement(run, f"{W}t")
        piece.text = line
        piece.set(SPACE, "preserve")


def cell_of(root: etree._Element, key: str) -> etree._Element:
    """The answer's cell in the row with that hidden key."""
    for row in root.iter(f"{S}row"):
        cells = {one.get("r", "")[:1]: one for one in row}
        if "A" in cells and "".join(cells["A"].itertext()) == key:
            return cells["D"]
    raise KeyError(key)


def type_in(cell: etree._Element, text: str) -> None:
    for one in list(cell):
        cell.remove(one)
    cell.set("t", "inlineStr")
    piece = etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t")
    piece.text = text
    piece.set(SPACE, "preserve")


def put_number(cell: etree._Element, number: str, *, formula: str = "") -> None:
    for one in list(cell):
        cell.remove(one)
    cell.attrib.pop("t", None)
    if formula:
        etree.SubElement(cell, f"{S}f").text = formula
    etree.SubElement(cell, f"{S}v").text = number


def filled_workbook(
    values: Mapping[str, str], content: bytes | None = None, form: Form | None = None
) -> bytes:
    """A workbook filled in as Excel does it: days as numbers, answers by their words."""
    fields = {field.key: field for field in (form or sales_form()).all_fields()}
    begin = parse_date("1899-12-30")
    assert begin is not None

    def change(root: etree._Element) -> None:
        for key, value in values.items():
            field, cell = fields[key], cell_of(root, key)
            day = parse_date(value) if field.kind == "date" else None
            if day is not None:
                put_number(cell, str((day - begin).days))
            elif field.kind in ("choice", "boxes"):
                labels = {one: label for label, one in distinct_labels(field.choices)}
                type_in(cell, labels[value])
            elif field.kind == "number":
                put_number(cell, value)
            else:
                type_in(cell, value)

    return workbook(change, content)
