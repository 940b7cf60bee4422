"""A workbook as bytes: the same for the same content, with what it was made from."""

from __future__ import annotations

import io
import zipfile

from lxml import etree
from openpyxl import Workbook

from regelwerk.artifacts.office.build_digest import PLACE, PROPERTY, with_build_digest
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.properties import set_application, set_core, set_custom
from regelwerk.artifacts.office.xml import parse
from regelwerk.artifacts.view.process import process_view
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.context import BuildContext

_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz"),
    *("color", "name", "family", "charset", "scheme"),
)


def finished(book: Workbook, context: BuildContext, case: str) -> bytes:
    """Save, and replace what the library writes of its own: dates, names, the order of parts."""
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as archive:
        package = Package({entry.filename: archive.read(entry) for entry in archive.infolist()})
    package.parts[_STYLES] = _in_order(package.parts[_STYLES])
    _share_strings(package)
    view = process_view(context)
    title = speech(context.names.language, context.names.translations).say(
        "checklist.title", process=view["title"]
    )
    set_core(
        package,
        title=title,
        subject=view["number"],
        author=view["organization"],
        status=view["status"]["short"],
        version=view["version"],
        language=view["language"],
    )
    set_custom(
        package,
        {
            "Organization": view["organization"],
            "Process": view["id"],
            "ProcessTitle": view["title"],
            "DocumentNumber": view["number"],
            "Version": view["version"],
            "Status": view["status"]["short"],
            "Digest": f"sha256:{view['digest']}" if view["digest"] else "",
            PROPERTY: f"sha256:{PLACE}",
            "Kind": "workbook",
            "Case": case,
        },
    )
    set_application(package, organization=view["organization"])
    package.parts = with_build_digest(package.parts)
    return package.to_bytes()


def _in_order(styles: bytes) -> bytes:
    """What a font says, in the order in which strict readers expect it (ECMA-376-1, 18.8.22)."""
    root = parse(styles)
    for fonts in root.iterchildren("{*}fonts"):
        for font in fonts:
            font[:] = sorted(font, key=lambda one: _FONT.index(etree.QName(one).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _share_strings(package: Package) -> None:
    """Texts in a table of their own, as Excel keeps them (ECMA-376-1, 18.4.9)."""
    table = parse(f'<sst xmlns="{_MAIN}"/>'.encode())
    places: dict[bytes, int] = {}
    for name in sorted(package.parts):
        if not name.startswith("xl/worksheets/sheet"):
            continue
        sheet = parse(package.parts[name])
        for cell in sheet.iter(f"{{{_MAIN}}}c"):
            text = cell.find(f"{{{_MAIN}}}is")
            if text is None:
                continue
            cell.remove(text)
            text.tag = f"{{{_MAIN}}}si"
            key = etree.tostring(text)
            if key not in places:
                places[key] = len(places)
                table.append(text)
            cell.set("t", "s")
            etree.SubElement(cell, f"{{{_MAIN}}}v").text = str(places[key])
        package.parts[name] = etree.tostring(
            sheet, xml_declaration=True, encoding="UTF-8", standalone=True
        )
    xml = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)
    package.add(_STRINGS, xml, _STRINGS_TYPE)
    package.relate("xl/workbook.xml", "sharedStrings", _STRINGS)
