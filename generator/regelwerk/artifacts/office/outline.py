"""The headings of a document: those paragraphs whose style has an outline level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from lxml import etree

from regelwerk.artifacts.office.package import DOCUMENT, Package
from regelwerk.artifacts.office.xml import parse, qn

DEEPEST = 2


class Heading(msgspec.Struct, frozen=True):
    """A heading with its level (from 1), the number that Word gives it, and its text."""

    paragraph: etree._Element
    level: int
    number: str
    text: str


class _HeadingStyle(msgspec.Struct, frozen=True):
    level: int
    numbered: bool


def outline(document: etree._Element, package: Package) -> Iterator[Heading]:
    """The headings down to the second level, in the order of the text."""
    styles = _heading_styles(package)
    count = 0
    for paragraph in document.iter(qn("w:p")):
        name = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = styles.get(name.get(qn("w:val"), "")) if name is not None else None
        if style is None:
            continue
        number = ""
        if style.numbered:
            count += 1
            number = str(count)
        yield Heading(paragraph, style.level, number, text_of(paragraph))


def text_of(paragraph: etree._Element) -> str:
    """The text of a paragraph in one line."""
    pieces = [
        element.text or "" if element.tag == qn("w:t") else " "
        for element in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    ]
    return " ".join("".join(pieces).split())


def _heading_styles(package: Package) -> Mapping[str, _HeadingStyle]:
    """Heading styles by id; only those of the first level are taken to be numbered."""
    found = {}
    for _, part in package.targets(DOCUMENT, "styles"):
        for style in parse(package.parts[part]).iter(qn("w:style")):
            level = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            depth = int(level.get(qn("w:val"), "9")) + 1 if level is not None else 10
            if depth <= DEEPEST:
                numbering = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
                numbered = depth == 1 and numbering is not None
                found[style.get(qn("w:styleId"), "")] = _HeadingStyle(depth, numbered)
    return found
