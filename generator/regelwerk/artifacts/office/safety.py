"""What a template must not carry into documents that people trust: macros, and far content.

Open Packaging Conventions (ECMA-376-2, 9.3): a relationship may lead out of the file. Word fetches
such a target when the document is opened, unless it is a link that somebody has to click.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from regelwerk.artifacts.office.xml import parse, qn
from regelwerk.errors import RenderError

_LINK, _ATTACHED = "hyperlink", "attachedTemplate"
_XML = (".xml", ".rels")
_PROGRAMS = ("vbaproject.bin", "vbadata.xml")


def disarm(parts: dict[str, bytes], file: str) -> None:
    """RenderError for macros, for what Word would fetch, and for unsound XML.

    The template that a template was made from is left out, for its path is on somebody's disk.
    """
    for name in list(parts):
        lower = name.lower()
        if lower.endswith(_PROGRAMS) or "/activex/" in lower:
            raise RenderError(f"{file} holds macros ({name})", "Save it as .docx, without macros.")
        if not lower.endswith(_XML):
            continue
        root = _sound(parts[name], name, file)
        if lower.endswith(".rels") and _lead_out(root, name, file):
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            _forget_attached(parts, posixpath.join(posixpath.dirname(posixpath.dirname(name)), ""))


def _sound(content: bytes, name: str, file: str) -> etree._Element:
    try:
        root = parse(content)
    except etree.XMLSyntaxError as error:
        raise RenderError(f"{file} is not a sound Word file: {name}: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RenderError(f"{file} is not a sound Word file: {name} declares entities of its own")
    return root


def _lead_out(root: etree._Element, name: str, file: str) -> bool:
    """Take the attached template out; whether there was one. RenderError for anything else."""
    found = False
    for rel in list(root):
        kind = str(rel.get("Type")).rsplit("/", 1)[-1]
        if rel.get("TargetMode") != "External" or kind == _LINK:
            continue
        if kind != _ATTACHED:
            target = str(rel.get("Target"))[:80]
            raise RenderError(
                f"{file} takes something from elsewhere: {kind} {target} ({name})",
                "Put the picture or text itself into the template.",
            )
        root.remove(rel)
        found = True
    return found


def _forget_attached(parts: dict[str, bytes], folder: str) -> None:
    settings = f"{folder}settings.xml"
    if settings not in parts:
        return
    root = parse(parts[settings])
    for element in list(root.iter(qn("w:attachedTemplate"))):
        root.remove(element)
    parts[settings] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
