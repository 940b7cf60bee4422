"""Tables whose columns came from a loop: a grid that fits the cells, within the same width."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from regelwerk.artifacts.office.xml import qn

# Twips: the narrowest column, the margins of a cell, a bold letter at 10 pt, the tallest head.
_NARROWEST = 480
_PADDING = 180
_LETTER = 112
_TALLEST = 2200


def fit_grid(table: etree._Element) -> None:
    """Where a row has more or fewer cells than the grid has columns, share the width anew.

    Columns of equal width came from the loop and share what the others leave; they are not made
    wider than the template has them. Headings that no longer fit are turned.
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
    wanted = [max(width, 1) for _, _, width in whole] if whole else [1] * count
    widths = _shared(wanted, total)
    for column in columns:
        grid.remove(column)
    for width in widths:
        etree.SubElement(grid, qn("w:gridCol")).set(qn("w:w"), str(width))
    for row in rows:
        position = 0
        for cell, span, _ in row:
            _set_width(cell, sum(widths[position : position + span]))
            position += span
    _turn_heads(table, widths)


def _shared(wanted: list[int], total: int) -> list[int]:
    """Widths that add up to `total`; only the looped columns shrink, at least to `_NARROWEST`."""
    looped = Counter(wanted).most_common(1)[0][0]
    repeated = wanted.count(looped)
    widest = max(
        (i for i, width in enumerate(wanted) if width != looped),
        default=None,
        key=lambda i: wanted[i],
    )
    fixed = sum(width for width in wanted if width != looped)
    each = max(min(looped, (total - fixed) // repeated), _NARROWEST)
    widths = [each if width == looped else width for width in wanted]
    if widest is None or widths[widest] + total - sum(widths) < _NARROWEST:
        return [total * width // sum(widths) for width in widths]
    widths[widest] += total - sum(widths)
    return widths


def _turn_heads(table: etree._Element, widths: list[int]) -> None:
    """Write the heads of columns upwards if a word of one of them would be torn apart."""
    row = table.find(qn("w:tr"))
    cells = row.findall(qn("w:tc")) if row is not None else []
    if row is None or row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
        return
    looped = Counter(widths).most_common(1)[0][0]
    heads = [
        (cell, " ".join(text.text or "" for text in cell.iter(qn("w:t"))))
        for cell, width in zip(cells, widths, strict=False)
        if width == looped
    ]
    room = looped - _PADDING
    if all(len(word) * _LETTER <= room for _, text in heads for word in text.split()):
        return
    height = min(max(len(text) for _, text in heads) * _LETTER + _PADDING, _TALLEST)
    for cell, _ in heads:
        properties = cell.find(qn("w:tcPr"))
        if properties is not None:
            direction = etree.Element(qn("w:textDirection"))
            direction.set(qn("w:val"), "btLr")
            _insert_ordered(properties, direction)
    settings = row.find(qn("w:trPr"))
    if settings is not None:
        element = etree.SubElement(settings, qn("w:trHeight"))
        element.set(qn("w:val"), str(height))
        element.set(qn("w:hRule"), "atLeast")


def _insert_ordered(properties: etree._Element, direction: etree._Element) -> None:
    """Put the direction of the text where the schema wants it (ECMA-376-1, CT_TcPr)."""
    later = [qn(name) for name in ("w:tcFitText", "w:vAlign", "w:hideMark")]
    following = next((child for child in properties if child.tag in later), None)
    if following is not None:
        following.addprevious(direction)
    else:
        properties.append(direction)


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
