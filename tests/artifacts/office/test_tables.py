"""Tables whose columns come from a loop."""

from __future__ import annotations

import pytest
from lxml import etree

from regelwerk.artifacts.office.tables import fit_grid
from regelwerk.artifacts.office.xml import fragment, qn

TOTAL = 9400


def matrix(columns: int, head: str = "Sales") -> etree._Element:
    def cell(width: int, text: str) -> str:
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )

    def row(properties: str) -> str:
        cells = cell(1000, "1") + cell(3600, "Title") + cell(1500, head) * columns
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (1000, 3600, TOTAL - 4600))
    xml = f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{row('<w:tblHeader/>')}{row('')}</w:tbl>"
    return fragment(xml)[0]


def widths(table: etree._Element) -> list[int]:
    return [int(column.get(qn("w:w"), "0")) for column in table.iter(qn("w:gridCol"))]


@pytest.mark.parametrize("columns", [2, 3, 5, 8, 12, 30])
def test_the_grid_fits_the_cells_within_the_same_width(columns: int) -> None:
    table = matrix(columns)
    fit_grid(table)
    found = widths(table)
    assert len(found) == columns + 2
    assert TOTAL - len(found) <= sum(found) <= TOTAL
    assert min(found) > 100
    cells = [int(c.get(qn("w:w"), "0")) for c in table.iter(qn("w:tcW"))]
    assert cells[: len(found)] == found


def test_few_columns_are_not_made_wider_than_the_template_has_them() -> None:
    table = matrix(2)
    fit_grid(table)
    assert widths(table) == [1000, TOTAL - 4000, 1500, 1500]


def test_heads_are_turned_only_where_a_word_would_be_torn() -> None:
    for columns, head, turned in ((2, "Sales Manager", 0), (8, "Management", 8)):
        table = matrix(columns, head)
        fit_grid(table)
        assert len(list(table.iter(qn("w:textDirection")))) == turned
