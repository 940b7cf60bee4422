"""Reading and making the XML of office files; names are written as `w:p`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

NAMESPACES: Mapping[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def qn(name: str) -> str:
    """`w:p` in the notation of lxml."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def parse(content: bytes) -> etree._Element:
    """Parse XML that is not trusted: no entities, no network, no DTD."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


def fragment(xml: str) -> list[etree._Element]:
    """Elements from a text in which the usual prefixes need not be declared."""
    root = etree.fromstring(f"<root {_DECLARATIONS}>{xml}</root>")
    return list(root)


def declared(root: etree._Element) -> str:
    """The XML of a part whose root declares every usual prefix, so that pieces can be put in."""
    text = etree.tostring(root, encoding="unicode")
    missing = [f'xmlns:{p}="{uri}"' for p, uri in NAMESPACES.items() if p not in root.nsmap]
    opening = re.match(r"<[^\s/>]+", text)
    position = opening.end() if opening is not None else 0
    return f"{text[:position]} {' '.join(missing)}{text[position:]}"


def serialize(root: etree._Element) -> bytes:
    """The bytes of a part, with an XML declaration."""
    if any(str(node.tag).startswith(f"{{{NAMESPACES['w14']}}}") for node in root.iter("*")):
        ignorable = root.get(qn("mc:Ignorable"), "").split()
        root.set(qn("mc:Ignorable"), " ".join(dict.fromkeys([*ignorable, "w14"])))
    used = set(root.get(qn("mc:Ignorable"), "").split())
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r", *used])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def legal(text: str) -> str:
    """The text with every character that XML cannot hold (XML 1.0, 2.2) replaced by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def escaped(text: str) -> str:
    """The text as it stands in XML, in elements and in attributes."""
    return (
        legal(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
    )
