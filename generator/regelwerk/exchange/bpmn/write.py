"""A diagram as a BPMN 2.0 file."""

from __future__ import annotations

from lxml import etree

from regelwerk import __version__
from regelwerk.exchange.bpmn.diagram import Diagram
from regelwerk.exchange.bpmn.ids import ids_of
from regelwerk.exchange.bpmn.interchange import add_picture
from regelwerk.exchange.bpmn.semantics import add_collaboration, add_process
from regelwerk.exchange.bpmn.xml import MODEL, NAMESPACES, fill


def write(diagram: Diagram) -> bytes:
    """Write BPMN 2.0 XML in UTF-8; the same diagram gives the same bytes."""
    ids = ids_of(diagram)
    root = etree.Element(f"{{{MODEL}}}definitions", nsmap=NAMESPACES)
    fill(
        root,
        {
            "id": ids.definitions,
            "name": diagram.name,
            "targetNamespace": f"urn:regelwerk:process:{ids.process}",
            "exporter": "regelwerk",
            "exporterVersion": __version__,
        },
    )
    add_collaboration(root, diagram, ids)
    add_process(root, diagram, ids)
    add_picture(root, diagram, ids)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
