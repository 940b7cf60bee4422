"""The parts of an office file that nobody vouches for: limits, no links, no entities.

Open Packaging Conventions (ECMA-376-2). Macros, pictures and embedded files are never touched.
"""

from __future__ import annotations

import io
import posixpath

from lxml import etree

from regelwerk.archive.read import OFFICE, Archive, open_archive
from regelwerk.archive.refused import ArchiveRefusedError
from regelwerk.intake.note import IntakeError, Note

MAX_FILE = 32 * 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class Parts:
    """An open package; parts are unpacked and parsed when they are asked for."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def __contains__(self, name: str) -> bool:
        return name in self._archive

    @property
    def has_macros(self) -> bool:
        """Whether programs lie in the file."""
        return any(name.lower().endswith("vbaproject.bin") for name in self._archive.names)

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where it is not there, an IntakeError where it is unsound."""
        if name not in self._archive:
            return None
        try:
            content = self._archive.read(name)
        except ArchiveRefusedError as error:
            raise _refused(error) from error
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise _damaged(f"{name} is not sound XML") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise _damaged(f"{name} declares entities of its own")
        return root

    def target(self, kind: str, part: str = "") -> str:
        """The part that a part (`""`: the package) relates to as a kind such as `styles`."""
        return next(iter(self.targets(kind, part).values()), "")

    def targets(self, kind: str, part: str = "") -> dict[str, str]:
        """Id → part for every relationship of a kind that stays inside the file."""
        folder, name = posixpath.split(part)
        relations = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for rel in relations if relations is not None else ():
            type_, target = str(rel.get("Type")), str(rel.get("Target"))
            if type_.rpartition("/")[2] == kind and rel.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[str(rel.get("Id"))] = path
        return found


def open_parts(content: bytes) -> Parts:
    """Look into a file; an IntakeError says why it is no office file that may be read."""
    if content.startswith(_OLD_OFFICE):
        message = "the file is in the old format of Office, or protected by a password"
        raise IntakeError(
            Note(word="unreadable", message=message, hint="save it as .docx or .xlsx, unprotected")
        )
    if len(content) > MAX_FILE:
        raise _too_large()
    try:
        return Parts(open_archive(io.BytesIO(content), OFFICE))
    except ArchiveRefusedError as error:
        raise _refused(error) from error


def local(element: etree._Element) -> str:
    """The name without its namespace, which differs between the kinds of OOXML; "" for others."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """The attribute of that name, in whatever namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name, in whatever namespace."""
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def custom_properties(parts: Parts) -> dict[str, str]:
    """The custom properties of a document as texts."""
    root = parts.xml(parts.target("custom-properties"))
    return {
        attribute(one, "name") or "": "".join(str(text) for text in one.itertext())
        for one in (root if root is not None else ())
        if local(one) == "property"
    }


def _refused(error: ArchiveRefusedError) -> IntakeError:
    return _too_large() if error.too_large else _damaged(error.message)


def _damaged(why: str) -> IntakeError:
    return IntakeError(
        Note(
            word="unreadable",
            message=f"the file is not a sound office file: {why}",
            hint="open it, save it again and hand it in anew",
        )
    )


def _too_large() -> IntakeError:
    return IntakeError(
        Note(word="unreadable", message="the file is too large", hint="take pictures out of it")
    )
