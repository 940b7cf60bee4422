"""Forms opened, filled in and saved by LibreOffice come back with every control's value."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
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
from regelwerk.artifacts.view.speech import speech
from regelwerk.intake.answers import Answers, answers_of
from regelwerk.intake.excel import read_workbook
from regelwerk.intake.word import read_word
from regelwerk.model.form import FormField, distinct_labels
from regelwerk.model.moment import parse_date
from regelwerk.operations.import_form import basis_of
from regelwerk.operations.libre_office import find_office

pytestmark = pytest.mark.office

FILL = Path(__file__).parent / "fill_by_office.py"
PYTHON = "/usr/bin/python3"

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


def has_uno() -> bool:
    command = [PYTHON, "-c", "import uno"]
    return Path(PYTHON).exists() and subprocess.run(command, capture_output=True).returncode == 0


needs_uno = pytest.mark.skipif(
    find_office() is None or not has_uno(),
    reason="install LibreOffice Writer, Calc and python3-uno first",
)


def entered(kind: str) -> dict[str, dict[str, Any]]:
    fields = {field.key: field for field in sales_form().all_fields()}
    made: dict[str, dict[str, Any]] = {}
    for key, value in VALUES.items():
        key, how = how_to_enter(kind, fields[key], value)
        made[key] = how
    return made


def how_to_enter(kind: str, field: FormField, value: str) -> tuple[str, dict[str, Any]]:
    day = parse_date(value)
    if field.kind == "date" and day is not None:
        number = (day.toordinal()) - 693594
        word = {"day": value, "shown": speech("en").day(day)}
        return field.key, word if kind == "docx" else {"number": number}
    if field.kind == "boxes" and kind == "docx":
        place = [choice.value for choice in field.choices].index(value) + 1
        return f"{field.key}_{place}", {"checked": True}
    if field.kind in ("choice", "boxes"):
        labels = {one: label for label, one in distinct_labels(field.choices)}
        return field.key, {"text": labels[value]}
    return field.key, {"text": value}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answers]:
    """What is read in forms that LibreOffice filled in, and in filled ones that it only saved."""
    folder = tmp_path_factory.mktemp("office")
    forms = {
        "filled.docx": (blank_word(), entered("docx")),
        "filled.xlsx": (blank_workbook(), entered("xlsx")),
        "saved.docx": (filled_word(VALUES), {}),
        "saved.xlsx": (filled_workbook(VALUES), {}),
        "untouched.docx": (blank_word(), {}),
        "untouched.xlsx": (blank_workbook(), {}),
    }
    for name, (content, _) in forms.items():
        (folder / name).write_bytes(content)
    job = {
        "office": str(find_office()),
        "profile": str(folder / "profile"),
        "forms": [
            {
                "source": str(folder / name),
                "target": str(folder / f"by-office-{name}"),
                "values": values,
            }
            for name, (_, values) in forms.items()
        ],
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    command = [PYTHON, str(FILL), str(folder / "job.json")]
    subprocess.run(command, check=True, timeout=240)
    form = sales_form()
    found = {}
    for name in forms:
        read = read_word if name.endswith("docx") else read_workbook
        filled = read((folder / f"by-office-{name}").read_bytes())
        assert filled.digest == sales().verdict.digest, name
        assert filled.properties["Process"] == "sales", name
        found[name] = answers_of(filled, form, basis_of(sales(), form))
    shutil.rmtree(folder / "profile")
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
