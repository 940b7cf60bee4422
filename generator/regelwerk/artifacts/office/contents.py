"""The table of contents: entries written here, page numbers as fields (see ADR 10).

Word and LibreOffice work the fields out; what they show until then is nothing, or the number that
a layout engine found. A wrong number is never shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from regelwerk.artifacts.office.blocks import paragraph, text_run
from regelwerk.artifacts.office.build_digest import with_build_digest
from regelwerk.artifacts.office.fields import field
from regelwerk.artifacts.office.length import pages_of
from regelwerk.artifacts.office.outline import Heading, outline
from regelwerk.artifacts.office.package import DOCUMENT, Package, open_package
from regelwerk.artifacts.office.xml import fragment, parse, qn, serialize
from regelwerk.errors import RenderError

FEWEST_PAGES = 7

_PLACE = "_Contents"
_MOST_ENTRIES = 80
_TAB = "<w:r><w:tab/></w:r>"
_INDENT = 482


def contents_place(title: str) -> str:
    """The heading of the table, which marks where it goes or vanishes if it is not needed."""
    mark = f'<w:bookmarkStart w:id="c" w:name="{_PLACE}"/><w:bookmarkEnd w:id="c"/>'
    return paragraph(mark + text_run(title), "FrontHeading")


def fill_contents(
    document: etree._Element, package: Package, width: int, wanted: bool | None
) -> None:
    """Write the entries behind the place that the template gave them.

    `wanted` says whether there is to be a table; None: only where the document seems long enough.
    """
    place = next(
        (m for m in document.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")) == _PLACE), None
    )
    head = place.getparent() if place is not None else None
    parent = head.getparent() if head is not None else None
    if head is None or parent is None:
        return
    if wanted is None:
        wanted = pages_of(document, package) >= FEWEST_PAGES
    if not wanted:
        parent.remove(head)
        return
    headings = list(outline(document, package))
    if len(headings) > _MOST_ENTRIES:
        headings = [heading for heading in headings if heading.level == 1]
    position = parent.index(head) + 1
    for number, heading in enumerate(headings, start=1):
        name = f"_Toc{number:09}"
        _mark(heading.paragraph, name)
        entry = fragment(_entry(heading, name, width))[0]
        parent.insert(position, entry)
        position += 1


def entries_of(content: bytes, file: str) -> tuple[str, ...]:
    """The texts of the table of contents of a finished document; none where it has no table."""
    package = open_package(content, file)
    document = parse(package.parts[DOCUMENT])
    named = {f.get(qn("w:name")): f.getparent() for f in document.iter(qn("w:bookmarkStart"))}
    known = {id(heading.paragraph): heading.text for heading in outline(document, package)}
    return tuple(known.get(id(named.get(name)), "") for name in _fields(document))


def with_page_numbers(content: bytes, numbers: Mapping[int, int], file: str) -> bytes:
    """The same document with page numbers, by the place of their entry in the table (from 0)."""
    return _with(content, {place: str(number) for place, number in numbers.items()}, file)


def without_page_numbers(content: bytes, file: str) -> bytes:
    """The same document as it was before anybody laid it out, to the byte."""
    return _with(content, dict.fromkeys(range(_MOST_ENTRIES), ""), file)


def _with(content: bytes, shown: Mapping[int, str], file: str) -> bytes:
    package = open_package(content, file)
    try:
        document = parse(package.parts[DOCUMENT])
    except etree.XMLSyntaxError as error:
        raise RenderError(f"{file} is not a sound Word file: {error}") from error
    for place, instruction in enumerate(_fields(document).values()):
        if place in shown:
            _show(instruction, shown[place])
    package.parts[DOCUMENT] = serialize(document)
    package.parts = with_build_digest(package.parts)
    return package.to_bytes()


def _mark(paragraph_: etree._Element, name: str) -> None:
    """Put a bookmark round what a heading holds."""
    start, end = fragment(
        f'<w:bookmarkStart w:id="{name}" w:name="{name}"/><w:bookmarkEnd w:id="{name}"/>'
    )
    properties = paragraph_.find(qn("w:pPr"))
    paragraph_.insert(0 if properties is None else 1, start)
    paragraph_.append(end)


def _entry(heading: Heading, name: str, width: int) -> str:
    left = _INDENT if heading.level == 1 else 2 * _INDENT
    hanging = _INDENT if heading.number else 0
    properties = (
        f'<w:tabs><w:tab w:val="left" w:pos="{left}"/>'
        f'<w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
    )
    number = text_run(heading.number) + _TAB if heading.number else ""
    runs = number + text_run(heading.text) + _TAB + field(f"PAGEREF {name} \\h", "")
    link = f'<w:hyperlink w:anchor="{name}" w:history="1">{runs}</w:hyperlink>'
    return paragraph(link, f"TOC{heading.level}", properties)


def _fields(document: etree._Element) -> dict[str, etree._Element]:
    """The PAGEREF instructions of the entries by the bookmark they refer to."""
    found = {}
    for instruction in document.iter(qn("w:instrText")):
        words = (instruction.text or "").split()
        if len(words) > 1 and words[0] == "PAGEREF" and words[1].startswith("_Toc"):
            found[words[1]] = instruction
    return found


def _show(instruction: etree._Element, number: str) -> None:
    """Replace what the field of an instruction shows; without a number Word is asked for it."""
    run = instruction.getparent()
    if run is None:
        return
    begin = run.getprevious()
    if begin is not None:
        for mark in begin.iter(qn("w:fldChar")):
            mark.attrib.pop(qn("w:dirty"), "")
            if not number:
                mark.set(qn("w:dirty"), "true")
    separate = run.getnext()
    if separate is None:
        return
    shown = separate.getnext()
    while shown is not None and shown.find(qn("w:fldChar")) is None:
        following = shown.getnext()
        separate.getparent().remove(shown)  # type: ignore[union-attr]
        shown = following
    if number:
        separate.addnext(fragment(text_run(number))[0])
