"""BPMN as engines and miners read it; needs the dependency group `oracles`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree

from exchange.worlds import SEEDS, all_files, bpmn_of, random_definition
from records.flows import Acceptor, mutate, random_walk

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
NODES = ("startEvent", "endEvent", "userTask", "callActivity")
GATEWAYS = ("exclusiveGateway", "parallelGateway")

# What these libraries warn of while they are imported is none of our business.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.xdist_group("oracles")]


@pytest.fixture(scope="module")
def pm4py() -> Any:
    return pytest.importorskip("pm4py", reason="install the dependency group `oracles`")


def nodes_of(content: bytes) -> dict[str, etree._Element]:
    return {
        element.get("id"): element
        for element in etree.fromstring(content).iter()
        if etree.QName(element).localname in (*NODES, *GATEWAYS)
    }


def test_spiffworkflow_reads_every_process_with_its_lanes_and_ways() -> None:
    parsers = pytest.importorskip(
        "SpiffWorkflow.bpmn.parser", reason="install the dependency group `oracles`"
    )
    for name, content in all_files().items():
        parser = parsers.BpmnParser()
        parser.add_bpmn_str(content)
        (process,) = parser.get_process_ids()
        tasks = parser.get_spec(process).task_specs
        lanes = {
            node.text: lane.get("name")
            for lane in etree.fromstring(content).iter(f"{MODEL}lane")
            for node in lane
        }
        for id_, element in nodes_of(content).items():
            task = tasks.get(f"{id_} [child]", tasks[id_])
            assert (task.lane, task.bpmn_name) == (lanes[id_], element.get("name")), (name, id_)
            onward = {after.name for after in tasks[id_].outputs if not after.name.endswith("Join")}
            assert onward - {f"{id_} [child]"} == _targets(content, id_), (name, id_)


def _targets(content: bytes, source: str) -> set[str]:
    flows = etree.fromstring(content).iter(f"{MODEL}sequenceFlow")
    return {flow.get("targetRef") for flow in flows if flow.get("sourceRef") == source}


def test_the_linter_and_the_reader_of_bpmn_io_agree_and_write_it_back() -> None:
    bpmn_io = pytest.importorskip("bpmn_io", reason="install the dependency group `oracles`")
    from bpmn_io.lint import Linter
    from bpmn_io.lint.resolver import NodeResolver

    config = {"extends": "bpmnlint:all", "rules": {"standard-size": "off"}}
    for name, content in all_files().items():
        report = bpmn_io.check(content.decode())
        assert (report.ok, list(report.warnings)) == (True, []), name
        moddle = bpmn_io.BpmnModdle()
        root = moddle.from_xml(content.decode()).root_element
        assert Linter(resolver=NodeResolver()).lint(root, config) == {}, name
        again = moddle.to_xml(root, {"format": True}).xml
        assert _canonical(again.encode()) == _canonical(content), name


def _canonical(content: bytes) -> list[tuple[str, dict[str, str], str]]:
    return sorted(
        (element.tag, sorted(element.attrib.items()), (element.text or "").strip())
        for element in etree.fromstring(content).iter()
    )


def net_of(pm4py: Any, content: bytes, folder: Path) -> tuple[Any, Any, Any]:
    """The Petri net that pm4py makes of a file; it does not know call activities: tasks for it."""
    path = folder / "process.bpmn"
    path.write_bytes(content.replace(b"bpmn:callActivity", b"bpmn:task"))
    graph = pm4py.read_bpmn(str(path))
    known = {node.get_id() for node in graph.get_nodes()}
    assert set(nodes_of(content)) <= known
    assert len(graph.get_flows()) == len(
        list(etree.fromstring(content).iter(f"{MODEL}sequenceFlow"))
    )
    return pm4py.convert_to_petri_net(graph)


def successors(net: Any, marking: Any) -> Iterator[tuple[str | None, Any]]:
    from pm4py.objects.petri_net import semantics

    for transition in semantics.enabled_transitions(net, marking):
        yield transition.label, semantics.weak_execute(transition, marking)


def test_every_process_can_always_end_and_leaves_no_token_behind(
    pm4py: Any, tmp_path: Path
) -> None:
    for name, content in all_files().items():
        net, start, end = net_of(pm4py, content, tmp_path)
        seen, waiting, before = {start}, [start], {}
        while waiting:
            marking = waiting.pop()
            assert max(marking.values()) == 1, f"{name}: two tokens in one place"
            for _, after in successors(net, marking):
                before.setdefault(after, []).append(marking)
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        can_end, waiting = {end}, [end]
        while waiting:
            for marking in before.get(waiting.pop(), ()):
                if marking not in can_end:
                    can_end.add(marking)
                    waiting.append(marking)
        assert seen == can_end, f"{name}: stuck, or tokens left behind"


def test_the_ways_through_the_file_are_those_through_the_definition(
    pm4py: Any, tmp_path: Path
) -> None:
    verdicts = [
        verdict
        for seed in SEEDS
        for verdict in _compared_walks(pm4py, random_definition(seed), Random(seed), tmp_path)  # noqa: S311
    ]
    assert verdicts.count(True) > 200
    assert verdicts.count(False) > 200


def _compared_walks(
    pm4py: Any, data: dict[str, Any], random: Random, folder: Path
) -> Iterator[bool]:
    """Whether random walks, and changed ones, are whole cases; asserts that both sides agree."""
    _make_strict(data["steps"])
    titles: dict[str, str] = {}
    _collect_titles(data["steps"], titles)
    net, start, end = net_of(pm4py, bpmn_of(data), folder)
    acceptor = Acceptor(data)
    for _ in range(20):
        found = random_walk(random, acceptor)
        if found is None:
            continue
        for walk in (found[0], mutate(random, found[0], data)):
            steps = [entry[0] for entry in walk]
            whole = _accepts(acceptor, steps)
            names = [titles[one] for one in steps]
            assert _net_accepts(net, start, end, names) is whole, (data["title"], steps)
            yield whole


def _make_strict(steps: list[dict[str, Any]]) -> None:
    """Take away what BPMN only says in words: that a step may be left out or repeated."""
    for one in steps:
        one.pop("optional", None)
        one.pop("repeatable", None)
        for branch in one.get("parallel", {}).values():
            _make_strict(branch)


def _collect_titles(steps: list[dict[str, Any]], titles: dict[str, str]) -> None:
    for one in steps:
        titles[one["id"]] = one["title"]
        for branch in one.get("parallel", {}).values():
            _collect_titles(branch, titles)


def _accepts(acceptor: Acceptor, steps: list[str]) -> bool:
    """Whether some options make these steps a whole case."""
    places = acceptor.start()
    for one in steps:
        entries = {entry for entry in acceptor.entries(places) if entry[0] == one}
        places = frozenset().union(*(acceptor.after(places, entry) for entry in entries))
    return any(place[0] == "end" for place in places)


def _net_accepts(net: Any, start: Any, end: Any, names: list[str]) -> bool:
    markings = _silent(net, {start})
    for name in names:
        moved = {
            after
            for marking in markings
            for label, after in successors(net, marking)
            if label == name
        }
        markings = _silent(net, moved)
    return end in markings


def _silent(net: Any, markings: set[Any]) -> set[Any]:
    found, waiting = set(markings), list(markings)
    while waiting:
        for label, after in successors(net, waiting.pop()):
            if label is None and after not in found:
                found.add(after)
                waiting.append(after)
    return found
