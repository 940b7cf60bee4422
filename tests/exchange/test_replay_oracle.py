"""Whether a case fits, as pm4py's alignments say it of the exported net; needs the group `oracles`.

What both can express is compared: order, choice, loop and parallel. The net does not know options,
so each option gets a step of its own before it is exported, and stands in the trace right behind
its decision. That a step is optional or repeatable BPMN says only in words; both are taken away.
Not compared, because no net says it: people, documents, times, limits of loops.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exchange.test_bpmn_engines import _make_strict as make_strict
from exchange.test_bpmn_engines import _silent as silent
from exchange.test_bpmn_engines import net_of, successors
from exchange.worlds import bpmn_of, random_definition
from records.flows import Acceptor, mutate, random_walk
from records.support import PLACE, compiled, entry, record, world
from regelwerk.records.check import check_case

Walk = list[tuple[str, str | None]]

# What these libraries warn of while they are imported is none of our business.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.xdist_group("oracles")]

PARTS = 6
DEFINITIONS_A_PART = 20
WALKS = 6
MUTANTS = 4
_A_MOVE = 10_000  # what one move on one side alone costs; silent moves of the net cost 1


@pytest.fixture(scope="module")
def pm4py() -> Any:
    return pytest.importorskip("pm4py", reason="install the dependency group `oracles`")


@pytest.mark.parametrize("part", range(PARTS))
def test_a_case_fits_exactly_where_its_alignment_with_the_net_costs_nothing(
    pm4py: Any, tmp_path: Path, part: int
) -> None:
    verdicts: Counter[bool] = Counter()
    for seed in range(part * DEFINITIONS_A_PART, (part + 1) * DEFINITIONS_A_PART):
        data, random = random_definition(1000 + seed), Random(seed)  # noqa: S311
        make_strict(data["steps"])
        net = net_of(pm4py, bpmn_of(with_option_steps(data)), tmp_path)
        ours = Verdicts(data)
        for walk in _walks(data, random):
            fits = _alignment_cost(net, trace_of(walk)) < _A_MOVE
            assert ours.closed(walk) is fits, (seed, walk)
            verdicts[fits] += 1
            cut = walk[: random.randint(0, len(walk))]
            assert ours.open(cut) is _is_begun(net, trace_of(cut)), (seed, cut)
    assert min(verdicts[True], verdicts[False]) > 100, verdicts


def _walks(data: dict[str, Any], random: Random) -> Iterator[Walk]:
    """Walks to an end, and each changed once or more often."""
    acceptor = Acceptor(data)
    for _ in range(WALKS):
        found = random_walk(random, acceptor, longest=14)
        if found is None:
            continue
        walk = found[0]
        yield walk
        for _ in range(MUTANTS):
            changed = mutate(random, walk, data)
            yield changed
            if random.random() < 0.3:
                yield mutate(random, changed, data)


class Verdicts:
    """Whether nothing is said of a case of one definition."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._table = compiled(_with_known_roles(data))
        self._world = world(self._table)

    def closed(self, walk: Walk) -> bool:
        """Of a whole case, whichever end it may have reached."""
        return self._is_right(walk, status="closed", closed="2026-03-30")

    def open(self, walk: Walk) -> bool:
        return self._is_right(walk)

    def _is_right(self, walk: Walk, **head: str) -> bool:
        data = record(*(entry(step, option) for step, option in walk), **head)
        return not check_case(data, self._table, self._world, PLACE)


def _with_known_roles(data: dict[str, Any]) -> dict[str, Any]:
    data = copy.deepcopy(data)
    for step in _all(data["steps"]):
        if "responsible" in step:
            step["responsible"] = "doer"
    return data


def with_option_steps(data: dict[str, Any]) -> dict[str, Any]:
    """The same process in which every option leads to a step of its own first."""
    data = copy.deepcopy(data)
    _expand(data["steps"])
    return data


def _expand(steps: list[dict[str, Any]]) -> None:
    expanded = []
    for step in steps:
        expanded.append(step)
        for branch in step.get("parallel", {}).values():
            _expand(branch)
        step["title"] = step["id"]
        for option, text in step.get("decision", {}).get("options", {}).items():
            id_ = f"{step['id']}-{option}"
            role = step["responsible"]
            expanded.append({"id": id_, "title": id_, "responsible": role, "next": text["next"]})
            text["next"] = id_
    steps[:] = expanded


def trace_of(walk: Walk) -> list[str]:
    """The names of the transitions that the walk should fire."""
    return [
        name
        for step, option in walk
        for name in ([step] if option is None else [step, f"{step}-{option}"])
    ]


def _all(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in steps:
        yield step
        for branch in step.get("parallel", {}).values():
            yield from _all(branch)


def _alignment_cost(net: tuple[Any, Any, Any], names: list[str]) -> int:
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.objects.log.obj import Event, Trace

    trace = Trace([Event({"concept:name": name}) for name in names])
    variant = algorithm.Variants.VERSION_DIJKSTRA_LESS_MEMORY
    return int(algorithm.apply_trace(trace, *net, variant=variant)["cost"])


def _is_begun(net: tuple[Any, Any, Any], names: list[str]) -> bool:
    """Whether the net can fire the names one after another; every net here can always end."""
    places, start, _ = net
    markings = silent(places, {start})
    for name in names:
        moved = {
            after
            for marking in markings
            for label, after in successors(places, marking)
            if label == name
        }
        markings = silent(places, moved)
    return bool(markings)
