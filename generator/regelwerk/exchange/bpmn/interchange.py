"""How the process is drawn: BPMN DI (BPMN 2.0, chapter 12) with bounds, waypoints and labels."""

from __future__ import annotations

from regelwerk.exchange.bpmn.diagram import Bounds, Diagram, Flow, Node
from regelwerk.exchange.bpmn.ids import Ids
from regelwerk.exchange.bpmn.xml import BOX, LINE, PICTURE, Element, child, number


def add_picture(root: Element, diagram: Diagram, ids: Ids) -> None:
    """Append the diagram with a shape for every node, lane and pool, and an edge for every flow."""
    picture = child(root, "BPMNDiagram", PICTURE, id=ids.picture, name=diagram.name)
    plane = child(picture, "BPMNPlane", PICTURE, id=ids.plane, bpmnElement=ids.collaboration)
    _add_strip(plane, ids.participant, diagram.bounds, ids)
    for lane in diagram.lanes:
        _add_strip(plane, ids.lanes[lane.id], lane.bounds, ids)
    for node in diagram.nodes:
        _add_node(plane, node, ids)
    for flow, name in zip(diagram.flows, ids.flows, strict=True):
        _add_flow(plane, flow, name, ids)
    if diagram.note is not None:
        _add_shape(plane, ids.note, diagram.note.bounds, ids)


def _add_shape(plane: Element, name: str, bounds: Bounds, ids: Ids, **attributes: str) -> Element:
    shape = child(plane, "BPMNShape", PICTURE, id=ids.shapes[name], bpmnElement=name, **attributes)
    _add_bounds(shape, bounds)
    return shape


def _add_strip(plane: Element, name: str, bounds: Bounds, ids: Ids) -> None:
    _add_shape(plane, name, bounds, ids, isHorizontal="true")


def _add_node(plane: Element, node: Node, ids: Ids) -> None:
    name = ids.nodes[node.id]
    if node.kind == "exclusive":
        shape = _add_shape(plane, name, node.bounds, ids, isMarkerVisible="true")
    else:
        shape = _add_shape(plane, name, node.bounds, ids)
    _add_label(shape, node.label)


def _add_flow(plane: Element, flow: Flow, name: str, ids: Ids) -> None:
    edge = child(plane, "BPMNEdge", PICTURE, id=ids.shapes[name], bpmnElement=name)
    for x, y in flow.waypoints:
        child(edge, "waypoint", LINE, x=number(x), y=number(y))
    _add_label(edge, flow.label)


def _add_label(parent: Element, bounds: Bounds | None) -> None:
    if bounds is not None:
        _add_bounds(child(parent, "BPMNLabel", PICTURE), bounds)


def _add_bounds(parent: Element, bounds: Bounds) -> None:
    child(
        parent,
        "Bounds",
        BOX,
        x=number(bounds.x),
        y=number(bounds.y),
        width=number(bounds.width),
        height=number(bounds.height),
    )
