"""How many pages a document has, roughly: without a layout engine nobody knows exactly.

Heights are in points. The letters of a proportional font are taken to be half as wide as high.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import msgspec
from lxml import etree

from regelwerk.artifacts.office.outline import text_of
from regelwerk.artifacts.office.package import DOCUMENT, Package
from regelwerk.artifacts.office.xml import parse, qn

_EMU_A_POINT = 12700
_LINE = 1.28
_LETTER = 0.485
_CELL_PADDING = 4.5
_CELL_SIDES = 8.5
_SIZE = 10.5


class _Style(msgspec.Struct, frozen=True):
    size: float
    before: float
    after: float
    keep: bool


class _Piece(msgspec.Struct, frozen=True):
    """Something that does not split; `keep` holds it on the page of the next piece."""

    height: float
    keep: bool = False


class _Measure(msgspec.Struct, frozen=True):
    """Measures paragraphs and rows with the styles of a document."""

    styles: dict[str, _Style]

    def paragraph(self, paragraph: etree._Element, width: float) -> Iterator[_Piece]:
        name = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self.styles.get(
            name.get(qn("w:val"), "") if name is not None else "", self.styles[""]
        )
        pictures = [int(e.get("cy", "0")) / _EMU_A_POINT for e in paragraph.iter(qn("wp:extent"))]
        line = style.size * _LINE
        lines = max(ceil(len(text_of(paragraph)) * style.size * _LETTER / width), 1)
        if pictures:
            yield _Piece(style.before + max(pictures) + style.after, style.keep)
        elif style.keep or lines == 1:
            yield _Piece(style.before + lines * line + style.after, style.keep)
        else:
            yield _Piece(style.before + line)
            yield from [_Piece(line)] * (lines - 2)
            yield _Piece(line + style.after)

    def row(self, row: etree._Element) -> _Piece:
        heights = []
        for cell in row.findall(qn("w:tc")):
            width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            room = int(width.get(qn("w:w"), "0")) / 20 - _CELL_SIDES if width is not None else 0
            pieces = (
                piece
                for paragraph in cell.iter(qn("w:p"))
                for piece in self.paragraph(paragraph, max(room, 20))
            )
            heights.append(sum(piece.height for piece in pieces))
        least = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
        heights.append(int(least.get(qn("w:val"), "0")) / 20 if least is not None else 0)
        head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        kept = row.find(f".//{qn('w:keepNext')}") is not None
        return _Piece(max(heights) + _CELL_PADDING, head or kept)


def pages_of(document: etree._Element, package: Package) -> int:
    """The number of pages that the body of a document is likely to fill."""
    body = document.find(qn("w:body"))
    if body is None:
        return 0
    width, height = _page(body)
    measure = _Measure(_styles(package))
    pieces: list[_Piece] = []
    for block in body:
        if block.tag == qn("w:p"):
            pieces += measure.paragraph(block, width)
        elif block.tag == qn("w:tbl"):
            pieces += [measure.row(row) for row in block.findall(qn("w:tr"))]
    pages, used, held = 1, 0.0, 0.0
    for piece in pieces:
        held += piece.height
        if piece.keep and held < height:
            continue
        if used + held > height:
            pages, used = pages + 1, 0.0
        used += held
        held = 0.0
    return pages + (used + held > height)


def _page(body: etree._Element) -> tuple[float, float]:
    """Width and height of the text on a page."""
    size = next(body.iter(qn("w:pgSz")), None)
    margin = next(body.iter(qn("w:pgMar")), None)

    def twips(element: etree._Element | None, name: str, otherwise: int) -> int:
        return int(element.get(qn(f"w:{name}"), otherwise)) if element is not None else otherwise

    sides = twips(margin, "left", 1247) + twips(margin, "right", 1247)
    ends = twips(margin, "top", 1588) + twips(margin, "bottom", 1247)
    return (twips(size, "w", 11906) - sides) / 20, (twips(size, "h", 16838) - ends) / 20


def _styles(package: Package) -> dict[str, _Style]:
    """Paragraph styles by id, `""` for text without one; what a style leaves out is the default."""
    found = {"": _Style(_SIZE, 0, 0, keep=False)}
    for _, part in package.targets(DOCUMENT, "styles"):
        for style in parse(package.parts[part]).iter(qn("w:style")):
            size = style.find(f"{qn('w:rPr')}/{qn('w:sz')}")
            spacing = style.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
            found[style.get(qn("w:styleId"), "")] = _Style(
                int(size.get(qn("w:val"), "21")) / 2 if size is not None else _SIZE,
                int(spacing.get(qn("w:before"), "0")) / 20 if spacing is not None else 0,
                int(spacing.get(qn("w:after"), "0")) / 20 if spacing is not None else 0,
                keep=style.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None,
            )
    return found
