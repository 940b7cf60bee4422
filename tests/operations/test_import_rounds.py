"""Steps that are done again: forms have rows for them in advance, and they come back in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intake.form_files import filled_word, filled_workbook
from intake.sales_cases import DAY, case_14, context_14, project_14
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.prefill import filled_in
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.model.context import BuildContext
from regelwerk.operations.import_desk import Wish
from regelwerk.operations.import_records import import_records
from regelwerk.operations.import_report import Handed
from regelwerk.operations.new_form import new_form
from regelwerk.operations.review_records import review_records
from regelwerk.project.reading import read_tree
from word_support import house_templates

CASE = "S-2026-0100"
RECORD = f"process/sales/records/{CASE}.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project_14(tmp_path / "project")


def blank(context: BuildContext, kind: str) -> bytes:
    if kind == "docx":
        return render_checklist(context, house_templates()).content
    return render_workbook(context).content


def filled(context: BuildContext, kind: str, record: dict[str, Any]) -> bytes:
    """A blank form in which somebody has entered a record."""
    form = form_of(context)
    values = filled_in(record, form, context.names)
    fill = filled_word if kind == "docx" else filled_workbook
    return fill(values, blank(context, kind), form)


def hand_in(root: Path, folder: Path, name: str, content: bytes, **wish: Any) -> Handed:
    path = folder / name
    path.write_bytes(content)
    return import_records(root, [path], Wish(write=True, **wish), lambda _: DAY).files[0]


def recorded(root: Path) -> dict[str, Any]:
    data: dict[str, Any] = read_tree(root / RECORD).data
    return {key: value for key, value in data.items() if key != "source"}


@pytest.mark.parametrize("won", [True, False], ids=["won", "lost"])
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_three_rounds_come_back_as_they_were_done(
    root: Path, tmp_path: Path, kind: str, won: bool
) -> None:
    context = context_14(root)
    record = case_14(root, CASE, won=won)
    handed = hand_in(root, tmp_path, f"a.{kind}", filled(context, kind, record))
    assert (handed.outcome, handed.notes) == ("recorded", ())
    assert recorded(root) == record
    assert review_records(root, [], lambda _: DAY).findings == ()
    # The form of the case, filled in by the generator, says the same again.
    again = tmp_path / f"again.{kind}"
    new_form(root, "sales", CASE, None, "docx" if kind == "docx" else "xlsx", again, lambda _: DAY)
    back = import_records(root, [again], Wish(write=True), lambda _: DAY).files[0]
    assert (back.outcome, back.notes) == ("unchanged", ())


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_rounds_are_handed_in_one_after_the_other_by_several_hands(
    root: Path, tmp_path: Path, kind: str
) -> None:
    context = context_14(root)
    record = case_14(root, CASE, won=True)
    so_far = {key: record[key] for key in record if key not in ("closed", "end")}
    for number in (4, 6, 8, 10, len(record["steps"])):
        part = {**so_far, "status": "open", "steps": record["steps"][:number]}
        if number == len(record["steps"]):
            part = record
        handed = hand_in(root, tmp_path, f"{number}.{kind}", filled(context, kind, part))
        assert handed.outcome == ("recorded" if number == 4 else "updated")
        assert handed.notes == ()
        assert recorded(root) == part
        assert review_records(root, [], lambda _: DAY).records == 1
    assert review_records(root, [], lambda _: DAY).findings == ()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_conflict_in_a_later_round_is_named_with_its_place(
    root: Path, tmp_path: Path, kind: str
) -> None:
    context = context_14(root)
    record = case_14(root, CASE, won=True)
    hand_in(root, tmp_path, f"a.{kind}", filled(context, kind, record))
    before = (root / RECORD).read_bytes()
    changed = [dict(entry) for entry in record["steps"]]
    changed[6] = {**changed[6], "remarks": "otherwise"}
    other = {**record, "steps": changed}
    handed = hand_in(root, tmp_path, f"b.{kind}", filled(context, kind, other))
    assert [note.word for note in handed.notes] == ["conflict"]
    assert handed.notes[0].place.endswith("$.steps[6].remarks")
    assert f"“{record['steps'][6]['remarks']}”, the form “otherwise”" in handed.notes[0].message
    assert (root / RECORD).read_bytes() == before
    handed = hand_in(root, tmp_path, f"b.{kind}", filled(context, kind, other), overwrite=True)
    assert handed.outcome == "updated"
    assert recorded(root) == other
