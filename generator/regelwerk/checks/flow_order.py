"""Which steps can come before which."""

from __future__ import annotations

from regelwerk.checks.graph import Graph
from regelwerk.model.flow import entry as node_of
from regelwerk.model.flow import reachable
from regelwerk.model.process import Step


def can_come_before(graph: Graph, earlier: Step, later: Step) -> bool:
    """Whether a case can have done `earlier` when it does `later`, both in work steps.

    Steps in different branches of the same parallel are done in any order. Itself a step comes
    before only in a loop, or where it is repeatable.
    """
    if _side_by_side(graph, earlier, later) or (earlier.id == later.id and later.repeatable):
        return True
    flow = graph.flow
    after = [edge.target for edge in flow.successors[node_of(earlier)]]
    return node_of(later) in reachable(after, flow.successors, forward=True)


def _side_by_side(graph: Graph, one: Step, other: Step) -> bool:
    enclosing = graph.flow.enclosing
    branches = dict(enclosing[one.id])
    return any(
        branches.get(container, branch) != branch for container, branch in enclosing[other.id]
    )
