"""A Word file with tracked changes between two others: all accepted it is the new one, all rejected
the old one.

The comparison is the optional package python-redlines with its engine Docxodus (both MIT). Nothing
is read from the network. The changes carry an author that is no person, and no date: what is
generated does not depend on the day (ECMA-376-1, 17.13.5: `w:date` is optional).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from regelwerk.artifacts.office.package import open_package
from regelwerk.artifacts.office.xml import parse, qn, serialize
from regelwerk.errors import MissingExtraError, RenderError

AUTHOR = "regelwerk"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def redline(old: bytes, new: bytes) -> bytes:
    """Compare two Word files; equal files give equal bytes.

    Raises MissingExtraError where the package is not installed or not made for this machine,
    RenderError where the comparison fails.
    """
    engine = _engine()
    try:
        compared, _, _ = engine.run_redline(AUTHOR, old, new, conflate_spaces=False)
    except (OSError, RuntimeError, ValueError) as error:
        raise RenderError(f"the redline could not be made: {error}") from error
    package = open_package(compared, "redline.docx")
    for name in package.parts:
        if _PARTS.fullmatch(name):
            root = parse(package.parts[name])
            _forget_dates(root)
            package.parts[name] = serialize(root)
    return package.to_bytes()


def _engine() -> Any:  # noqa: ANN401
    hint = "install it with: pip install 'regelwerk[redline]'"
    try:
        from python_redlines import DocxodusEngine
    except ImportError as error:
        raise MissingExtraError("a redline needs the package python-redlines", hint) from error
    try:
        return DocxodusEngine()
    except (ImportError, OSError) as error:
        raise MissingExtraError(f"redlines cannot be made here: {error}", hint) from error


def _forget_dates(root: etree._Element) -> None:
    for element in root.iter("*"):
        element.attrib.pop(qn("w:date"), "")
