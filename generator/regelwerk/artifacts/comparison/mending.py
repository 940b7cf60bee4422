"""What a redline must keep to that the comparison of two Word files does not see to."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.xml import parse, qn, serialize

_DATED = ("w:moveFromRangeStart", "w:moveToRangeStart")
_GONE = ("w:del", "w:moveFrom")
_CORE = "docProps/core.xml"
_CUSTOM = "docProps/custom.xml"
_DIGEST = "digest"


def forget_dates(root: etree._Element) -> None:
    """Take the date off every change that need not have one."""
    dated = {qn(name) for name in _DATED}
    for element in root.iter("*"):
        if element.tag not in dated:
            element.attrib.pop(qn("w:date"), "")


def single_bookmarks(roots: Sequence[etree._Element]) -> None:
    """Leave each bookmark in one place: of two with one name, not the one in text that goes.

    A bookmark name must be unique in a document (ECMA-376-1, 17.13.6.2).
    """
    marks = [mark for root in roots for mark in root.iter(qn("w:bookmarkStart"))]
    ends = {mark.get(qn("w:id")): mark for root in roots for mark in root.iter(qn("w:bookmarkEnd"))}
    names: set[str] = set()
    for mark in sorted(marks, key=_is_gone):
        name = mark.get(qn("w:name"), "")
        if name in names:
            _take_out(mark)
            end = ends.get(mark.get(qn("w:id")))
            if end is not None:
                _take_out(end)
        names.add(name)


def _is_gone(element: etree._Element) -> bool:
    return any(True for name in _GONE for _ in element.iterancestors(qn(name)))


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def tidy_relations(package: Package) -> None:
    """Write targets relative to their part, as every other file of ours does."""
    for name in [name for name in package.parts if name.endswith(".rels")]:
        folder = name.rpartition("_rels/")[0]
        root = parse(package.parts[name])
        for relation in root:
            target = str(relation.get("Target"))
            inside = relation.get("TargetMode") != "External"
            if inside and target.startswith(f"/{folder}"):
                relation.set("Target", target.removeprefix(f"/{folder}"))
        package.parts[name] = serialize(root)


def describe_as_new(package: Package, new: Package) -> None:
    """The properties of the new document, but no digest: a redline is no copy of a version."""
    for name in (_CORE, _CUSTOM):
        if name in new.parts and name in package.parts:
            package.parts[name] = new.parts[name]
    if _CUSTOM in package.parts:
        root = parse(package.parts[_CUSTOM])
        for entry in list(root):
            if _DIGEST in str(entry.get("name")).casefold():
                root.remove(entry)
        package.parts[_CUSTOM] = serialize(root)
