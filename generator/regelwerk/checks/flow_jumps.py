"""Jumps into and out of parallel branches."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.graph import Graph
from regelwerk.diagnostics import Problem
from regelwerk.model.project import Project


def jump_across_parallel(_project: Project, graph: Graph) -> Iterator[Problem]:
    """A way in a parallel branch leads to a step of the same list or to the join, none leads in.

    All branches of a parallel must be done before the case goes on (BPMN 2.0, 10.6.4); a jump
    across its border would leave the others hanging.
    """
    for way in graph.flow.loose:
        if way.jump:
            inside = graph.flow.enclosing[way.source.id]
            hint = "name a step of the same list"
            if inside:
                hint += ", or join the branches with {join: true}"
            yield Problem("flow/jump-across-parallel", way.at, way.jump, hint)
