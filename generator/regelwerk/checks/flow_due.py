"""Due dates that count from a step that has not been done by then."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.flow_order import can_come_before
from regelwerk.checks.graph import Graph
from regelwerk.checks.reach import reached
from regelwerk.diagnostics import Problem
from regelwerk.model.flow import entry
from regelwerk.model.project import Project


def due_after_later_step(_project: Project, graph: Graph) -> Iterator[Problem]:
    """A due date counts from the start or from a step that can come before.

    Counted from a step that comes later, or on another way only, the step would never be due.
    """
    if graph.flow.loose:
        return
    found = reached(graph)
    for step in graph.process.work_steps():
        first = graph.steps.get(step.due.after) if step.due is not None else None
        if first is None or first.is_container or not {entry(step), entry(first)} <= found:
            continue
        if not can_come_before(graph, first, step):
            yield Problem(
                "flow/due-after-later-step",
                (*step.at, "due", "after"),
                f"`{first.id}` is never done before `{step.id}`",
                "count from a step that comes before, or from `start`",
            )
