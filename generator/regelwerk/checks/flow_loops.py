"""Loops that the flow can enter and never leave."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.flow_reach import reached
from regelwerk.checks.graph import Graph
from regelwerk.diagnostics import Problem
from regelwerk.model.flow import Edge, Node, entry, reachable
from regelwerk.model.project import Project


def loop_without_exit(_project: Project, graph: Graph) -> Iterator[Problem]:
    """Every loop that can be entered can be left again.

    A case that has entered such a loop goes round for ever. The finding stands at the first way
    that leads back inside it.
    """
    flow = graph.flow
    trapped = reached(graph) - _can_leave(graph)
    order = {entry(step): position for position, step in enumerate(graph.process.all_steps())}
    done: set[Node] = set()
    for node in flow.nodes:
        if node not in trapped or node in done:
            continue
        loop = reachable([node], flow.successors, forward=True)
        if loop <= reachable([node], flow.predecessors, forward=False):
            done |= loop
            inside = [edge for edge in flow.edges if edge.source in loop]
            back = next((edge for edge in inside if _leads_back(edge, order)), None)
            if back is not None:
                yield _problem(graph, loop, back)


def _can_leave(graph: Graph) -> set[Node]:
    """Nodes from which a way leads to an end, or to where another finding says it is broken."""
    flow = graph.flow
    exits = [node for node in flow.nodes if node.kind == "end"]
    exits += [way.source for way in flow.loose]
    for id_ in flow.open_ended:
        exits += [node for node in flow.nodes if node.id == id_ and node.kind in ("step", "join")]
    return reachable(exits, flow.predecessors, forward=False)


def _leads_back(edge: Edge, order: dict[Node, int]) -> bool:
    """Whether the way leads to its own step or one further up (a join is left at its split)."""
    source = Node("split", edge.source.id) if edge.source.kind == "join" else edge.source
    return edge.target in order and source in order and order[edge.target] <= order[source]


def _problem(graph: Graph, loop: set[Node], back: Edge) -> Problem:
    steps = [step.id for step in graph.process.all_steps() if entry(step) in loop]
    return Problem(
        "flow/loop-without-exit",
        back.at,
        "the flow can never leave this loop: " + " → ".join(f"`{id_}`" for id_ in steps),
        "let one of its steps lead on to another step or to an end",
    )
