"""Documents on every path, against an oracle that walks every path and keeps what it holds.

The oracle simulates: a state is a place and the documents made so far, and all states are visited.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from checks.random_definitions import DOCUMENTS, ENDS, Maker
from checks_support import World

Data = dict[str, Any]
Held = frozenset[str]
SEEDS = range(400)


class Walk:
    """Visits every state; `lacking` are (path of an input) that some state reaches without."""

    def __init__(self, process: Data) -> None:
        self.lacking: set[str] = set()
        self.ended: dict[str, set[Held]] = {end: set() for end in ENDS}
        self.list(process["steps"], "$.steps", frozenset(process["inputs"]))

    def list(self, steps: list[Data], path: str, held: Held) -> set[Held]:
        """Walk a list from its first step; what may be held where it joins."""
        places = {step["id"]: index for index, step in enumerate(steps)}
        joined: set[Held] = set()
        waiting, seen = [(0, held)], {(0, held)}
        while waiting:
            index, held = waiting.pop()
            step, at = steps[index], f"{path}[{index}]"
            for number, document in enumerate(step["inputs"]):
                if document not in held:
                    self.lacking.add(f"{at}.inputs[{number}]")
            for after in self.done(step, at, held):
                for target in self.ways(step, index, len(steps)):
                    if target == "join":
                        joined.add(after)
                    elif isinstance(target, dict):
                        self.ended[target["end"]].add(after)
                    else:
                        state = (places[target] if isinstance(target, str) else target, after)
                        if state not in seen:
                            seen.add(state)
                            waiting.append(state)
        return joined

    def done(self, step: Data, at: str, held: Held) -> set[Held]:
        """What may be held after the step; optional ones may be passed over."""
        made = held | frozenset(step["outputs"])
        results = {held} if step.get("optional") else set()
        if "parallel" not in step:
            return results | {made}
        branches = [
            self.list(inner, f"{at}.parallel.{name}", held)
            for name, inner in step["parallel"].items()
        ]
        return results | {made.union(*combination) for combination in product(*branches)}

    def ways(self, step: Data, index: int, length: int) -> list[Any]:
        """Where the step leads: an index, an id, an end, or `join` for leaving the list."""
        options = step.get("decision", {}).get("options", {})
        targets = [option["next"] for option in options.values()]
        targets = [step["next"]] if "next" in step else targets
        if targets:
            return ["join" if "join" in target else target for target in targets]
        return [index + 1] if index + 1 < length else ["join"]


@pytest.mark.parametrize("chunk", range(8))
def test_documents_are_missing_exactly_where_some_path_lacks_them(chunk: int) -> None:
    seen = {"inputs": 0, "outputs": 0}
    for seed in SEEDS[chunk::8]:
        world = World()
        world.processes["one"] = Maker(seed).process()
        walk = Walk(world.one)
        found = world.found()
        inputs = {path for code, path in found if code == "flow/input-not-produced"}
        assert inputs == walk.lacking, seed
        outputs = [path for code, path in found if code == "flow/output-not-produced"]
        assert outputs == [
            f"$.outputs[{index}]"
            for index, document in enumerate(world.one["outputs"])
            if any(document not in held for held in walk.ended["won"])
        ], seed
        seen["inputs"] += bool(inputs)
        seen["outputs"] += bool(outputs)
    assert min(seen.values()) > 3


def test_the_random_definitions_use_every_document() -> None:
    used = {name for seed in range(20) for name in Maker(seed).process()["outputs"]}
    assert used == set(DOCUMENTS)
