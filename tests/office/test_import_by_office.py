"""Whole cases and damaged forms that LibreOffice has saved, handed in like any other."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from intake.damaged_forms import DAMAGES, ENTERED
from intake.form_files import filled_word, filled_workbook
from intake.sales_cases import DAY, case_14, context_14, project_14
from office.office_forms import Entered, by_office, entered, needs_uno
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.prefill import filled_in
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.operations.import_desk import Wish
from regelwerk.operations.import_records import import_records
from regelwerk.operations.review_records import review_records
from regelwerk.project.reading import read_tree
from word_support import house_templates

pytestmark = pytest.mark.office

WAYS = ("won.docx", "lost.xlsx")


class Saved(msgspec.Struct, frozen=True):
    """A project with version 1.4 in force, and forms as LibreOffice has saved them."""

    root: Path
    forms: dict[str, bytes]


def case_of(name: str) -> str:
    return f"S-{name.replace('.', '-')}"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    folder = tmp_path_factory.mktemp("office")
    root = project_14(folder / "project")
    context = context_14(root)
    form = form_of(context)
    blank = {
        "docx": render_checklist(context, house_templates()).content,
        "xlsx": render_workbook(context).content,
    }
    filled = {
        "docx": filled_word(ENTERED, blank["docx"], form),
        "xlsx": filled_workbook(ENTERED, blank["xlsx"], form),
    }
    forms: dict[str, tuple[bytes, Entered]] = {}
    for name in WAYS:
        kind = name.rpartition(".")[2]
        record = case_14(root, case_of(name), won=name.startswith("won"))
        values = filled_in(record, form, context.names)
        forms[name] = (blank[kind], entered(kind, form, values))
    for number, damage in enumerate(DAMAGES.values()):
        forms[f"{number}.{damage.kind}"] = (damage.make(filled[damage.kind]), {})
    return Saved(root, by_office(folder, forms))


@needs_uno
@pytest.mark.parametrize("name", WAYS)
def test_a_case_of_three_rounds_typed_in_libre_office_is_a_record_without_findings(
    saved: Saved, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(saved.forms[name])
    handed = import_records(saved.root, [path], Wish(write=True), lambda _: DAY).files[0]
    assert (handed.outcome, handed.notes) == ("recorded", ())
    data = read_tree(saved.root / handed.record).data
    record = case_14(saved.root, case_of(name), won=name.startswith("won"))
    assert {key: value for key, value in data.items() if key != "source"} == record
    assert review_records(saved.root, [], lambda _: DAY).findings == ()


@needs_uno
@pytest.mark.parametrize("what", DAMAGES)
def test_each_damage_is_named_after_libre_office_has_saved_it_too(
    saved: Saved, tmp_path: Path, what: str
) -> None:
    damage = DAMAGES[what]
    name = f"{list(DAMAGES).index(what)}.{damage.kind}"
    path = tmp_path / name
    path.write_bytes(saved.forms[name])
    found = import_records(saved.root, [path], Wish(), lambda _: DAY).files[0]
    words = damage.words if damage.by_office is None else damage.by_office
    assert tuple(note.word for note in found.notes) == words
    assert found.outcome == ("refused" if damage.refused and words == damage.words else "ready")
