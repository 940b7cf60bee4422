"""A Word file with tracked changes: accept all and it is the new one, reject all and the old.

The comparison is the optional package python-redlines with its engine Docxodus (both MIT). Nothing
is read from the network. The changes carry an author that is no person, and no date: what is
generated does not depend on the day. Only the marks round moved text must have one (ECMA-376-1,
17.13.5.23); nobody sees it, and it is always the same.
"""

from __future__ import annotations

import re
import subprocess
from typing import Any

from lxml import etree

from regelwerk.artifacts.comparison.mending import (
    describe_as_new,
    forget_dates,
    single_bookmarks,
    tidy_relations,
)
from regelwerk.artifacts.office.package import open_package
from regelwerk.artifacts.office.xml import parse, serialize
from regelwerk.errors import MissingExtraError, RenderError

AUTHOR = "regelwerk"
DATE = "2000-01-01T00:00:00Z"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def redline(old: bytes, new: bytes) -> bytes:
    """Compare two Word files; equal files give equal bytes.

    Raises MissingExtraError where the package is not installed or not made for this machine,
    RenderError where the comparison fails.
    """
    engine = _engine()
    try:
        compared, _, _ = engine.run_redline(AUTHOR, old, new, conflate_spaces=False, date_time=DATE)
    except (OSError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
        raise RenderError(f"the redline could not be made: {error}") from error
    package = open_package(compared, "redline.docx")
    roots: dict[str, etree._Element] = {
        name: parse(content) for name, content in package.parts.items() if _PARTS.fullmatch(name)
    }
    for root in roots.values():
        forget_dates(root)
    single_bookmarks(list(roots.values()))
    for name, root in roots.items():
        package.parts[name] = serialize(root)
    tidy_relations(package)
    describe_as_new(package, open_package(new, "document.docx"))
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
