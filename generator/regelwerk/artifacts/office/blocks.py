"""Markdown blocks (see `view.markdown`) as WordprocessingML; every text is escaped here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from regelwerk.artifacts.office.xml import escaped

Block = dict[str, Any]
Run = dict[str, Any]

_INDENT = 360
_DEEPEST = 8
_GAP = '<w:spacing w:before="0" w:after="0" w:line="140" w:lineRule="exact"/>'
_CLOSE = '<w:spacing w:after="30"/>'


class BlockWriter(msgspec.Struct, frozen=True):
    """Writes blocks with a document's styles.

    `link` gives the relationship id for an address, `ordered` the numbering instance of a new
    ordered list that begins with a number at a depth, `bullets` that of bulleted ones; `width` is
    the width of the text in twentieths of a point.
    """

    link: Callable[[str], str]
    ordered: Callable[[int, int], int]
    bullets: Callable[[], int]
    width: int

    def write(self, blocks: Sequence[Block], style: str) -> str:
        """The blocks as paragraphs and tables; at least one paragraph."""
        return "".join(self._block(block, style, -1) for block in blocks) or paragraph("", style)

    def _block(self, block: Block, style: str, level: int) -> str:
        if block["type"] == "list":
            return self._list(block, style, level + 1)
        if block["type"] == "table":
            return self._table(block, style)
        indent = f'<w:ind w:left="{(level + 1) * _INDENT}"/>' if level >= 0 else ""
        return paragraph(self._runs(block["runs"]), style, indent)

    def _list(self, block: Block, style: str, level: int) -> str:
        start = int(block["start"]) if block["start"].isdecimal() else 1
        depth = min(level, _DEEPEST)
        instance = self.ordered(start, depth) if block["ordered"] else self.bullets()
        numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{instance}"/></w:numPr>'
        written = []
        for position, entry in enumerate(block["entries"]):
            first, *rest = entry or [{"type": "paragraph", "runs": []}]
            last = level == 0 and position == len(block["entries"]) - 1
            properties = numbered if last and not rest else f"{numbered}{_CLOSE}"
            if first["type"] == "paragraph":
                written.append(paragraph(self._runs(first["runs"]), style, properties))
            else:
                written.append(paragraph("", style, properties) + self._block(first, style, level))
            written += [self._block(other, style, level) for other in rest]
        return "".join(written)

    def _table(self, block: Block, style: str) -> str:
        columns = max(len(block["header"]), 1)
        each = self.width // columns
        grid = f'<w:gridCol w:w="{each}"/>' * columns
        rows = [self._row(block["header"], block["align"], each, columns, header=True)]
        rows += [self._row(row, block["align"], each, columns) for row in block["rows"]]
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="HouseGrid"/>'
            '<w:tblW w:w="5000" w:type="pct"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
            'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{paragraph('', style, _GAP)}"
        )

    def _row(
        self,
        cells: Sequence[Sequence[Run]],
        align: Sequence[str],
        width: int,
        columns: int,
        *,
        header: bool = False,
    ) -> str:
        properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>"
        written = []
        for column in range(columns):
            runs = cells[column] if column < len(cells) else ()
            side = align[column] if column < len(align) else "left"
            jc = f'<w:jc w:val="{side}"/>' if side in ("center", "right") else ""
            text = paragraph(self._runs(runs), "TableText", jc)
            written.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'
            )
        return f"<w:tr>{properties}{''.join(written)}</w:tr>"

    def _runs(self, runs: Sequence[Run]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        style = "Hyperlink" if run["href"] else "CodeText" if run["code"] else ""
        properties = (
            (f'<w:rStyle w:val="{style}"/>' if style else "")
            + ("<w:b/>" if run["bold"] else "")
            + ("<w:i/>" if run["italic"] else "")
        )
        written = text_run(run["text"], properties)
        if not run["href"]:
            return written
        return f'<w:hyperlink r:id="{self.link(run["href"])}">{written}</w:hyperlink>'


def paragraph(runs: str, style: str, properties: str = "") -> str:
    """A paragraph of written runs; `properties` stand behind the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{escaped(style)}"/>{properties}</w:pPr>{runs}</w:p>'


def text_run(text: str, properties: str = "") -> str:
    """A run; line breaks in the text become line breaks on paper."""
    inner = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escaped(line)}</w:t>' if line else ""
        for line in text.split("\n")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"
