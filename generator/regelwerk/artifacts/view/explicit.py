"""The chart with every gateway written out, as programs that read BPMN want it.

In the picture several lines may simply run into a step; here an exclusive gateway merges them
(BPMN 2.0, 10.6.2), so that nobody reads two tokens out of one. What a gateway with one way in and
one way out would only repeat is left out, and so is what no way leads to.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from regelwerk.artifacts.picture.chart import Chart, Edge, Node
from regelwerk.artifacts.view.chart import chart_of
from regelwerk.artifacts.view.lookup import Lookup, lookup
from regelwerk.model.context import BuildContext

_GATEWAYS = ("decision", "split", "join")
_ROOM = 44.0


def explicit_chart(context: BuildContext) -> Chart:
    """The chart of `chart_of` with merges in front of whatever several ways lead to.

    A merge is a node of kind `decision` without a title. Each branch reaches its join by one edge.
    Step numbers and called processes are not shown; tasks have room for BPMN's own symbols.
    """
    look = lookup(context)
    chart = _without_idle_gateways(_merged(look, _named(look, _reached(chart_of(context)))))
    used = {node.lane for node in chart.nodes}
    replace = msgspec.structs.replace
    return replace(
        chart,
        lanes=tuple(lane for lane in chart.lanes if lane.id in used),
        nodes=tuple(replace(node, number="", note="", room=_ROOM) for node in chart.nodes),
    )


def _reached(chart: Chart) -> Chart:
    """Leave out what cannot be reached, and edges said twice in the same words."""
    edges = tuple(dict.fromkeys(chart.edges))
    found = {node.id for node in chart.nodes if node.kind == "start"}
    waiting = list(found)
    while waiting:
        source = waiting.pop()
        for edge in edges:
            if edge.source == source and edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return msgspec.structs.replace(
        chart,
        nodes=tuple(node for node in chart.nodes if node.id in found),
        edges=tuple(edge for edge in edges if edge.source in found and edge.target in found),
    )


def _named(look: Lookup, chart: Chart) -> Chart:
    """Give a decision without a question its step's title, and its unnamed way `otherwise`."""
    decisions = {node.id for node in chart.nodes if node.kind == "decision"}
    otherwise = look.speech.sentence(look.speech.say("way.otherwise"))
    replace = msgspec.structs.replace
    return replace(
        chart,
        nodes=tuple(
            replace(node, title=f"{look.steps[_step_of(node.id)].title}?")
            if node.id in decisions and not node.title.strip()
            else node
            for node in chart.nodes
        ),
        edges=tuple(
            replace(edge, label=otherwise)
            if edge.source in decisions and not edge.label.strip()
            else edge
            for edge in chart.edges
        ),
    )


def _merged(look: Lookup, chart: Chart) -> Chart:
    """Put a merge in front of every node, or every branch's entry to a join, with several ways."""
    groups: dict[tuple[str, str], list[Edge]] = {}
    kinds = {node.id: node.kind for node in chart.nodes}
    for edge in chart.edges:
        branch = _branch(look, edge.source) if kinds[edge.target] == "join" else ""
        groups.setdefault((edge.target, branch), []).append(edge)
    merges: dict[str, list[Node]] = {}
    moved: dict[Edge, str] = {}
    added: list[Edge] = []
    lanes = {node.id: node.lane for node in chart.nodes}
    for (target, branch), edges in groups.items():
        if len(edges) > 1:
            merge = f"merge-{target}.{branch}" if branch else f"merge-{target}"
            merges.setdefault(target, []).append(Node(merge, "decision", "", lane=lanes[target]))
            moved |= dict.fromkeys(edges, merge)
            added.append(Edge(merge, target))
    replace = msgspec.structs.replace
    return replace(
        chart,
        nodes=tuple(one for node in chart.nodes for one in (*merges.get(node.id, ()), node)),
        edges=(*(replace(e, target=moved.get(e, e.target)) for e in chart.edges), *added),
    )


def _branch(look: Lookup, source: str) -> str:
    """The branch of its parallel in which a node lies."""
    inside = look.flow.enclosing.get(_step_of(source), ())
    return inside[-1][1] if inside else ""


def _step_of(node: str) -> str:
    return node.partition("-")[2]


def _without_idle_gateways(chart: Chart) -> Chart:
    """Join what comes into a gateway to what goes out of it, where both are single."""
    edges = list(chart.edges)
    nodes = list(chart.nodes)
    for node in chart.nodes:
        if node.kind not in _GATEWAYS:
            continue
        into, out = _at(edges, node.id)
        if len(into) == 1 and len(out) == 1 and into[0] != out[0]:
            edges[edges.index(into[0])] = Edge(into[0].source, out[0].target, into[0].label)
            edges.remove(out[0])
            nodes.remove(node)
    return msgspec.structs.replace(chart, nodes=tuple(nodes), edges=tuple(edges))


def _at(edges: Iterable[Edge], node: str) -> tuple[list[Edge], list[Edge]]:
    into, out = [], []
    for edge in edges:
        if edge.target == node:
            into.append(edge)
        if edge.source == node:
            out.append(edge)
    return into, out
