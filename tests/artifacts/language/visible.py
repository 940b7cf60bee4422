"""Every text that a reader sees, or hears, in an artifact, a paragraph or a cell at a time."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from lxml import etree, html
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

_BLOCKS = frozenset(
    (
        *("p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "label"),
        *("legend", "option", "button", "figcaption", "caption", "title", "summary", "section"),
        *("fieldset", "header", "footer", "main", "article", "nav", "tr", "table", "ul", "ol"),
        *("form", "body", "head", "html", "dl", "svg", "g", "desc", "text", "a", "output", "del"),
        *("noscript", "select", "thead", "tbody", "hr", "br", "figure", "blockquote", "pre"),
    )
)
_HIDDEN = frozenset(("script", "style", "template"))
_SPOKEN = ("title", "alt", "aria-label", "placeholder", "aria-description", "label", "data-label")
_WORD_VALUES = ("descr", "title", "displayText")
_LINE = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*|#>]|\d+\.)\s)")


def seen_in(path: str, content: bytes) -> Iterator[str]:
    """The texts of a file, told by its name."""
    kind = path.rpartition(".")[2]
    if kind == "docx":
        yield from _word(content)
    elif kind == "xlsx":
        yield from _workbook(content)
    elif kind in ("html", "svg"):
        yield from _markup(content.decode())
    elif kind == "md":
        yield from _markdown(content.decode())
    elif kind == "eml":
        yield from _mail(content)
    elif kind in ("xml", "bpmn"):
        yield from _named(content)
    elif kind == "ics":
        yield from re.findall(
            r"^(?:SUMMARY|DESCRIPTION|LOCATION)[^:]*:(.*)$", _unfolded(content), re.MULTILINE
        )


def _unfolded(content: bytes) -> str:
    return content.decode().replace("\r\n ", "").replace("\r\n", "\n")


def _local(tag: Any) -> str:
    return etree.QName(tag).localname if isinstance(tag, str) else ""


def _word(content: bytes) -> Iterator[str]:
    for name, root in _parts(content):
        if name.startswith("word/"):
            for element in root.iter():
                local = _local(element.tag)
                if local == "p":
                    yield "".join(
                        part.text or "" for part in element.iter() if _local(part.tag) == "t"
                    )
                if local in ("alias", "placeholder", "tblCaption", "tblDescription"):
                    yield from (str(v) for k, v in element.attrib.items() if _local(k) == "val")
                if local in ("docPr", "listItem"):
                    yield from (
                        str(v) for k, v in element.attrib.items() if _local(k) in _WORD_VALUES
                    )
        elif name == "docProps/core.xml":
            yield from _properties(root)


def _properties(root: etree._Element) -> Iterator[str]:
    for element in root:
        if _local(element.tag) in ("title", "subject", "description", "keywords", "category"):
            yield element.text or ""


def _workbook(content: bytes) -> Iterator[str]:
    book = load_workbook(io.BytesIO(content))
    yield from (str(book.properties.title or ""), str(book.properties.subject or ""))
    yield str(book.properties.description or "")
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        yield sheet.title
        yield from (str(part.text or "") for part in _edges(sheet))
        for column in sheet.iter_cols():
            if not sheet.column_dimensions[get_column_letter(column[0].column)].hidden:
                yield from (str(cell.value) for cell in column if isinstance(cell.value, str))
                yield from (cell.comment.text for cell in column if cell.comment is not None)
        for rule in sheet.data_validations.dataValidation:
            yield from (rule.prompt or "", rule.promptTitle or "", rule.error or "")
            yield rule.errorTitle or ""
            yield str(rule.formula1 or "") if str(rule.formula1 or "").startswith('"') else ""


def _edges(sheet: Any) -> Iterator[Any]:
    for edge in (sheet.oddHeader, sheet.oddFooter, sheet.firstHeader, sheet.firstFooter):
        yield from (edge.left, edge.center, edge.right)


def _parts(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                yield name, etree.fromstring(archive.read(name))


def _markup(text: str) -> Iterator[str]:
    root = html.document_fromstring(text)
    for script in root.iter("script"):
        if script.get("type") == "application/json":
            yield from _said(json.loads(script.text or "{}").get("words", {}))
    yield from _blocks(root)


def _said(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict):
        for value in words.values():
            yield from _said(value)


def _blocks(root: Any) -> Iterator[str]:
    text: list[str] = []

    def flush() -> Iterator[str]:
        joined = "".join(text).strip()
        text.clear()
        if joined:
            yield joined

    def walk(element: Any) -> Iterator[str]:
        tag = _local(element.tag) if isinstance(element.tag, str) else ""
        if tag and tag not in _HIDDEN:
            yield from (element.get(name) for name in _SPOKEN if element.get(name))
            if str(element.get("href")).startswith("mailto:"):
                yield from (text for _, text in parse_qsl(urlsplit(element.get("href")).query))
            block = tag in _BLOCKS
            if block:
                yield from flush()
            text.append(element.text or "")
            for child in element:
                yield from walk(child)
            if block:
                yield from flush()
        text.append(element.tail or "")

    yield from walk(root)
    yield from flush()


def _markdown(text: str) -> Iterator[str]:
    if text.startswith("---\n"):
        head, _, text = text[4:].partition("\n---\n")
        yield from re.findall(r"^(?:title|description):\s*(.*)$", head, re.MULTILINE)
    made = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    yield from _markup(f"<html><body>{made}</body></html>")


def _mail(content: bytes) -> Iterator[str]:
    message = cast("Any", message_from_bytes(content, policy=default))
    yield str(message["Subject"])
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            yield from _LINE.split(part.get_content())
        elif part.get_content_type() == "text/html":
            yield from _markup(part.get_content())


def _named(content: bytes) -> Iterator[str]:
    for element in etree.fromstring(content).iter():
        yield element.get("name", "")
        if _local(element.tag) in ("title", "description", "documentation"):
            yield re.sub(r"<[^>]*>", " ", element.text or "")
