"""The flow of a process as a graph: events, steps, splits and joins, and the ways between them.

A `parallel` step becomes a split and a join (BPMN 2.0, 10.6.4), so its branches are blocks.
Ways that name something undefined or leave their block are not edges but `Flow.loose`; analyses
that argue about all paths should say nothing of where a loose way could have led.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from regelwerk.model.process import Path, Process, Step, Target

NodeKind = Literal["start", "step", "split", "join", "end"]
EdgeKind = Literal["start", "next", "option", "outcome", "branch", "join"]


class Node(msgspec.Struct, frozen=True, order=True):
    """A place in the flow; `id` is the step's, the end's, or empty for the start."""

    kind: NodeKind
    id: str = ""


START = Node("start")


class Edge(msgspec.Struct, frozen=True):
    """A way from one node to another.

    `label` is the option, called process's end or branch that takes it (`kind` says which);
    `at` is the path of the key that names the way, or of the step where it is implied.
    """

    source: Node
    target: Node
    kind: EdgeKind
    at: Path
    label: str = ""


class LooseWay(msgspec.Struct, frozen=True):
    """A way that is no edge: its target is not defined, or (`jump` says why) not allowed.

    `at` is the path of the key that names the way.
    """

    source: Node
    target: Target
    at: Path
    jump: str = ""


class Flow(msgspec.Struct, frozen=True):
    """A process's graph. `open_ended` are the steps that have no way on and should have one.

    `enclosing` tells for each step id the branches round it, outermost first, as pairs of
    container id and branch id.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    successors: Mapping[Node, tuple[Edge, ...]]
    predecessors: Mapping[Node, tuple[Edge, ...]]
    enclosing: Mapping[str, tuple[tuple[str, str], ...]]
    open_ended: tuple[str, ...]
    loose: tuple[LooseWay, ...]

    @property
    def complete(self) -> bool:
        """Whether every way that the process names is an edge."""
        return not self.loose


EndsOf = Callable[[str], frozenset[str] | None]


def _unknown_ends(_process: str) -> frozenset[str] | None:
    return None


def entry(step: Step) -> Node:
    """Where a step is entered: its split if it is a container."""
    return Node("split" if step.is_container else "step", step.id)


def way_out(step: Step) -> Node:
    """Where a step is left: its join if it is a container."""
    return Node("join" if step.is_container else "step", step.id)


def build_flow(process: Process, ends_of: EndsOf = _unknown_ends) -> Flow:
    """Build the graph. `ends_of` tells the ends of a called process, None where unknown.

    A call with outcomes also goes on with the next step if some end of the called process has
    no outcome of its own. Where an outcome is no end of the called process, or those ends are not
    known, the outcomes count as complete.
    """
    builder = _Builder(process, ends_of)
    builder.build()
    return builder.flow()


class _Builder:
    def __init__(self, process: Process, ends_of: EndsOf) -> None:
        self.process = process
        self.ends_of = ends_of
        self.nodes: dict[Node, None] = {START: None}
        self.edges: list[Edge] = []
        self.enclosing: dict[str, tuple[tuple[str, str], ...]] = {}
        self.entries: dict[str, Node] = {}
        self.open_ended: list[str] = []
        self.loose: list[LooseWay] = []

    def build(self) -> None:
        self._collect(self.process.steps, ())
        for end in self.process.ends:
            self.nodes[Node("end", end)] = None
        if self.process.steps:
            first = self.process.steps[0]
            self._edge(START, entry(first), "start", first.at)
        self._list(self.process.steps, None)

    def flow(self) -> Flow:
        successors: dict[Node, list[Edge]] = {node: [] for node in self.nodes}
        predecessors: dict[Node, list[Edge]] = {node: [] for node in self.nodes}
        for edge in self.edges:
            successors[edge.source].append(edge)
            predecessors[edge.target].append(edge)
        return Flow(
            nodes=tuple(self.nodes),
            edges=tuple(self.edges),
            successors={node: tuple(edges) for node, edges in successors.items()},
            predecessors={node: tuple(edges) for node, edges in predecessors.items()},
            enclosing=self.enclosing,
            open_ended=tuple(self.open_ended),
            loose=tuple(self.loose),
        )

    def _collect(self, steps: tuple[Step, ...], inside: tuple[tuple[str, str], ...]) -> None:
        for step in steps:
            self.nodes[entry(step)] = None
            self.nodes[way_out(step)] = None
            self.enclosing.setdefault(step.id, inside)
            self.entries.setdefault(step.id, entry(step))
            for branch in step.parallel:
                self._collect(branch.steps, (*inside, (step.id, branch.id)))

    def _list(self, steps: tuple[Step, ...], join: Node | None) -> None:
        for index, step in enumerate(steps):
            following = steps[index + 1] if index + 1 < len(steps) else None
            for branch in step.parallel:
                if branch.steps:
                    self._edge(entry(step), entry(branch.steps[0]), "branch", branch.at, branch.id)
                    self._list(branch.steps, way_out(step))
            self._ways_on(step, following, join)

    def _ways_on(self, step: Step, following: Step | None, join: Node | None) -> None:
        source = way_out(step)
        for path, target in step.targets():
            kind, label = _edge_kind(step, path)
            found = self._find(step, target, join)
            if isinstance(found, Node):
                self._edge(source, found, kind, path, label)
            else:
                self.loose.append(LooseWay(source, target, path, found))
        if step.next is None and self._goes_on_by_itself(step):
            if following is not None:
                self._edge(source, entry(following), "next", step.at)
            elif join is not None:
                self._edge(source, join, "join", step.at)
            else:
                self.open_ended.append(step.id)

    def _goes_on_by_itself(self, step: Step) -> bool:
        if step.decision is not None:
            return False
        if step.calls is not None and step.calls.outcomes:
            ends = self.ends_of(step.calls.process) if not step.calls.external else None
            return ends is not None and step.calls.outcomes.keys() < ends
        return True

    def _find(self, step: Step, target: Target, join: Node | None) -> Node | str:
        """The node a target means; else why the jump is not allowed, empty where undefined."""
        inside = self.enclosing[step.id]
        if target.join:
            return join or "there is no parallel here that could be joined"
        if target.end is not None:
            if inside:
                return "a parallel branch cannot end the process; join it first"
            return Node("end", target.end) if target.end in self.process.ends else ""
        if target.step is None or target.step not in self.entries:
            return ""
        if self.enclosing[target.step] != inside:
            return f"`{target.step}` is not a step of the same branch or list"
        return self.entries[target.step]

    def _edge(self, source: Node, target: Node, kind: EdgeKind, at: Path, label: str = "") -> None:
        self.edges.append(Edge(source, target, kind, at, label))


def _edge_kind(step: Step, path: Path) -> tuple[EdgeKind, str]:
    below = path[len(step.at) :]
    if below[0] == "decision":
        return "option", str(below[2])
    if below[0] == "calls":
        return "outcome", str(below[2])
    return "next", ""


def reachable(
    starts: list[Node], ways: Mapping[Node, tuple[Edge, ...]], *, forward: bool
) -> set[Node]:
    """Every node that can be reached along (`forward`) or against the edges, starts included."""
    found = set(starts)
    waiting = list(starts)
    while waiting:
        for edge in ways.get(waiting.pop(), ()):
            node = edge.target if forward else edge.source
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found
