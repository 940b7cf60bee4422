"""What every part of a finished document must keep to, whatever the template did."""

from __future__ import annotations

from lxml import etree

from regelwerk.artifacts.office.package import DOCUMENT, Package
from regelwerk.artifacts.office.xml import parse, qn, serialize

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLOCKS = ("w:p", "w:tbl")


def finish_part(root: etree._Element) -> None:
    """Mend one part: line breaks and tabs in texts, empty tables, cells without a paragraph."""
    for text in list(root.iter(qn("w:t"))):
        _spell_out(text)
    for table in list(root.iter(qn("w:tbl"))):
        if table.find(f".//{qn('w:tr')}") is None:
            _drop_table(table)
    for cell in root.iter(qn("w:tc")):
        children = [child.tag for child in cell]
        if not children or children[-1] != qn("w:p"):
            etree.SubElement(cell, qn("w:p"))


def number_drawings(roots: list[etree._Element]) -> None:
    """Give every drawing and every bookmark of the document an id of its own."""
    drawing = 0
    for root in roots:
        for properties in root.iter(qn("wp:docPr")):
            drawing += 1
            properties.set("id", str(drawing))
    for number, start in enumerate(
        (mark for root in roots for mark in root.iter(qn("w:bookmarkStart"))), start=1
    ):
        old = start.get(qn("w:id"))
        start.set(qn("w:id"), str(number))
        end = next(
            (m for m in start.itersiblings(qn("w:bookmarkEnd")) if m.get(qn("w:id")) == old), None
        )
        if end is not None:
            end.set(qn("w:id"), str(number))


def set_language(package: Package, language: str) -> None:
    """Write the document's language into the defaults of its styles."""
    for _, part in package.targets(DOCUMENT, "styles"):
        root = parse(package.parts[part])
        for found in root.iter(qn("w:lang")):
            found.set(qn("w:val"), language)
        package.parts[part] = serialize(root)


def _spell_out(text: etree._Element) -> None:
    """Turn line breaks and tabs inside a text into elements; keep spaces at its ends."""
    content = text.text or ""
    if content != content.strip():
        text.set(_SPACE, "preserve")
    if "\n" not in content and "\t" not in content:
        return
    run = text.getparent()
    if run is None:
        return
    position = run.index(text)
    run.remove(text)
    for part in _split(content.replace("\r\n", "\n").replace("\r", "\n")):
        if part in ("\n", "\t"):
            element = etree.Element(qn("w:br" if part == "\n" else "w:tab"))
        else:
            element = etree.Element(qn("w:t"), {_SPACE: "preserve"})
            element.text = part
        run.insert(position, element)
        position += 1


def _split(content: str) -> list[str]:
    parts: list[str] = [""]
    for character in content:
        if character in "\n\t":
            parts += [character, ""]
        else:
            parts[-1] += character
    return [part for part in parts if part]


def _drop_table(table: etree._Element) -> None:
    parent = table.getparent()
    if parent is not None:
        parent.remove(table)
