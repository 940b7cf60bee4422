"""Forms opened, filled in and saved by LibreOffice come back with every control's value."""

from __future__ import annotations

from typing import Any

import pytest

from intake.form_files import (
    DECIDED,
    SACRED,
    WAY,
    blank_word,
    blank_workbook,
    filled_word,
    filled_workbook,
    sales,
    sales_form,
)
from office.office_forms import by_office, entered, needs_uno
from regelwerk.intake.answers import Answers, answers_of
from regelwerk.intake.excel import read_workbook
from regelwerk.intake.word import read_word
from regelwerk.operations.import_form import basis_of

pytestmark = pytest.mark.office

TABLE = {
    "ampersand": "R&D",
    "angle brackets, spaces": "<Vertrieb> a <  b",
    "quotes": "\"quoted\" and 'single'",
    "braces": "{{ x }} {% y %}",
    "umlauts": "äöü ÄÖÜ ß é",
    "other scripts": "漢字 кириллица",
    "line breaks": "one\ntwo\n\nfour",
    "yes": "yes",
    "time": "1:30",
    "day": "2026-11-24",
    "formula": "=1+1",
    "leading zero": "0123",
    "all at once": SACRED,
}
# Every text of the table in a field of its own; and a field of every other kind.
PLACES = [field.key for field in sales_form().all_fields() if field.path[-1] == "remarks"]
PLACES += [
    field.key for field in sales_form().all_fields() if field.path[0] in ("outputs", "inputs")
]
TEXTS = dict(zip(PLACES[: len(TABLE)], TABLE.values(), strict=True))
OTHERS = {**WAY, **DECIDED, "01_1_role": "sales-manager", "status": "on-hold"}
VALUES = {**OTHERS, **TEXTS}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answers]:
    """What is read in forms that LibreOffice filled in, and in filled ones that it only saved."""
    folder = tmp_path_factory.mktemp("office")
    forms = {
        "filled.docx": (blank_word(), entered("docx", sales_form(), VALUES)),
        "filled.xlsx": (blank_workbook(), entered("xlsx", sales_form(), VALUES)),
        "saved.docx": (filled_word(VALUES), {}),
        "saved.xlsx": (filled_workbook(VALUES), {}),
        "untouched.docx": (blank_word(), {}),
        "untouched.xlsx": (blank_workbook(), {}),
    }
    made = by_office(folder, forms)
    form = sales_form()
    found = {}
    for name in forms:
        read = read_word if name.endswith("docx") else read_workbook
        filled = read(made[name])
        assert filled.digest == sales().verdict.digest, name
        assert filled.properties["Process"] == "sales", name
        found[name] = answers_of(filled, form, basis_of(sales(), form))
    return found


def expected(kind: str) -> dict[str, Any]:
    """The same as in a form that no program but ours has touched."""
    form = sales_form()
    filled = (
        read_word(filled_word(VALUES)) if kind == "docx" else read_workbook(filled_workbook(VALUES))
    )
    return dict(answers_of(filled, form, basis_of(sales(), form)).values)


@needs_uno
@pytest.mark.parametrize("name", ["filled.docx", "filled.xlsx", "saved.docx", "saved.xlsx"])
def test_every_value_comes_back_from_libre_office(saved: dict[str, Answers], name: str) -> None:
    assert saved[name].notes == ()
    assert dict(saved[name].values) == expected(name.rpartition(".")[2])


@needs_uno
@pytest.mark.parametrize("name", ["filled.docx", "filled.xlsx", "saved.docx", "saved.xlsx"])
@pytest.mark.parametrize(("what", "key"), list(zip(TABLE, PLACES[: len(TABLE)], strict=True)))
def test_text_comes_back_as_it_was_typed(
    saved: dict[str, Answers], name: str, what: str, key: str
) -> None:
    value = saved[name].values[key]
    told = value["reference"] if isinstance(value, dict) else value
    assert told == TABLE[what]


@needs_uno
@pytest.mark.parametrize("name", ["untouched.docx", "untouched.xlsx"])
def test_what_nobody_entered_is_still_empty(saved: dict[str, Answers], name: str) -> None:
    assert saved[name].notes == ()
    assert dict(saved[name].values) == {}
