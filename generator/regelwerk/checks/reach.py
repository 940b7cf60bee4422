"""Where the flow can come to, and where it can never get away from."""

from __future__ import annotations

from regelwerk.checks.graph import Graph
from regelwerk.model.flow import START, Node, entry, reachable


def reached(graph: Graph) -> set[Node]:
    """Every node that can be reached, by edges or wherever a loose way may have been meant to lead.

    A jump that is not allowed leads where it says; it, like one to an unknown step, may also mean
    any step of its list. A step whose own id is doubtful may be meant by anybody.
    """
    flow = graph.flow
    doubtful = [entry(graph.steps[id_]) for id_ in sorted(graph.doubtful)]
    found = reachable([START, *doubtful], flow.successors, forward=True)
    waiting = list(flow.loose)
    while True:
        taken = [way for way in waiting if way.source in found]
        if not taken:
            return found
        waiting = [way for way in waiting if way.source not in found]
        starts: list[Node] = []
        for way in taken:
            step = graph.steps.get(way.target.step or "")
            if step is not None:
                starts.append(entry(step))
            if way.jump or (step is None and way.target.end is None):
                inside = flow.enclosing[way.source.id]
                siblings = (id_ for id_, place in flow.enclosing.items() if place == inside)
                starts += [entry(graph.steps[id_]) for id_ in siblings]
        found |= reachable(starts, flow.successors, forward=True)


def endless_loops(graph: Graph) -> list[frozenset[Node]]:
    """The loops that can be entered and never left, in the order of their first steps.

    Other nodes that cannot leave lead only to such loops, so they are no cause.
    """
    flow = graph.flow
    trapped = reached(graph) - _can_leave(graph)
    loops: list[frozenset[Node]] = []
    done: set[Node] = set()
    for node in flow.nodes:
        if node in trapped and node not in done and flow.successors[node]:
            after = reachable([node], flow.successors, forward=True)
            if after <= reachable([node], flow.predecessors, forward=False):
                loops.append(frozenset(after))
                done |= after
    return loops


def _can_leave(graph: Graph) -> set[Node]:
    """Nodes from which a way leads to an end, or to where another finding says it is broken."""
    flow = graph.flow
    broken = {way.source for way in flow.loose}
    exits = [
        node
        for node in flow.nodes
        if node.kind == "end"
        or node in broken
        or (node.kind in ("step", "join") and node.id in flow.open_ended)
    ]
    return reachable(exits, flow.predecessors, forward=False)
