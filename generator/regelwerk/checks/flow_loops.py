"""Loops that the flow can enter and never leave."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.graph import Graph
from regelwerk.checks.reach import endless_loops
from regelwerk.diagnostics import Problem
from regelwerk.model.flow import Edge, Node, entry
from regelwerk.model.project import Project


def loop_without_exit(_project: Project, graph: Graph) -> Iterator[Problem]:
    """Every loop that can be entered can be left again.

    A case that has entered such a loop goes round for ever. The finding stands at the first way
    that leads back inside it.
    """
    order = {entry(step): position for position, step in enumerate(graph.process.all_steps())}
    for loop in endless_loops(graph):
        steps = [step.id for step in graph.process.all_steps() if entry(step) in loop]
        back = next(
            edge for edge in graph.flow.edges if edge.source in loop and _leads_back(edge, order)
        )
        yield Problem(
            "flow/loop-without-exit",
            back.at,
            "the flow can never leave this loop: " + " → ".join(f"`{id_}`" for id_ in steps),
            "let one of its steps lead on to another step or to an end",
        )


def _leads_back(edge: Edge, order: dict[Node, int]) -> bool:
    """Whether the way leads to its own step or one further up (a join is left at its split)."""
    source = Node("split", edge.source.id) if edge.source.kind == "join" else edge.source
    return edge.target in order and order[edge.target] <= order[source]
