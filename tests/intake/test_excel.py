"""What is read in a workbook."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from openpyxl import load_workbook

from intake.form_files import (
    TRICKY,
    WAY,
    S,
    blank_workbook,
    cell_of,
    filled_workbook,
    put_number,
    refusal,
    sales,
    sales_form,
    type_in,
    with_part,
    workbook,
)
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.intake.answers import Answers, answers_of
from regelwerk.intake.excel import read_workbook
from regelwerk.operations.import_form import basis_of
from word_support import contexts, parts


def answers(content: bytes) -> Answers:
    form = sales_form()
    return answers_of(read_workbook(content), form, basis_of(sales(), form))


def words(found: Answers) -> list[tuple[str, str]]:
    return [(note.word, note.place) for note in found.notes]


def test_an_untouched_workbook_says_nothing() -> None:
    found = answers(blank_workbook())
    assert found.values == {}
    assert found.notes == ()
    assert len(found.empty) == len(sales_form().all_fields())


def test_days_answers_and_texts_are_read() -> None:
    found = answers(filled_workbook({**WAY, "06_1_opt": "interested", "status": "on-hold"}))
    assert found.notes == ()
    assert found.values["started"] == "2026-11-02"
    assert found.values["06_1_opt"] == "interested"
    assert found.values["status"] == "on-hold"
    assert found.values["03_1_rem"] == "one\ntwo"


@pytest.mark.parametrize("text", [*TRICKY, "_x0041_", " both sides ", "'quoted", "+1", "@x"])
def test_text_stays_the_text_that_was_typed_or_recorded(text: str) -> None:
    typed = text.replace("_x0041_", "_x005F_x0041_")
    assert answers(filled_workbook({"01_1_rem": typed})).values["01_1_rem"] == text
    record = {"steps": [{"step": "make-appointment", "remarks": text}]}
    content = render_workbook(sales(), record).content
    assert answers(content).values["01_1_rem"] == text
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert not list(etree.fromstring(parts(content)[sheet]).iter(f"{S}f"))


def test_a_text_that_looks_like_a_formula_is_marked_as_text() -> None:
    content = render_workbook(sales(), {"subject": "=1+1"}).content
    book = load_workbook(io.BytesIO(content))
    cell = next(c for row in book.active for c in row if c.value == "=1+1")
    assert cell.data_type != "f"
    assert cell.quotePrefix
    assert cell.number_format == "@"


def test_a_formula_is_refused_by_the_name_of_its_cell() -> None:
    content = workbook(lambda root: put_number(cell_of(root, "subject"), "2", formula="1+1"))
    found = answers(content)
    assert words(found) == [("formula", "cell D9")]
    assert "subject" not in found.values


def test_the_error_of_a_formula_is_no_answer() -> None:
    def change(root: etree._Element) -> None:
        put_number(cell_of(root, "subject"), "#REF!")
        cell_of(root, "subject").set("t", "e")

    assert words(answers(workbook(change))) == [("formula", "cell D9")]


@pytest.mark.parametrize("number", ["abc", "nan", "1_000", "0x10", "1e400"])
def test_a_number_that_no_program_writes_is_text_or_refused(number: str) -> None:
    context = contexts(".", "sales")["draft"]
    form = form_of(context)
    key = next(field.key for field in form.all_fields() if field.kind == "number")
    content = workbook(
        lambda root: put_number(cell_of(root, key), number), render_workbook(context).content
    )
    found = answers_of(read_workbook(content), form, basis_of(context, form))
    assert [word for word, _ in words(found)] == ["invalid"]
    assert found.values == {}


def test_a_text_that_the_workbook_has_lost_is_not_taken_for_empty() -> None:
    def change(root: etree._Element) -> None:
        put_number(cell_of(root, "subject"), "99999")
        cell_of(root, "subject").set("t", "s")

    assert refusal(lambda: read_workbook(workbook(change))).word == "unreadable"


def test_a_workbook_that_counts_days_from_1904_is_understood() -> None:
    content = workbook(lambda root: put_number(cell_of(root, "started"), "44888"))

    def since_1904(root: etree._Element) -> None:
        root.find(f"{S}workbookPr").set("date1904", "1")

    content = with_part(content, "xl/workbook.xml", since_1904)
    assert answers(content).values == {"started": "2026-11-24"}


def test_a_day_may_be_typed_as_text() -> None:
    content = workbook(lambda root: type_in(cell_of(root, "started"), "24 Nov 2026"))
    assert answers(content).values == {"started": "2026-11-24"}


def test_an_answer_that_is_not_in_the_list_is_refused() -> None:
    content = workbook(lambda root: type_in(cell_of(root, "06_1_opt"), "Maybe"))
    assert words(answers(content)) == [("invalid", "cell D44")]


def test_a_row_that_is_gone_and_a_key_that_was_changed_are_named() -> None:
    def change(root: etree._Element) -> None:
        row = cell_of(root, "01_1_rem").getparent()
        row.getparent().remove(row)
        cells = cell_of(root, "02_1_rem").getparent()
        type_in(cells[0], "mine")

    found = answers(workbook(change, filled_workbook({"02_1_rem": "typed"})))
    assert [word for word, _ in words(found)] == ["unknown", "missing", "missing"]


def test_only_answers_can_be_changed_and_lists_say_which() -> None:
    book = load_workbook(io.BytesIO(blank_workbook()))
    sheet = book.active
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    open_cells = {c.coordinate for row in sheet for c in row if not c.protection.locked}
    keys = [row[0].row for row in sheet if row[0].value not in (None, "regelwerk")]
    assert open_cells == {f"D{row}" for row in keys}
    lists = {
        str(rule.sqref): rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert any("D44" in cells.split() for cells in lists)
    assert book["Lists"].sheet_state == "hidden"


def test_the_same_form_is_the_same_bytes() -> None:
    for context in contexts("tests/examples/contract", "complaints").values():
        assert render_workbook(context).content == render_workbook(context).content


def test_process_version_digest_and_case_are_in_the_properties() -> None:
    filled = read_workbook(render_workbook(sales(), {"case": "S-1"}).content)
    assert filled.properties["Process"] == "sales"
    assert filled.properties["Version"] == "1.3"
    assert filled.properties["Case"] == "S-1"
    assert filled.digest == sales().verdict.digest
    assert filled.digest in filled.visible


def test_a_draft_says_so_on_the_sheet_and_on_every_printed_page() -> None:
    book = load_workbook(io.BytesIO(render_workbook(contexts(".", "sales")["draft"]).content))
    sheet = book.active
    assert any("draft" in str(row[1].value).lower() for row in sheet.iter_rows(max_row=4))
    assert sheet.oddHeader.right.text == "DRAFT"
    frozen = load_workbook(io.BytesIO(blank_workbook())).active
    assert frozen.oddHeader.right.text is None
    assert "approved on paper" in str(frozen["B2"].value).lower()
