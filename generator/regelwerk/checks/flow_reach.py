"""Steps and ends that no way leads to, and steps from which none leads on."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.graph import Graph
from regelwerk.diagnostics import Problem, did_you_mean
from regelwerk.model.flow import START, Node, entry, reachable
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


def reached(graph: Graph) -> set[Node]:
    """Every node that can be reached, by edges or wherever a loose way may have been meant to lead.

    A jump that is not allowed leads where it says; one to an unknown step may mean any step of its
    list. A step whose own id is doubtful may be meant by anybody.
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
            elif way.target.end is None:
                inside = flow.enclosing[way.source.id]
                siblings = (id_ for id_, place in flow.enclosing.items() if place == inside)
                starts += [entry(graph.steps[id_]) for id_ in siblings]
        found |= reachable(starts, flow.successors, forward=True)


def no_path_to_end(_project: Project, graph: Graph) -> Iterator[Problem]:
    """The last step of the list says how the process goes on or ends.

    Without a way on, a case that has come here can never be closed. Steps that lead only to such a
    step are not named: mending the last mends them all.
    """
    for id_ in graph.flow.open_ended:
        step = graph.steps[id_]
        hint = "add `next: {end: …}`, or `next:` with the step that follows"
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

    An end that no way names is reached by no case, and its key figures stay empty.
    """
    named = {edge.target.id for edge in graph.flow.edges if edge.target.kind == "end"}
    named |= {way.target.end for way in graph.flow.loose if way.target.end is not None}
    misspelled = named - graph.process.ends.keys()
    for end in graph.process.ends:
        if end not in named and not any(did_you_mean(other, [end]) for other in misspelled):
            yield Problem(
                "flow/unused-end",
                ("ends", end),
                f"no way leads to the end `{end}`",
                f"let an option or a step lead there with `next: {{end: {end}}}`, or remove it",
            )
