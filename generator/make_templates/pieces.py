"""Small pieces of WordprocessingML from which the templates are put together."""

from collections.abc import Sequence

from make_templates.look import WIDTH

Cell = str | tuple[str, ...]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(text: str, style: str = "") -> str:
    """A run; `style` is a character style."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{_escaped(text)}</w:t></w:r>'


def field(instruction: str, shown: str, style: str = "") -> str:
    """A field such as PAGE with what it shows until it is updated; `style` is of characters."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    begin, separate, end = (
        f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "separate", "end")
    )
    code = f'<w:r>{properties}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{begin}{code}{separate}{run(shown, style)}{end}"


def link(text: str, anchor: str) -> str:
    """A run with the value of an expression that leads to the place of an anchor."""
    return run(f"{{{{r {text} | link({anchor}) }}}}")


def place(anchor: str) -> str:
    """The place that links with an anchor lead to."""
    return run(f"{{{{r {anchor} | bookmark }}}}")


def p(text: str = "", style: str = "BodyText", properties: str = "") -> str:
    """A paragraph; text may already be runs."""
    runs = text if text.startswith("<") else run(text) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def tag(code: str) -> str:
    """A paragraph that holds only a tag for whole paragraphs: `{%p if … %}`."""
    return p(f"{{%p {code} %}}")


def when(condition: str, *content: str) -> str:
    """Content that is there only if the condition holds."""
    return tag(f"if {condition}") + "".join(content) + tag("endif")


def each(loop: str, *content: str) -> str:
    """Content for each item of a loop."""
    return tag(f"for {loop}") + "".join(content) + tag("endfor")


def cell(content: Cell, width: int, style: str = "TableText", properties: str = "") -> str:
    """A cell: a text, or ready-made paragraphs."""
    inner = content if isinstance(content, str) else "".join(content)
    if not inner.startswith("<w:p>"):
        inner = p(inner, style)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def row(cells: Sequence[str], *, header: bool = False) -> str:
    """A row that does not split; header rows are repeated on each page."""
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def row_tag(code: str, columns: int, width: int) -> str:
    """A row that holds only a tag for whole rows: `{%tr if … %}`."""
    cells = [cell(f"{{%tr {code} %}}", width)] + [cell("", width)] * (columns - 1)
    return row(cells)


def table(
    style: str,
    widths: Sequence[int],
    rows: Sequence[str],
    *,
    head: bool = False,
    labels: bool = False,
    description: str = "",
) -> str:
    """A table of fixed widths; `head` and `labels` say what its first row and column are."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = f'<w:tblCaption w:val="{_escaped(description)}"/>' if description else ""
    value = (0x20 if head else 0) | (0x80 if labels else 0) | 0x600
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{value:04X}" w:firstRow="{int(head)}" w:lastRow="0" '
        f'w:firstColumn="{int(labels)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def listing(
    loop: str,
    heads: Sequence[str],
    cells: Sequence[Cell],
    widths: Sequence[int],
    *,
    description: str = "",
) -> str:
    """A table with a header row and a row for each item of a loop."""
    columns = len(heads)
    return table(
        "HouseGrid",
        widths,
        [
            row([cell(h, w, "TableHead") for h, w in zip(heads, widths, strict=True)], header=True),
            row_tag(f"for {loop}", columns, widths[0]),
            row([cell(c, w) for c, w in zip(cells, widths, strict=True)]),
            row_tag("endfor", columns, widths[0]),
        ],
        head=True,
        description=description,
    )


def shares(*parts: int) -> list[int]:
    """The width of the text shared out in proportion."""
    widths = [WIDTH * part // sum(parts) for part in parts]
    widths[-1] += WIDTH - sum(widths)
    return widths


def heading(text: str) -> str:
    """A numbered heading of the first level."""
    return p(text, "Heading1")


def sections(name: str) -> str:
    """The free sections of a definition that stand at a place."""
    return each(
        f"section in {name}",
        heading("{{ section.title }}"),
        p("{{p section.text.blocks | blocks }}"),
    )
