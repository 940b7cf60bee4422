"""styles.xml: real heading styles, paragraphs, tables."""

from make_templates.look import BLUE, FAINT, FONT, GREY, INK, LINE, LINK, MONO, WARNING
from make_templates.look import WARNING_FAINT as PALE

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CELL_MARGIN = (
    '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)


def _run(
    *, size: float | None = None, bold: bool = False, italic: bool = False, colour: str = ""
) -> str:
    half = str(int(size * 2)) if size else ""
    return (
        "<w:rPr>"
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else "")
        + "</w:rPr>"
    )


def _paragraph(
    id_: str,
    name: str,
    run: str = "",
    *,
    based: str = "Normal",
    after: int = 0,
    before: int = 0,
    keep: bool = False,
    extra: str = "",
    level: int | None = None,
    following: str = "",
    quick: bool = True,
) -> str:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    head, _, tail = extra.partition("|")
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + ("<w:qFormat/>" if quick else "")
        + "<w:pPr>"
        + ("<w:keepNext/><w:keepLines/>" if keep else "")
        + f'{head}<w:spacing w:before="{before}" w:after="{after}"/>{tail}{outline}</w:pPr>'
        f"{run}</w:style>"
    )


def _border(side: str, colour: str = LINE, size: int = 4, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _box(colour: str, fill: str) -> str:
    sides = (
        _border("top", fill, 24, 2),
        _border("left", colour, 24, 6),
        _border("bottom", fill, 24, 2),
    )
    return f'<w:pBdr>{"".join(sides)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def _table(id_: str, name: str, properties: str, conditions: str = "") -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:pPr><w:spacing w:after="0"/></w:pPr>'
        f"<w:tblPr>{properties}{_CELL_MARGIN}</w:tblPr>{conditions}</w:style>"
    )


def styles() -> bytes:
    """The part `word/styles.xml`."""
    lines = "".join(_border(side) for side in ("top", "bottom", "insideH"))
    grid = "".join(_border(s) for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    first_row = (
        f'<w:tblStylePr w:type="firstRow">{_run(bold=True, colour=BLUE)}<w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{FAINT}"/></w:tcPr></w:tblStylePr>'
    )
    first_column = f'<w:tblStylePr w:type="firstCol">{_run(colour=GREY)}</w:tblStylePr>'
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>',
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>',
        f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>',
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>',
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="252" ',
        'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>',
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>',
        "<w:qFormat/></w:style>",
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">',
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>',
        "</w:style>",
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">',
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr>',
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>',
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>',
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>',
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        _paragraph("Title", "Title", _run(size=24, bold=True, colour=BLUE), keep=True, after=20),
        _paragraph("Subtitle", "Subtitle", _run(size=13, colour=GREY), keep=True, after=80),
        _paragraph(
            "Heading1",
            "heading 1",
            _run(size=15, bold=True, colour=BLUE),
            keep=True,
            before=300,
            after=80,
            level=0,
            following="BodyText",
            extra='<w:numPr><w:numId w:val="1"/></w:numPr>',
        ),
        _paragraph(
            "Heading2",
            "heading 2",
            _run(size=12, bold=True, colour=BLUE),
            keep=True,
            before=240,
            after=40,
            level=1,
            following="BodyText",
        ),
        _paragraph(
            "Heading3",
            "heading 3",
            _run(size=11, bold=True, colour=BLUE),
            keep=True,
            before=160,
            after=40,
            level=2,
            following="BodyText",
        ),
        _paragraph(
            "FrontHeading",
            "Front Heading",
            _run(size=11, bold=True, colour=BLUE),
            keep=True,
            before=220,
            after=60,
            following="BodyText",
        ),
        _paragraph("BodyText", "Body Text", after=100),
        _paragraph("TableText", "Table Text", _run(size=10)),
        _paragraph("TableHead", "Table Head", _run(size=10, bold=True, colour=BLUE), keep=True),
        _paragraph("Label", "Label", _run(size=10, colour=GREY)),
        _paragraph("Note", "Note", _run(size=9, colour=GREY), before=40, after=100),
        _paragraph("Entry", "Entry", after=30, extra='<w:numPr><w:numId w:val="2"/></w:numPr>'),
        _paragraph(
            "TableEntry",
            "Table Entry",
            _run(size=10),
            extra='<w:numPr><w:numId w:val="3"/></w:numPr>',
        ),
        _paragraph("StepRole", "Step Role", _run(size=10, colour=GREY), keep=True, after=60),
        _paragraph(
            "StepBranch",
            "Step Branch",
            _run(size=10, bold=True, colour=GREY),
            keep=True,
            before=200,
            extra=f"<w:pBdr>{_border('top', LINE, 6, 3)}</w:pBdr>",
        ),
        _paragraph("Question", "Question", _run(bold=True), keep=True, before=80, after=60),
        _paragraph("Status", "Status", before=120, after=180, extra=_box(BLUE, FAINT)),
        _paragraph(
            "StatusWarning",
            "Status Warning",
            _run(bold=True, colour=WARNING),
            before=120,
            after=180,
            extra=_box(WARNING, PALE),
        ),
        _paragraph(
            "Figure", "Figure", keep=True, before=60, after=40, extra='|<w:jc w:val="center"/>'
        ),
        _paragraph(
            "Caption",
            "caption",
            _run(size=9, colour=GREY),
            after=140,
            extra='|<w:jc w:val="center"/>',
        ),
        _paragraph("TOC1", "toc 1", _run(size=10), before=30, quick=False),
        _paragraph("TOC2", "toc 2", _run(size=9.5, colour=GREY), quick=False),
        _paragraph("Logo", "Logo", after=60),
        _paragraph("Gap", "Gap", _run(size=4), quick=False),
        _paragraph("Header", "header", _run(size=9, colour=GREY)),
        _paragraph("Footer", "footer", _run(size=9, colour=GREY)),
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>',
        f'<w:color w:val="{LINK}"/><w:u w:val="single"/></w:rPr></w:style>',
        '<w:style w:type="character" w:customStyle="1" w:styleId="StepLink">',
        f'<w:name w:val="Step Link"/><w:rPr><w:color w:val="{LINK}"/></w:rPr></w:style>',
        '<w:style w:type="character" w:customStyle="1" w:styleId="CodeText">',
        f'<w:name w:val="Code Text"/><w:rPr><w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}"/>',
        '<w:sz w:val="19"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="PlaceholderText">',
        '<w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="6B7780"/></w:rPr></w:style>',
        '<w:style w:type="character" w:customStyle="1" w:styleId="Warning">',
        f'<w:name w:val="Warning"/><w:rPr><w:b/><w:color w:val="{WARNING}"/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/>',
        "</w:rPr></w:style>",
        _table("HouseGrid", "House Grid", f"<w:tblBorders>{grid}</w:tblBorders>", first_row),
        _table("HouseFacts", "House Facts", f"<w:tblBorders>{lines}</w:tblBorders>", first_column),
        _table("HousePlain", "House Plain", ""),
        "</w:styles>",
    ]
    return "".join(parts).encode()
