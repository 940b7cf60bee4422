"""In which order the rows of a form become the steps of a record."""

from __future__ import annotations

import pytest

from regelwerk.artifacts.checklist.form import form_of
from regelwerk.intake.sequence import Done, in_order
from regelwerk.model.form import FormStep
from regelwerk.operations.import_form import ways_back
from word_support import contexts


@pytest.fixture(scope="module")
def rows() -> dict[tuple[str, int], FormStep]:
    form = form_of(contexts(".", "sales")["draft"])
    return {(row.number, row.round): row for row in form.all_steps()}


def order(rows: dict[tuple[str, int], FormStep], *entered: tuple[str, int, str, str]) -> list[str]:
    back = ways_back(contexts(".", "sales")["draft"].definition.process)
    given = {(number, round_): (day, option) for number, round_, day, option in entered}
    done = [
        Done(row, {"step": row.id, "completed": given[key][0], "option": given[key][1]})
        for key, row in rows.items()
        if key in given
    ]
    return [f"{one.row.number}.{one.row.round}" for one in in_order(done, back)]


def test_rounds_of_a_loop_alternate_even_on_one_day(rows: dict[tuple[str, int], FormStep]) -> None:
    day = "2026-11-10"
    found = order(
        rows,
        ("4", 1, day, ""),
        ("5", 1, day, ""),
        ("6", 1, day, "unclear"),
        ("5", 2, day, ""),
        ("6", 2, day, "unclear"),
        ("5", 3, day, ""),
        ("6", 3, day, "interested"),
        ("7", 1, day, ""),
    )
    assert found == ["4.1", "5.1", "6.1", "5.2", "6.2", "5.3", "6.3", "7.1"]


def test_days_come_first(rows: dict[tuple[str, int], FormStep]) -> None:
    found = order(
        rows, ("1", 1, "2026-11-03", ""), ("2", 1, "2026-11-01", ""), ("3", 1, "2026-11-02", "")
    )
    assert found == ["2.1", "3.1", "1.1"]


def test_a_round_that_no_decision_leads_to_is_not_lost(
    rows: dict[tuple[str, int], FormStep],
) -> None:
    day = "2026-11-10"
    found = order(rows, ("5", 1, day, ""), ("5", 2, day, ""), ("6", 1, day, "interested"))
    assert sorted(found) == ["5.1", "5.2", "6.1"]
