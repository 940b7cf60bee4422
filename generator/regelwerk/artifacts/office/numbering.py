"""Lists in a document: bulleted ones share an instance, each ordered one begins anew."""

from __future__ import annotations

from lxml import etree

from regelwerk.artifacts.office.package import DOCUMENT, Package
from regelwerk.artifacts.office.xml import NAMESPACES, parse, qn, serialize

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_PART = "word/numbering.xml"
_MARKS = ("•", "–", "·")
_LEVELS = 9


class Numbering:
    """The numbering part of a package; instances are added while the document is written."""

    def __init__(self, package: Package) -> None:
        self._package = package
        found = package.targets(DOCUMENT, "numbering")
        self._part = found[0][1] if found else _PART
        content = package.parts.get(self._part)
        empty = etree.Element(qn("w:numbering"), nsmap={"w": NAMESPACES["w"]})
        self._root = parse(content) if content is not None else empty
        self._abstract: dict[str, int] = {}
        self._bullets = 0

    def bullets(self) -> int:
        """The instance of every bulleted list."""
        if not self._bullets:
            self._bullets = self._instance(self._abstract_for("bullet"), None)
        return self._bullets

    def ordered(self, start: int, depth: int) -> int:
        """A new instance that counts from `start` at a depth (from 0)."""
        return self._instance(self._abstract_for("decimal"), start, depth)

    def store(self) -> None:
        """Write the part back, if anything was added."""
        if not self._abstract:
            return
        if self._part not in self._package.parts:
            self._package.relate(DOCUMENT, "numbering", self._part)
            self._package.add(self._part, b"", _TYPE)
        self._package.parts[self._part] = serialize(self._root)

    def _abstract_for(self, kind: str) -> int:
        if kind not in self._abstract:
            number = self._free("w:abstractNum", "w:abstractNumId")
            abstract = etree.Element(qn("w:abstractNum"), {qn("w:abstractNumId"): str(number)})
            multi = etree.SubElement(abstract, qn("w:multiLevelType"))
            multi.set(qn("w:val"), "hybridMultilevel")
            for level in range(_LEVELS):
                abstract.append(_level(level, kind))
            instances = self._root.find(qn("w:num"))
            position = list(self._root).index(instances) if instances is not None else None
            if position is None:
                self._root.append(abstract)
            else:
                self._root.insert(position, abstract)
            self._abstract[kind] = number
        return self._abstract[kind]

    def _instance(self, abstract: int, start: int | None, depth: int = 0) -> int:
        number = self._free("w:num", "w:numId")
        instance = etree.Element(qn("w:num"), {qn("w:numId"): str(number)})
        reference = etree.SubElement(instance, qn("w:abstractNumId"))
        reference.set(qn("w:val"), str(abstract))
        if start is not None:
            override = etree.SubElement(instance, qn("w:lvlOverride"), {qn("w:ilvl"): str(depth)})
            etree.SubElement(override, qn("w:startOverride")).set(qn("w:val"), str(start))
        cleanup = self._root.find(qn("w:numIdMacAtCleanup"))
        if cleanup is not None:
            cleanup.addprevious(instance)
        else:
            self._root.append(instance)
        return number

    def _free(self, element: str, attribute: str) -> int:
        taken = [int(found.get(qn(attribute), "0")) for found in self._root.iter(qn(element))]
        return max(taken, default=0) + 1


def _level(level: int, kind: str) -> etree._Element:
    element = etree.Element(qn("w:lvl"), {qn("w:ilvl"): str(level)})
    mark = _MARKS[level % len(_MARKS)] if kind == "bullet" else f"%{level + 1}."
    for name, value in (
        ("w:start", "1"),
        ("w:numFmt", kind),
        ("w:lvlText", mark),
        ("w:lvlJc", "left"),
    ):
        etree.SubElement(element, qn(name)).set(qn("w:val"), value)
    properties = etree.SubElement(element, qn("w:pPr"))
    left = str(360 * (level + 1))
    etree.SubElement(properties, qn("w:ind"), {qn("w:left"): left, qn("w:hanging"): "360"})
    return element
