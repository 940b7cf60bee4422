"""BPMN's namespaces, and how texts and numbers are written in its XML."""

from __future__ import annotations

import re

from lxml import etree

Element = etree._Element  # noqa: SLF001 - the name under which lxml publishes the type

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PICTURE = "http://www.omg.org/spec/BPMN/20100524/DI"
BOX = "http://www.omg.org/spec/DD/20100524/DC"
LINE = "http://www.omg.org/spec/DD/20100524/DI"
NAMESPACES = {"bpmn": MODEL, "bpmndi": PICTURE, "dc": BOX, "di": LINE}

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def child(parent: Element, tag: str, namespace: str = MODEL, /, **attributes: str) -> Element:
    """Append an element; attributes in the order given, those that are empty left out."""
    element = etree.SubElement(parent, f"{{{namespace}}}{tag}")
    fill(element, attributes)
    return element


def fill(element: Element, attributes: dict[str, str]) -> None:
    """Set attributes that are not empty."""
    for key, value in attributes.items():
        if value:
            element.set(key, clean(value))


def text_child(parent: Element, tag: str, text: str) -> None:
    """Append an element with a text, where there is one."""
    if text:
        child(parent, tag).text = clean(text)


def clean(text: str) -> str:
    """Keep a text as it is, but for what XML 1.0 (section 2.2) cannot hold: that becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def number(value: float) -> str:
    """A coordinate with at most two decimals, the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
