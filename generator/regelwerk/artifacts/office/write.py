"""From a template and a view to a finished Word file, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from regelwerk.artifacts.office.build_digest import PLACE, PLACE_SHORT, PROPERTY, with_build_digest
from regelwerk.artifacts.office.contents import fill_contents
from regelwerk.artifacts.office.filters import Insert, Office
from regelwerk.artifacts.office.finish import finish_part, number_drawings, set_language
from regelwerk.artifacts.office.links import unlink_dangling
from regelwerk.artifacts.office.package import DOCUMENT, TEMPLATE_TAGS, Package, open_package
from regelwerk.artifacts.office.properties import set_application, set_core, set_custom
from regelwerk.artifacts.office.tables import fit_grid
from regelwerk.artifacts.office.template import fill
from regelwerk.artifacts.office.watermark import add_watermark
from regelwerk.artifacts.office.xml import parse, qn, serialize
from regelwerk.errors import RenderError
from regelwerk.model.context import Template, TemplateSource

View = Mapping[str, Any]
_A4_TEXT = 9412


def find_template(templates: TemplateSource, area: str, name: str) -> Template:
    """A template, or a RenderError that says where it should be."""
    template = templates.read(area, name)
    if template is None:
        raise RenderError(f"the template templates/{area}/{name} does not exist")
    return template


def write_word(
    template: Template,
    view: View,
    inserts: Callable[[Package, int], Mapping[str, Insert]],
    *,
    title: str,
    contents: bool | None = None,
) -> bytes:
    """Fill a template with a view and finish it: watermark, language, properties, order.

    `inserts` makes the ready-made pieces, from the package and the width of the text in twips.
    `contents` is as in `contents.fill_contents`.
    """
    view = {**view, "build_short": PLACE_SHORT if view["digest"] else ""}
    package = open_package(template.content, template.file, TEMPLATE_TAGS)
    width = _text_width(package)
    office = Office(package, width, inserts(package, width))
    roots = fill(template, view, office)
    office.numbering.store()
    document = roots[DOCUMENT]
    for root in roots.values():
        for table in root.iter(qn("w:tbl")):
            fit_grid(table)
        finish_part(root)
    fill_contents(document, package, width, contents)
    for root in roots.values():
        unlink_dangling(root)
    number_drawings(list(roots.values()))
    for name, root in roots.items():
        package.parts[name] = serialize(root)
    if view["status"]["stamp"]:
        add_watermark(package, view["status"]["stamp"], document)
        package.parts[DOCUMENT] = serialize(document)
    _describe(package, view, title)
    package.parts = with_build_digest(package.parts)
    return package.to_bytes()


def _describe(package: Package, view: View, title: str) -> None:
    set_language(package, view["language"])
    set_core(
        package,
        title=title,
        subject=" ".join(part for part in (view["number"], view["subtitle"]) if part),
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
            "Kind": "checklist" if "checklist" in view else "document",
            "Classification": view["classification"],
            "Case": view.get("checklist", {}).get("case", ""),
        },
    )
    set_application(package, organization=view["organization"])


def _text_width(package: Package) -> int:
    """The width between the margins of the last section, in twips."""
    root: etree._Element = parse(package.parts[DOCUMENT])
    sections = list(root.iter(qn("w:sectPr")))
    size = sections[-1].find(qn("w:pgSz")) if sections else None
    margin = sections[-1].find(qn("w:pgMar")) if sections else None
    if size is None or margin is None:
        return _A4_TEXT
    sides = int(margin.get(qn("w:left"), "0")) + int(margin.get(qn("w:right"), "0"))
    return int(size.get(qn("w:w"), "11906")) - sides
