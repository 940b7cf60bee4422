"""Forms in German: days, numbers and answers are read as Germans write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intake.form_files import (
    cell_of,
    control,
    filled_word,
    filled_workbook,
    type_in,
    word,
    workbook,
    write,
)
from intake.sales_cases import DAY, case_14, context_14, project_14
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.prefill import filled_in
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.intake.answers import Answers, answers_of
from regelwerk.intake.word import read_word
from regelwerk.model.context import BuildContext
from regelwerk.operations.import_desk import Wish
from regelwerk.operations.import_form import basis_of
from regelwerk.operations.import_records import import_records
from regelwerk.project.reading import read_tree
from word_support import house_templates

CASE = "S-2026-0100"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_14(tmp_path_factory.mktemp("german") / "project", "de")


@pytest.fixture(scope="module")
def german(root: Path) -> BuildContext:
    return context_14(root)


@pytest.fixture(scope="module")
def blank(german: BuildContext) -> bytes:
    return render_checklist(german, house_templates()).content


def answers(german: BuildContext, content: bytes) -> Answers:
    form = form_of(german)
    return answers_of(read_word(content), form, basis_of(german, form))


def with_text(german: BuildContext, blank: bytes, key: str, text: str) -> Answers:
    return answers(german, word(lambda root: write(control(root, key), text), blank))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_case_comes_back_from_a_german_form(
    root: Path, german: BuildContext, blank: bytes, tmp_path: Path, kind: str
) -> None:
    record = case_14(root, f"{CASE}-{kind}", won=True)
    form = form_of(german)
    values = filled_in(record, form, german.names)
    if kind == "docx":
        content = filled_word(values, blank, form, "de")
    else:
        content = filled_workbook(values, render_workbook(german).content, form)
    path = tmp_path / f"a.{kind}"
    path.write_bytes(content)
    handed = import_records(root, [path], Wish(write=True), lambda _: DAY).files[0]
    assert (handed.outcome, handed.notes) == ("recorded", ())
    data: dict[str, Any] = read_tree(root / f"process/sales/records/{CASE}-{kind}.yaml").data
    assert {key: value for key, value in data.items() if key != "source"} == record


@pytest.mark.parametrize(
    "day",
    ["5. März 2026", "5. Mär. 2026", "5. Mär 2026", "05.03.2026", "5.3.2026", "2026-03-05"],
)
def test_a_day_is_read_as_germans_type_it(german: BuildContext, blank: bytes, day: str) -> None:
    found = with_text(german, blank, "started", day)
    assert (found.values, found.notes) == ({"started": "2026-03-05"}, ())


@pytest.mark.parametrize(
    ("typed", "number"), [("1.234,5", 1234.5), ("12,5", 12.5), ("12.000,00", 12000), ("7", 7)]
)
def test_a_number_is_read_as_germans_type_it(
    german: BuildContext, blank: bytes, typed: str, number: float
) -> None:
    form = form_of(german)
    key = next(f.key for f in form.all_fields() if f.kind == "number" and f.path[-1] == "volume")
    found = with_text(german, blank, key, typed)
    assert (found.values, found.notes) == ({key: number}, ())


@pytest.mark.parametrize(
    "words", ["Text eingeben", "Datum wählen", "Antwort wählen", "Enter text", "Choose a date"]
)
@pytest.mark.parametrize("key", ["subject", "started"])
def test_what_stands_in_an_empty_field_is_no_answer(
    german: BuildContext, blank: bytes, key: str, words: str
) -> None:
    found = with_text(german, blank, key, words)
    assert (found.values, found.notes) == ({}, ())


def test_an_answer_of_another_language_is_refused_with_those_there_are(
    german: BuildContext, tmp_path: Path, root: Path
) -> None:
    form = form_of(german)
    key = next(field.key for field in form.all_fields() if field.path[0] == "checks")
    blank = filled_workbook(
        {"case": CASE, "subject": "A", "started": "2026-05-16"},
        render_workbook(german).content,
        form,
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(lambda sheet: type_in(cell_of(sheet, key), "Yep"), blank))
    handed = import_records(root, [path], Wish(), lambda _: DAY).files[0]
    (note,) = [note for note in handed.notes if "Yep" in note.message]
    assert note.hint == "one of “Ja”, “Nein”, “Nicht anwendbar”"
