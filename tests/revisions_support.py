"""Tracked changes in tests: what Word makes of a part when all of them are accepted or rejected."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NEW = ("ins", "moveTo")
_OLD = ("del", "moveFrom")
_FORMER = ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange")


def accepted(root: etree._Element) -> etree._Element:
    """A copy in which every tracked change is accepted."""
    return _resolved(root, keep=_NEW, drop=_OLD)


def rejected(root: etree._Element) -> etree._Element:
    """A copy in which every tracked change is rejected."""
    return _resolved(root, keep=_OLD, drop=_NEW)


def lines(root: etree._Element) -> list[str]:
    """What a reader sees: the text of every paragraph, each cell and row marked."""
    found = []
    for element in root.iter(f"{W}p", f"{W}tc", f"{W}tr"):
        if element.tag == f"{W}p":
            found.append(_text(element))
        else:
            found.append(etree.QName(element).localname.upper())
    return found


def _text(paragraph: etree._Element) -> str:
    words = ""
    for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}drawing", f"{W}instrText"):
        local = etree.QName(element).localname
        if local in ("t", "instrText"):
            words += element.text or ""
        elif not (local == "tab" and element.getparent().tag == f"{W}tabs"):
            words += {"br": "\n", "tab": "\t", "drawing": "[drawing]"}[local]
    return words


def _resolved(root: etree._Element, keep: tuple[str, ...], drop: tuple[str, ...]) -> etree._Element:
    root = deepcopy(root)
    gone = {f"{W}{name}" for name in drop}
    for former in [f for name in _FORMER for f in root.iter(f"{W}{name}")]:
        former.getparent().remove(former)
    _drop_rows_and_cells(root, gone, f"{W}cellIns" if "ins" in drop else f"{W}cellDel")
    for paragraph in list(root.iter(f"{W}p")):
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        ends = marks is not None and any(mark.tag in gone for mark in marks)
        _drop_text(paragraph, gone)
        if ends:
            _join_with_next(paragraph)
    for name in keep:
        for change in list(root.iter(f"{W}{name}")):
            _unwrap(change)
    for text in root.iter(f"{W}delText", f"{W}delInstrText"):
        text.tag = text.tag.replace("delText", "t").replace("delInstr", "instr")
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    return root


def _drop_rows_and_cells(root: etree._Element, gone: set[str], cell_gone: str) -> None:
    for row in list(root.iter(f"{W}tr")):
        marks = row.find(f"{W}trPr")
        if marks is not None and any(mark.tag in gone for mark in marks):
            row.getparent().remove(row)
    for cell in list(root.iter(f"{W}tc")):
        if cell.find(f"{W}tcPr/{cell_gone}") is not None:
            cell.getparent().remove(cell)


def _drop_text(paragraph: etree._Element, gone: set[str]) -> None:
    for change in list(paragraph.iter(*gone)):
        if change.getparent().tag != f"{W}rPr":
            change.getparent().remove(change)


def _join_with_next(paragraph: etree._Element) -> None:
    """A paragraph whose mark goes away: its content moves to the front of the next one."""
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = paragraph.getnext()
    while following is not None and following.tag not in (f"{W}p", f"{W}tbl", f"{W}sectPr"):
        following = following.getnext()
    if following is not None and following.tag == f"{W}p":
        at = 1 if following.find(f"{W}pPr") is not None else 0
        for child in reversed(content):
            following.insert(at, child)
    elif any(child.tag == f"{W}r" for child in content):
        return
    paragraph.getparent().remove(paragraph)


def _unwrap(change: etree._Element) -> None:
    parent = change.getparent()
    at = parent.index(change)
    for child in reversed(list(change)):
        parent.insert(at, child)
    parent.remove(change)
