"""A table keeps the cells beyond its header's columns."""

from __future__ import annotations

import pytest

from regelwerk.artifacts.view.markdown import blocks, html, plain

TABLE = "| a | b |\n| --- | ---: |\n| 1 | 2 | **3** | 4\\|5 |\n| 6 |\n"


def cells(text: str) -> list[list[str]]:
    (table,) = [block for block in blocks(text) if block["type"] == "table"]
    assert len(table["align"]) == len(table["header"])
    return [
        ["".join(run["text"] for run in cell) for cell in row]
        for row in (table["header"], *table["rows"])
    ]


def test_surplus_cells_make_the_table_wider() -> None:
    assert cells(TABLE) == [["a", "b", "", ""], ["1", "2", "3", "4|5"], ["6", "", "", ""]]
    assert "<strong>3</strong>" in html(TABLE)
    assert html(TABLE).count("<th") == 5  # thead and four columns
    assert "1 | 2 | 3 | 4|5" in plain(TABLE)


def test_a_table_in_a_list_and_text_behind_it_are_read_as_ever() -> None:
    text = "- | a |\n  | --- |\n  | 1 | 2 |\n\nAfter **it**.\n"
    (entries, after) = blocks(text)
    (table,) = entries["entries"][0]
    assert [[run["text"] for run in cell] for cell in table["rows"][0]] == [["1"], ["2"]]
    assert [run["text"] for run in after["runs"]] == ["After ", "it", "."]


def test_a_table_that_is_wide_enough_stays_as_it_is() -> None:
    assert cells("| a | b |\n| - | - |\n| 1 | 2 |\n| 3 |\n") == [["a", "b"], ["1", "2"], ["3", ""]]


@pytest.mark.parametrize("columns", [300, 2000])
def test_a_table_of_countless_cells_loses_none_and_is_not_filled_up(columns: int) -> None:
    wide = "|".join(f"c{i}" for i in range(columns))
    text = "| a |\n| - |\n" + f"| {wide} |\n" + "| 1 |\n" * 300
    made = html(text)
    assert all(f"c{i}" in made for i in range(columns))
    assert made.count("<td") <= 70_000
