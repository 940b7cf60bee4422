"""The parts of a Word file round its body: styles, numbering, settings, fonts, page and header."""

from make_templates.look import BLUE, BOTTOM, FOOTER, HEADER, LINE, PAGE, SIDE, TOP
from make_templates.pieces import cell, field, p, row, run, shares, table
from make_templates.styles import styles
from make_templates.theme import theme
from regelwerk.artifacts.office.package import DOCUMENT, Package

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES_XML = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def template(body: str, *, footer_left: str) -> bytes:
    """A whole template file from the content of its body."""
    package = Package({"[Content_Types].xml": _TYPES_XML.encode()})
    package.add(DOCUMENT, b"", f"{_TYPES}.document.main+xml")
    package.relate("", "officeDocument", DOCUMENT)
    for kind, part in (
        ("styles", styles()),
        ("numbering", _numbering()),
        ("settings", _settings()),
        ("fontTable", _fonts()),
    ):
        package.add(f"word/{kind}.xml", part, f"{_TYPES}.{kind}+xml")
        package.relate(DOCUMENT, kind, f"word/{kind}.xml")
    package.add(
        "word/theme/theme1.xml",
        theme(),
        "application/vnd.openxmlformats-officedocument.theme+xml",
    )
    package.relate(DOCUMENT, "theme", "word/theme/theme1.xml")
    references = []
    for kind, tag, content in (
        ("header", "hdr", _header()),
        ("footer", "ftr", _footer(footer_left)),
    ):
        xml = f"{_HEAD}<w:{tag} {_NS}>{content}</w:{tag}>"
        package.add(f"word/{kind}1.xml", xml.encode(), f"{_TYPES}.{kind}+xml")
        id_ = package.relate(DOCUMENT, kind, f"word/{kind}1.xml")
        references.append(f'<w:{kind}Reference w:type="default" r:id="{id_}"/>')
    width, height = PAGE
    section = (
        f"<w:sectPr>{''.join(references)}"
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{TOP}" w:right="{SIDE}" '
        f'w:bottom="{BOTTOM}" w:left="{SIDE}" w:header="{HEADER}" w:footer="{FOOTER}" '
        'w:gutter="0"/></w:sectPr>'
    )
    xml = f"{_HEAD}<w:document {_NS}><w:body>{body}{section}</w:body></w:document>"
    package.parts[DOCUMENT] = xml.encode()
    return package.to_bytes()


def _header() -> str:
    left, right = shares(55, 45)
    aligned = '<w:jc w:val="right"/>'
    words = (
        run("{% if number %}")
        + field("DOCPROPERTY DocumentNumber", "{{ number }}")
        + run(" · {% endif %}{{ words.version }} ")
        + field("DOCPROPERTY Version", "{{ version }}")
    )
    status = (
        run("{% if status.stamp %}")
        + field("DOCPROPERTY Status", "{{ status.short }}", "Warning")
        + run("{% else %}")
        + field("DOCPROPERTY Status", "{{ status.short }}")
        + run("{% endif %}{% if classification %} · ")
        + field("DOCPROPERTY Classification", "{{ classification }}")
        + run("{% endif %}")
    )
    organization = (
        p("{{p 'logo' | insert }}"),
        p(field("DOCPROPERTY Organization", "{{ organization }}", "Strong"), "Header"),
        p(field("DOCPROPERTY ProcessTitle", "{{ title }}"), "Header"),
    )
    cells = [
        cell(organization, left),
        cell((p(words, "Header", aligned), p(status, "Header", aligned)), right),
    ]
    line = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{BLUE}"/></w:pBdr>'
        '<w:spacing w:after="80"/>'
    )
    return table("HousePlain", [left, right], [row(cells)]) + p("", "Gap", line)


def _footer(left_text: str) -> str:
    left, middle, right = shares(28, 56, 16)
    page = (
        run("{{ words.page }} ")
        + field("PAGE", "1")
        + run(" {{ words.of }} ")
        + field("NUMPAGES", "1")
    )
    definition = (
        "{{ title }} {{ version }}{% if digest_short %} · {{ digest_short }}{% endif %}"
        "{% if build_short %} · {{ build_short }}{% endif %}"
    )
    cells = [
        cell((p(left_text, "Footer"),), left),
        cell((p(definition, "Footer", '<w:jc w:val="center"/>'),), middle),
        cell((p(page, "Footer", '<w:jc w:val="right"/>'),), right),
    ]
    line = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="{LINE}"/></w:pBdr>'
    return (
        p("", "Gap", line) + table("HousePlain", [left, middle, right], [row(cells)]) + p("", "Gap")
    )


def _numbering() -> bytes:
    """1: numbers of headings; 2 and 3: entries of lists in the text and in tables."""
    heading = (
        '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="Heading1"/><w:lvlText w:val="%1"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="482" w:hanging="482"/></w:pPr></w:lvl></w:abstractNum>'
    )
    bullets = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="{style}"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl></w:abstractNum>'
        for number, style, indent in ((2, "Entry", 284), (3, "TableEntry", 198))
    )
    instances = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3)
    )
    xml = f"{_HEAD}<w:numbering {_NS}>{heading}{bullets}{instances}</w:numbering>"
    return xml.encode()


def _settings() -> bytes:
    xml = (
        f'{_HEAD}<w:settings {_NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
    return xml.encode()


def _fonts() -> bytes:
    xml = (
        f'{_HEAD}<w:fonts {_NS}><w:font w:name="Calibri"><w:altName w:val="Carlito"/>'
        '<w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    return xml.encode()
