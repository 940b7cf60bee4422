"""The picture of a process handed to the exchange room: the same layout, in BPMN's terms.

The room that draws and the room that writes BPMN do not know each other; this is where they meet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from regelwerk.artifacts.picture.geometry import Box, Layout, PlacedLane, PlacedNode, Text
from regelwerk.artifacts.picture.layout import layout
from regelwerk.artifacts.view.explicit import explicit_chart
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.artifacts.view.notes import process_note, step_notes
from regelwerk.exchange.bpmn.diagram import Bounds, Diagram, Flow, Kind, Lane, Loop, Node, Note
from regelwerk.model.context import BuildContext
from regelwerk.model.process import Step

_POOL_HEAD = 30.0
_KINDS: Mapping[str, Kind] = {
    "start": "start",
    "end": "end",
    "task": "task",
    "call": "call",
    "decision": "exclusive",
    "split": "parallel",
    "join": "parallel",
}


def diagram_of(context: BuildContext) -> Diagram:
    """Lay a definition out in one strip, however long, as pool, lanes, nodes and flows."""
    chart = explicit_chart(context)
    placed = layout(chart, width=math.inf)
    process = context.definition.process
    titles = {node.id: node.title for node in chart.nodes}
    lane_titles = {lane.id: lane.title for lane in chart.lanes}
    steps = {step.id: step for step in process.all_steps()}
    notes = step_notes(context)
    again = lookup(context).speech.say("step.again")
    return Diagram(
        id=process.id,
        name=process.title,
        documentation=process_note(context),
        bounds=_pool(placed),
        lanes=tuple(_lane(lane, lane_titles[lane.id]) for lane in placed.lanes),
        nodes=tuple(
            _node(node, titles[node.id], _step_of(node, steps), placed, notes, again)
            for node in placed.nodes
        ),
        flows=tuple(
            Flow(
                source=route.source,
                target=route.target,
                name="" if route.edge is None else chart.edges[route.edge].label,
                waypoints=tuple((x + _POOL_HEAD, y) for x, y in route.points),
                label=_label(route.label),
            )
            for route in placed.routes
        ),
        note=_note(chart.status, placed),
    )


def _step_of(node: PlacedNode, steps: Mapping[str, Step]) -> Step | None:
    """The step that a task, a call or a split stands for."""
    return steps[node.id.partition("-")[2]] if node.kind in ("task", "call", "split") else None


def _node(
    node: PlacedNode,
    title: str,
    step: Step | None,
    placed: Layout,
    notes: Mapping[str, str],
    again: str,
) -> Node:
    outside = node.kind not in ("task", "call")
    repeats = step is not None and step.repeatable
    return Node(
        id=node.id,
        kind=_KINDS[node.kind],
        name=title,
        lane=_lane_of(node.box, placed),
        bounds=_bounds(node.box),
        label=_label(node.title) if outside else None,
        documentation=notes[step.id] if step is not None else "",
        calls=step.calls.process if step is not None and step.calls is not None else "",
        loop=(
            Loop(condition=again, test_before=step.optional)
            if step is not None and repeats
            else None
        ),
    )


def _note(status: str, placed: Layout) -> Note | None:
    """The status over the pool's left end, where a reader of a long strip begins."""
    if placed.status is None:
        return None
    box, pool = placed.status.box, _pool(placed)
    return Note(text=status, bounds=Bounds(pool.x, box.y, box.w, box.h))


def _pool(placed: Layout) -> Bounds:
    """The strip of all lanes, with room for the pool's own head on the left."""
    band = placed.bands[0]
    return Bounds(band.x, band.y, band.w + _POOL_HEAD, band.h)


def _lane(lane: PlacedLane, title: str) -> Lane:
    return Lane(id=lane.id, name=title, bounds=_bounds(lane.box))


def _lane_of(box: Box, placed: Layout) -> str:
    middle = box.y + box.h / 2
    lanes = (lane for lane in placed.lanes if lane.box.y <= middle < lane.box.y + lane.box.h)
    return next((lane.id for lane in lanes), "")


def _label(text: Text | None) -> Bounds | None:
    return _bounds(text.box) if text is not None else None


def _bounds(box: Box) -> Bounds:
    return Bounds(box.x + _POOL_HEAD, box.y, box.w, box.h)
