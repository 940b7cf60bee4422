"""A table of what happens to forms in the wild: each damage has its finding, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.damaged_forms import DAMAGES, ENTERED, FIELD
from intake.form_files import WAY, filled_word, filled_workbook
from intake.sales_cases import DAY, context_14, project_14
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.operations.import_desk import Wish
from regelwerk.operations.import_records import import_records
from regelwerk.operations.import_report import Handed
from word_support import house_templates


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_14(tmp_path_factory.mktemp("damage") / "project")


@pytest.fixture(scope="module")
def filled(root: Path) -> dict[str, bytes]:
    context = context_14(root)
    form = form_of(context)
    word = render_checklist(context, house_templates()).content
    return {
        "docx": filled_word(ENTERED, word, form),
        "xlsx": filled_workbook(ENTERED, render_workbook(context).content, form),
    }


def handed(root: Path, folder: Path, kind: str, content: bytes) -> Handed:
    path = folder / f"form.{kind}"
    path.write_bytes(content)
    return import_records(root, [path], Wish(), lambda _: DAY).files[0]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_without_damage_nothing_is_said(
    root: Path, filled: dict[str, bytes], tmp_path: Path, kind: str
) -> None:
    found = handed(root, tmp_path, kind, filled[kind])
    assert (found.outcome, found.notes) == ("ready", ())
    assert [one.value for one in found.read if one.label.endswith("Remarks")] == [WAY[FIELD]]


@pytest.mark.parametrize("what", DAMAGES)
def test_each_damage_is_named(
    root: Path, filled: dict[str, bytes], tmp_path: Path, what: str
) -> None:
    damage = DAMAGES[what]
    found = handed(root, tmp_path, damage.kind, damage.make(filled[damage.kind]))
    assert tuple(note.word for note in found.notes) == damage.words
    assert found.notes[0].place.startswith(damage.place)
    assert found.notes[0].message
    assert found.outcome == ("refused" if damage.refused else "ready")
