"""What the process means: pool, lanes, events, activities, gateways and sequence flows.

BPMN 2.0, chapters 7, 9 and 10. Of several ways out of an exclusive gateway each has a condition in
plain words (8.3.6, Expression), which is its name: people decide, no machine.
"""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.exchange.bpmn.diagram import Diagram, Flow, Node
from regelwerk.exchange.bpmn.ids import Ids, ncname
from regelwerk.exchange.bpmn.xml import Element, child, text_child

_TAGS: Mapping[str, str] = {
    "start": "startEvent",
    "end": "endEvent",
    "task": "userTask",
    "call": "callActivity",
    "exclusive": "exclusiveGateway",
    "parallel": "parallelGateway",
}
_GATEWAYS = ("exclusive", "parallel")


def add_collaboration(root: Element, diagram: Diagram, ids: Ids) -> None:
    """Append the collaboration: one pool with the process in it."""
    collaboration = child(root, "collaboration", id=ids.collaboration)
    child(
        collaboration,
        "participant",
        id=ids.participant,
        name=diagram.name,
        processRef=ids.process,
    )
    if diagram.note is not None:
        note = child(collaboration, "textAnnotation", id=ids.note)
        text_child(note, "text", diagram.note.text)


def add_process(root: Element, diagram: Diagram, ids: Ids) -> None:
    """Append the process itself.

    Whether an engine may execute it stays undefined (10.2, isExecutable): it describes work of
    people, and engines that are told `false` do not even read it.
    """
    process = child(root, "process", id=ids.process, name=diagram.name)
    text_child(process, "documentation", diagram.documentation)
    if diagram.lanes:
        lanes = child(process, "laneSet", id=ids.lanes_set)
        for lane in diagram.lanes:
            element = child(lanes, "lane", id=ids.lanes[lane.id], name=lane.name)
            for node in diagram.nodes:
                if node.lane == lane.id:
                    text_child(element, "flowNodeRef", ids.nodes[node.id])
    ways = _Ways(diagram, ids)
    for node in diagram.nodes:
        _add_node(process, node, ids, ways)
    kinds = {node.id: node.kind for node in diagram.nodes}
    for flow, name in zip(diagram.flows, ids.flows, strict=True):
        decided = kinds[flow.source] == "exclusive" and len(ways.outgoing[flow.source]) > 1
        _add_flow(process, flow, name, ids, decided=decided)


class _Ways:
    """The ids of the flows into and out of each node."""

    def __init__(self, diagram: Diagram, ids: Ids) -> None:
        self.incoming: dict[str, list[str]] = {node.id: [] for node in diagram.nodes}
        self.outgoing: dict[str, list[str]] = {node.id: [] for node in diagram.nodes}
        for flow, name in zip(diagram.flows, ids.flows, strict=True):
            self.outgoing[flow.source].append(name)
            self.incoming[flow.target].append(name)


def _add_node(process: Element, node: Node, ids: Ids, ways: _Ways) -> None:
    element = child(process, _TAGS[node.kind], id=ids.nodes[node.id], name=node.name)
    incoming, outgoing = ways.incoming[node.id], ways.outgoing[node.id]
    if node.kind in _GATEWAYS:
        element.set("gatewayDirection", _direction(len(incoming), len(outgoing)))
    if node.kind == "call" and node.calls:
        element.set("calledElement", ncname(node.calls))
    text_child(element, "documentation", node.documentation)
    for name in incoming:
        text_child(element, "incoming", name)
    for name in outgoing:
        text_child(element, "outgoing", name)
    if node.loop is not None:
        loop = child(element, "standardLoopCharacteristics")
        if node.loop.test_before:
            loop.set("testBefore", "true")
        text_child(loop, "loopCondition", node.loop.condition)


def _direction(incoming: int, outgoing: int) -> str:
    if incoming > 1 and outgoing > 1:
        return "Mixed"
    if outgoing > 1:
        return "Diverging"
    return "Converging" if incoming > 1 else "Unspecified"


def _add_flow(process: Element, flow: Flow, name: str, ids: Ids, *, decided: bool) -> None:
    element = child(
        process,
        "sequenceFlow",
        id=name,
        name=flow.name,
        sourceRef=ids.nodes[flow.source],
        targetRef=ids.nodes[flow.target],
    )
    if decided:
        text_child(element, "conditionExpression", flow.name)
