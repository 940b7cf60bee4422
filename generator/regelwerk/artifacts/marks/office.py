"""Marks of Word files and workbooks: their custom properties, and whether the parts agree."""

from __future__ import annotations

import re
from html import unescape

from regelwerk.archive.read import Archive
from regelwerk.artifacts.marks.marks import Marks
from regelwerk.artifacts.office.build_digest import PROPERTY, stated_build_digest

_CUSTOM = "docProps/custom.xml"
_PROPERTY = re.compile(rb'name="([A-Za-z]{1,40})"[^<>]{0,200}>\s*<vt:lpwstr>([^<]{0,400})<')


def marks_of_office(archive: Archive, *, whole: bool = True) -> Marks | None:
    """What an office file says of itself; None where it says nothing.

    `whole` unpacks every part to work the build digest out. ArchiveRefusedError where a part cannot
    be unpacked.
    """
    if _CUSTOM not in archive:
        return None
    custom = archive.read(_CUSTOM)
    said = {
        name.decode(): unescape(value.decode("utf-8", "replace"))
        for name, value in _PROPERTY.findall(custom)
    }
    if not said.get("Process") or not said.get("Version"):
        return None
    build, intact = said.get(PROPERTY, "").removeprefix("sha256:"), None
    if whole and build:
        _, intact = stated_build_digest({name: archive.read(name) for name in archive.names})
    return Marks(
        kind=said.get("Kind", ""),
        process=said["Process"],
        version=said["Version"],
        digest=said.get("Digest", ""),
        build=build,
        case=said.get("Case", ""),
        intact=intact,
    )
