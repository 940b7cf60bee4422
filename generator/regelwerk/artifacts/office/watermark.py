"""A word across every page, put into every header whatever the template looks like."""

from __future__ import annotations

from lxml import etree

from regelwerk.artifacts.office.package import DOCUMENT, Package
from regelwerk.artifacts.office.xml import NAMESPACES, escaped, fragment, parse, qn, serialize

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_KINDS = ("default", "first", "even")
_COLOUR = "#e3c3bf"


def add_watermark(package: Package, text: str, document: etree._Element) -> None:
    """Draw `text` behind every page; a section without a header of its own kind gets one.

    `document` is the root of the body; it is changed where headers have to be added.
    """
    _ensure_headers(package, document)
    for number, (_, part) in enumerate(package.targets(DOCUMENT, "header"), start=1):
        root = parse(package.parts[part])
        first = root.find(qn("w:p"))
        if first is None:
            first = etree.SubElement(root, qn("w:p"))
        run = fragment(_shape(text, number))[0]
        properties = first.find(qn("w:pPr"))
        first.insert(0 if properties is None else 1, run)
        package.parts[part] = serialize(root)


def _ensure_headers(package: Package, document: etree._Element) -> None:
    """Give the first section a header of every kind that it uses; later ones inherit them."""
    section = next(document.iter(qn("w:sectPr")), None)
    if section is None:
        return
    used = {"default"}
    if any(other.find(qn("w:titlePg")) is not None for other in document.iter(qn("w:sectPr"))):
        used.add("first")
    for settings in package.targets(DOCUMENT, "settings"):
        if parse(package.parts[settings[1]]).find(qn("w:evenAndOddHeaders")) is not None:
            used.add("even")
    present = {ref.get(qn("w:type"), "default") for ref in section.iter(qn("w:headerReference"))}
    for kind in (kind for kind in _KINDS if kind in used - present):
        name = f"word/header-{kind}.xml"
        root = etree.Element(qn("w:hdr"), nsmap={"w": NAMESPACES["w"], "r": NAMESPACES["r"]})
        etree.SubElement(root, qn("w:p"))
        package.add(name, serialize(root), _TYPE)
        reference = etree.Element(qn("w:headerReference"))
        reference.set(qn("w:type"), kind)
        reference.set(qn("r:id"), package.relate(DOCUMENT, "header", name))
        section.insert(0, reference)


def _shape(text: str, number: int) -> str:
    width, height = (430, 145) if len(text) <= 7 else (500, 90)
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
        'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>'
        f'</v:shapetype><v:shape id="Watermark{number}" o:spid="_x0000_s{2048 + number}" '
        f'type="#_x0000_t136" alt="{escaped(text)}" '
        f'style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;'
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        f'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="{_COLOUR}" '
        'stroked="f"><v:fill opacity=".45"/>'
        f'<v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" '
        f'string="{escaped(text)}"/></v:shape></w:pict></w:r>'
    )
