"""Documents on every path: what a step needs is there before it, what the process promises is made.

A must-analysis (forward, intersection over all ways), as compilers do for definite assignment.
"""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.graph import Graph
from regelwerk.diagnostics import Problem
from regelwerk.model.flow import START, Edge, Node, entry
from regelwerk.model.process import Step
from regelwerk.model.project import Project

# The documents that are there on every path to a node; None: no path is known to lead there.
Facts = frozenset[str] | None


def input_not_produced(_project: Project, graph: Graph) -> Iterator[Problem]:
    """On every path to a step, the documents it needs are there: made before, or an input.

    Otherwise somebody stands there one day without what is needed to go on.
    """
    there = documents_there(graph)
    for step in graph.process.all_steps():
        present = there[entry(step)]
        for index, name in enumerate(step.inputs if present is not None else ()):
            if name in graph.process.documents and name not in (present or ()):
                yield Problem(
                    "flow/input-not-produced",
                    (*step.at, "inputs", index),
                    f"some path from the start reaches `{step.id}` without `{name}`",
                    "let a step that every path passes make it, or name it as input of the process",
                )


def output_not_produced(_project: Project, graph: Graph) -> Iterator[Problem]:
    """On every path to a success, the outputs of the process have been made.

    Otherwise a case counts as a success although what it is done for is missing.
    """
    there = documents_there(graph)
    successes = [end.id for end in graph.process.ends.values() if end.success]
    present = {end: facts for end in successes if (facts := there[Node("end", end)]) is not None}
    for use in graph.process.outputs:
        lacking = [end for end, facts in present.items() if use.document not in facts]
        if lacking and use.document in graph.process.documents:
            yield Problem(
                "flow/output-not-produced",
                use.at,
                f"some path to the end `{lacking[0]}`, a success, does not make `{use.document}`",
                "let a step that every such path passes make it",
            )


def documents_there(graph: Graph) -> dict[Node, Facts]:
    """For each node, the documents that exist on every path from the start to it.

    A name that is no document may be a misspelling of any, so it counts as all of them.
    """
    analysis = _Analysis(graph)
    analysis.run()
    return analysis.before


class _Analysis:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.everything = frozenset(graph.process.documents)
        self.before: dict[Node, Facts] = dict.fromkeys(graph.flow.nodes)
        self.before[START] = self._known([use.document for use in graph.process.inputs])

    def run(self) -> None:
        """Lower the facts until nothing changes; each change removes something, so it ends."""
        flow = self.graph.flow
        waiting = [edge.target for edge in flow.successors[START]]
        while waiting:
            node = waiting.pop()
            facts = self._merge(node)
            if facts != self.before[node]:
                self.before[node] = facts
                waiting += [edge.target for edge in flow.successors[node]]
                if node.kind == "split":
                    waiting.append(Node("join", node.id))

    def _merge(self, node: Node) -> Facts:
        edges = self.graph.flow.predecessors[node]
        if node.kind != "join":
            return self._on_all(edges)
        split = self.before[Node("split", node.id)]
        step = self.graph.steps[node.id]
        if step.optional or split is None:
            return split
        made = self._made(step) | split
        for branch in step.parallel:
            ways = tuple(edge for edge in edges if self._branch(edge, node.id) == branch.id)
            facts = self._on_all(ways)
            if facts is None:
                return None
            made |= facts
        return made

    def _branch(self, edge: Edge, container: str) -> str | None:
        return dict(self.graph.flow.enclosing[edge.source.id]).get(container)

    def _on_all(self, edges: tuple[Edge, ...]) -> Facts:
        facts: Facts = None
        for edge in edges:
            left = self._after(edge.source)
            if left is not None:
                facts = left if facts is None else facts & left
        return facts

    def _after(self, node: Node) -> Facts:
        before = self.before[node]
        if before is None or node.kind != "step":
            return before
        step = self.graph.steps[node.id]
        return before if step.optional else before | self._made(step)

    def _made(self, step: Step) -> frozenset[str]:
        return self._known(list(step.outputs))

    def _known(self, names: list[str]) -> frozenset[str]:
        return frozenset(names) if self.everything.issuperset(names) else self.everything
