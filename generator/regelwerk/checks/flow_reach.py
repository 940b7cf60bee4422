"""Steps and ends that no way leads to, and steps from which none leads on."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.graph import Graph
from regelwerk.checks.reach import endless_loops, reached
from regelwerk.diagnostics import Problem
from regelwerk.model.flow import Node, entry, reachable
from regelwerk.model.project import Project


def unreachable_step(_project: Project, graph: Graph) -> Iterator[Problem]:
    """A way leads from the start to every step.

    A step that nobody can come to is never done, though the document says it is. Of steps that
    follow one another, only the first is named: a way to it leads to the others too.
    """
    flow = graph.flow
    found = reached(graph)
    named: set[Node] = set()
    for step in graph.process.all_steps():
        node = entry(step)
        if node in found or node in named:
            continue
        before = reachable([node], flow.predecessors, forward=False)
        after = reachable([node], flow.successors, forward=True)
        if before <= after:
            named |= before
            yield Problem(
                "flow/unreachable-step",
                step.at,
                f"no way leads from the start to the step `{step.id}`",
                f"let an option or a `next` lead to `{step.id}`, or remove it",
            )


def no_path_to_end(_project: Project, graph: Graph) -> Iterator[Problem]:
    """The last step of the list says how the process goes on or ends.

    Without a way on, a case that has come here can never be closed. Steps that lead only to such a
    step are not named: mending the last mends them all.
    """
    for id_ in graph.flow.open_ended:
        step = graph.steps[id_]
        ends = graph.process.ends
        end = next(iter(ends)) if len(ends) == 1 else "…"
        hint = f"add `next: {{end: {end}}}`, or `next:` with the step that follows"
        if step.calls is not None and step.calls.outcomes:
            hint = "add an outcome for every end of the called process, or `next`"
        yield Problem(
            "flow/no-path-to-end",
            step.at,
            f"no way leads on from the step `{step.id}`, which is the last of its list",
            hint,
        )


def unused_end(_project: Project, graph: Graph) -> Iterator[Problem]:
    """Every end of the process is named by an option, an outcome or a `next`.

    An end that no way names is reached by no case, and its key figures stay empty. Where a way is
    broken, missing or goes round for ever, it may have been meant to lead there, and has a finding.
    """
    flow = graph.flow
    if flow.loose or flow.open_ended or endless_loops(graph):
        return
    named = {edge.target for edge in flow.edges}
    for end in graph.process.ends:
        if Node("end", end) not in named:
            yield Problem(
                "flow/unused-end",
                ("ends", end),
                f"no way leads to the end `{end}`",
                f"let an option or a step lead there with `next: {{end: {end}}}`, or remove it",
            )
