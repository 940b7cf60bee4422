"""Reachability and endless loops, against networkx on a graph that the test builds itself."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from checks.random_definitions import Maker
from checks_support import World

Data = dict[str, Any]
SEEDS = range(400)


class Oracle:
    """Steps as nodes, a parallel as two; `at` tells a node's path in the file."""

    def __init__(self, process: Data) -> None:
        self.graph = nx.DiGraph()
        self.graph.add_nodes_from(("end", end) for end in process["ends"])
        self.at: dict[Any, str] = {}
        self.stuck: list[str] = []
        self.connect(process["steps"], "$.steps", None)
        self.graph.add_edge("start", self.head(process["steps"][0]))
        self.reached = {"start"} | nx.descendants(self.graph, "start")

    def head(self, step: Data) -> Any:
        return ("split" if "parallel" in step else "step", step["id"])

    def connect(self, steps: list[Data], path: str, join: Any) -> None:
        heads = {step["id"]: self.head(step) for step in steps}
        for index, step in enumerate(steps):
            head, tail = self.head(step), ("join" if "parallel" in step else "step", step["id"])
            self.graph.add_nodes_from([head, tail])
            self.at[head] = f"{path}[{index}]"
            for branch, inner in step.get("parallel", {}).items():
                self.graph.add_edge(head, self.head(inner[0]))
                self.connect(inner, f"{path}[{index}].parallel.{branch}", tail)
            options = step.get("decision", {}).get("options", {})
            targets = [option["next"] for option in options.values()]
            if "next" in step:
                targets = [step["next"]]
            for target in targets:
                if isinstance(target, str):
                    self.graph.add_edge(tail, heads[target])
                else:
                    self.graph.add_edge(tail, join if "join" in target else ("end", target["end"]))
            if not targets and index + 1 < len(steps):
                self.graph.add_edge(tail, self.head(steps[index + 1]))
            elif not targets and join is not None:
                self.graph.add_edge(tail, join)
            elif not targets:
                self.stuck.append(self.at[head])

    def unreachable(self) -> set[str]:
        """The first step of every unreachable group that no other unreachable group leads to."""
        order = {node: position for position, node in enumerate(self.at)}
        lost = self.graph.subgraph(set(self.graph) - self.reached)
        groups = nx.condensation(lost)
        found = set()
        for group in groups:
            members = groups.nodes[group]["members"] & self.at.keys()
            if groups.in_degree(group) == 0 and members:
                found.add(self.at[min(members, key=order.__getitem__)])
        return found

    def endless(self) -> list[set[str]]:
        """The ids in each reachable group that leads nowhere but round."""
        groups = nx.condensation(self.graph.subgraph(self.reached))
        found = []
        for group in groups:
            members = groups.nodes[group]["members"]
            inside = self.graph.subgraph(members)
            if groups.out_degree(group) == 0 and inside.number_of_edges():
                found.append({node[1] for node in members})
        return found


def expect(code: str, world: World) -> list[Any]:
    return [problem for problem in world.problems() if problem.code == code]


@pytest.mark.parametrize("chunk", range(8))
def test_the_flow_rules_agree_with_networkx(chunk: int) -> None:
    seen = {"unreachable": 0, "endless": 0}
    for seed in SEEDS[chunk::8]:
        world = World()
        world.processes["one"] = Maker(seed).process()
        oracle = Oracle(world.one)
        paths = {path for code, path in world.found() if code == "flow/unreachable-step"}
        assert paths == oracle.unreachable(), seed
        stuck = [path for code, path in world.found() if code == "flow/no-path-to-end"]
        assert stuck == oracle.stuck, seed
        loops = expect("flow/loop-without-exit", world)
        assert len(loops) == len(oracle.endless()), seed
        for loop in loops:
            ids = {part for part in loop.message.split("`") if part.startswith("s")}
            assert ids in oracle.endless(), seed
        seen["unreachable"] += bool(paths)
        seen["endless"] += bool(loops)
    assert min(seen.values()) > 3
