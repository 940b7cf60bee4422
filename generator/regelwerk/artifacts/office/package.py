"""An office file as its parts: read with limits, changed, written so that equal means equal bytes.

Open Packaging Conventions (ECMA-376-2): parts, relationships and content types.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import Literal

from lxml import etree

from regelwerk.artifacts.office.safety import disarm
from regelwerk.artifacts.office.xml import parse
from regelwerk.errors import RenderError

_MAX_PARTS = 2000
_MAX_BYTES = 64 * 1024 * 1024

# A template may have so many tags in a part: the house template has 6,000.
TEMPLATE_TAGS = 300_000
_DATE = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_UNKNOWN_TO_READERS = ("stylesWithEffects", "thumbnail")

DOCUMENT = "word/document.xml"


class Package:
    """The parts of an office file by name (`word/document.xml`), free to be changed."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts

    def relations(self, part: str) -> etree._Element:
        """The relationships of a part (`""`: of the package), as XML."""
        content = self.parts.get(_relations_file(part))
        if content is None:
            return parse(f'<Relationships xmlns="{_RELATIONS_NS}"/>'.encode())
        return parse(content)

    def targets(self, part: str, kind: str) -> list[tuple[str, str]]:
        """Id and part name of every internal relationship of a kind such as `header`."""
        return [
            (str(rel.get("Id")), _absolute(part, str(rel.get("Target"))))
            for rel in self.relations(part)
            if rel.get("Type") == f"{_OFFICE}/{kind}"
            and rel.get("TargetMode") != "External"
            and _absolute(part, str(rel.get("Target"))) in self.parts
        ]

    def relate(
        self,
        part: str,
        kind: str,
        target: str,
        mode: Literal["Internal", "External"] = "Internal",
    ) -> str:
        """Relate a part to another (by name) or to an address; the id, the old one if there is."""
        relations = self.relations(part)
        type_ = kind if "://" in kind else f"{_OFFICE}/{kind}"
        place = target if mode == "External" else _relative(part, target)
        for rel in relations:
            if rel.get("Type") == type_ and rel.get("Target") == place:
                return str(rel.get("Id"))
        taken = {rel.get("Id") for rel in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        attributes = {"Id": f"rId{number}", "Type": type_, "Target": place}
        if mode == "External":
            attributes["TargetMode"] = mode
        etree.SubElement(relations, f"{{{_RELATIONS_NS}}}Relationship", attributes)
        self.parts[_relations_file(part)] = _xml(relations)
        return f"rId{number}"

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """Put a part in, with its content type; what was there under the name is replaced."""
        self.parts[name] = content
        types = parse(self.parts[_TYPES])
        for override in types.findall(f"{{{_TYPES_NS}}}Override"):
            if override.get("PartName") == f"/{name}":
                types.remove(override)
        attributes = {"PartName": f"/{name}", "ContentType": content_type}
        etree.SubElement(types, f"{{{_TYPES_NS}}}Override", attributes)
        self.parts[_TYPES] = _xml(types)

    def default_type(self, extension: str, content_type: str) -> None:
        """Say of what type parts with a file extension are, where nothing says so yet."""
        types = parse(self.parts[_TYPES])
        defaults = types.findall(f"{{{_TYPES_NS}}}Default")
        if all(str(default.get("Extension")).lower() != extension for default in defaults):
            entry = etree.Element(f"{{{_TYPES_NS}}}Default")
            entry.set("Extension", extension)
            entry.set("ContentType", content_type)
            types.insert(0, entry)
            self.parts[_TYPES] = _xml(types)

    def to_bytes(self) -> bytes:
        """The file: parts sorted, one fixed date, no trace of the machine."""
        self._drop_leftovers()
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in sorted(self.parts, key=lambda name: (name != _TYPES, name)):
                entry = zipfile.ZipInfo(name, _DATE)
                entry.create_system = 0
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, self.parts[name])
                entry.external_attr = 0
        return target.getvalue()

    def _drop_leftovers(self) -> None:
        """Leave out parts that only some versions of Word write, with what points at them."""
        for part in ("", DOCUMENT):
            relations = self.relations(part)
            for rel in relations:
                if str(rel.get("Type")).rsplit("/", 1)[-1] in _UNKNOWN_TO_READERS:
                    self.parts.pop(_absolute(part, str(rel.get("Target"))), None)
                    relations.remove(rel)
            if _relations_file(part) in self.parts:
                self.parts[_relations_file(part)] = _xml(relations)
        types = parse(self.parts[_TYPES])
        for override in types.findall(f"{{{_TYPES_NS}}}Override"):
            if str(override.get("PartName")).lstrip("/") not in self.parts:
                types.remove(override)
        self.parts[_TYPES] = _xml(types)


# What `zipfile` may raise over bytes that are damaged, one changed bit in a template included.
_DAMAGED = (
    *(zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError),
    *(zlib.error, struct.error, OverflowError, LookupError),
)


def open_package(content: bytes, file: str, most_tags: int | None = None) -> Package:
    """Read an office file; what is no such file, or too large, is a RenderError naming `file`.

    `most_tags` limits the tags of XML in each part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            size = sum(entry.file_size for entry in entries)
            names = [entry.filename for entry in entries]
            if len(entries) > _MAX_PARTS or size > _MAX_BYTES:
                raise RenderError(f"{file} is too large", "Take pictures out of the template.")
            if len(set(names)) != len(names) or any(_leaves(name) for name in names):
                raise RenderError(f"{file} is not a sound office file", "Save it again in Word.")
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except _DAMAGED as error:
        raise RenderError(f"{file} is not a Word file (.docx)", "Save it again in Word.") from error
    if _TYPES not in parts or DOCUMENT not in parts:
        raise RenderError(f"{file} is not a Word file (.docx)", "Save it again in Word.")
    for name, part in parts.items():
        is_xml = name.lower().endswith((".xml", ".rels"))
        if is_xml and most_tags is not None and part.count(b"<") > most_tags:
            raise RenderError(
                f"{file} is too large: {name} has more than {most_tags} tags",
                "Take out paragraphs and rows that are empty or repeated.",
            )
    disarm(parts, file)
    return Package(parts)


def _leaves(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _relations_file(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _absolute(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _relative(part: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(part) or ".")


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
