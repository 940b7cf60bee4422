"""Tables whose columns came from a loop: a grid that fits the cells, within the same width."""

from __future__ import annotations

from lxml import etree

from regelwerk.artifacts.office.xml import qn


def fit_grid(table: etree._Element) -> None:
    """Where a row has more or fewer cells than the grid has columns, share the width anew.

    The widths of the cells say in what proportion.
    """
    grid = table.find(qn("w:tblGrid"))
    rows = [[_cell(cell) for cell in row.findall(qn("w:tc"))] for row in table.findall(qn("w:tr"))]
    if grid is None or not rows:
        return
    columns = grid.findall(qn("w:gridCol"))
    count = max(sum(span for _, span, _ in row) for row in rows)
    if count in (0, len(columns)):
        return
    total = sum(int(column.get(qn("w:w"), "0")) for column in columns)
    whole = next((row for row in rows if len(row) == count), None)
    weights = [max(width, 1) for _, _, width in whole] if whole else [1] * count
    widths = [total * weight // sum(weights) for weight in weights]
    for column in columns:
        grid.remove(column)
    for width in widths:
        etree.SubElement(grid, qn("w:gridCol")).set(qn("w:w"), str(width))
    for row in rows:
        position = 0
        for cell, span, _ in row:
            _set_width(cell, sum(widths[position : position + span]))
            position += span


def _cell(cell: etree._Element) -> tuple[etree._Element, int, int]:
    """The cell, how many columns it spans, and how wide it says it is."""
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return (
        cell,
        int(span.get(qn("w:val"), "1")) if span is not None else 1,
        int(width.get(qn("w:w"), "0")) if width is not None else 0,
    )


def _set_width(cell: etree._Element, width: int) -> None:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        properties = etree.Element(qn("w:tcPr"))
        cell.insert(0, properties)
    found = properties.find(qn("w:tcW"))
    if found is None:
        found = etree.Element(qn("w:tcW"))
        properties.insert(0, found)
    found.set(qn("w:w"), str(width))
    found.set(qn("w:type"), "dxa")
