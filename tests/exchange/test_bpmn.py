from __future__ import annotations

import re

import pytest
from lxml import etree

from exchange.worlds import (
    SACRED,
    SEEDS,
    all_files,
    bpmn_of,
    decision,
    forty_steps,
    odd,
    process,
    random_definition,
    step,
)
from regelwerk.exchange.bpmn.diagram import Bounds, Diagram, Flow, Lane, Node
from regelwerk.exchange.bpmn.ids import ncname
from regelwerk.exchange.bpmn.write import write
from regelwerk.model.version import Status

NS = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "d": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
DONE = {"end": "done"}


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content)


def find(content: bytes, path: str) -> list:
    return parsed(content).xpath(path, namespaces=NS)


def flows(content: bytes) -> list[tuple[str, str, str]]:
    return [
        (flow.get("sourceRef"), flow.get("targetRef"), flow.get("name", ""))
        for flow in find(content, "//b:sequenceFlow")
    ]


def kinds(content: bytes) -> dict[str, str]:
    nodes = find(content, "//b:process/*[b:incoming or b:outgoing]")
    return {node.get("id"): etree.QName(node).localname for node in nodes}


@pytest.mark.parametrize("name", all_files())
def test_every_flow_is_told_by_both_its_ends_and_drawn_between_them(name: str) -> None:
    content = all_files()[name]
    told = {
        (way, etree.QName(node).localname, node.getparent().get("id"), node.text)
        for way, nodes in (
            ("in", find(content, "//b:incoming")),
            ("out", find(content, "//b:outgoing")),
        )
        for node in nodes
    }
    boxes = {}
    for shape in find(content, "//d:BPMNShape"):
        (box,) = shape.findall("dc:Bounds", NS)
        boxes[shape.get("bpmnElement")] = tuple(
            float(box.get(key)) for key in ("x", "y", "width", "height")
        )
    for flow in find(content, "//b:sequenceFlow"):
        source, target = flow.get("sourceRef"), flow.get("targetRef")
        assert ("out", "outgoing", source, flow.get("id")) in told
        assert ("in", "incoming", target, flow.get("id")) in told
        (edge,) = find(content, f"//d:BPMNEdge[@bpmnElement='{flow.get('id')}']")
        points = [(float(p.get("x")), float(p.get("y"))) for p in edge.findall("di:waypoint", NS)]
        assert len(points) > 1
        assert _on_border(points[0], boxes[source])
        assert _on_border(points[-1], boxes[target])
    assert len(told) == 2 * len(flows(content))


def _on_border(point: tuple[float, float], box: tuple[float, ...]) -> bool:
    (x, y), (left, top, width, height) = point, box
    near_x = min(abs(x - left), abs(x - left - width)) < 0.1 and top <= y <= top + height
    near_y = min(abs(y - top), abs(y - top - height)) < 0.1 and left <= x <= left + width
    return near_x or near_y


@pytest.mark.parametrize("name", all_files())
def test_ids_are_xml_names_and_unique_and_every_reference_is_met(name: str) -> None:
    content = all_files()[name]
    ids = find(content, "//@id")
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", one) for one in ids)
    references = find(
        content,
        "//@sourceRef | //@targetRef | //@processRef | //@bpmnElement | //b:flowNodeRef/text()"
        " | //b:incoming/text() | //b:outgoing/text()",
    )
    assert set(references) <= set(ids)


@pytest.mark.parametrize("name", all_files())
def test_every_node_lies_in_exactly_one_lane_of_the_pool(name: str) -> None:
    content = all_files()[name]
    held = find(content, "//b:flowNodeRef/text()")
    assert sorted(held) == sorted(kinds(content))
    assert len(find(content, "//b:participant")) == 1


def test_the_sales_process_is_told_as_it_was_written() -> None:
    content = all_files()["example sales/1.3"]
    assert [lane.get("name") for lane in find(content, "//b:lane")] == [
        "Sales Manager",
        "Management",
    ]
    (call,) = find(content, "//b:callActivity")
    assert call.get("calledElement") == "sales-customer-qualification"
    (gateway,) = find(content, "//b:exclusiveGateway")
    assert gateway.get("name") == "Is the customer interesting for ARTS Solutions?"
    assert {way for way in flows(content) if way[2]} == {
        ("decision-decide", "step-qualify", "Yes"),
        ("decision-decide", "step-transfer", "No"),
    }
    assert len(find(content, "//b:userTask")) == 8
    assert len(find(content, "//b:endEvent")) == 2
    (text,) = find(content, "//b:userTask[@id='step-revise']/b:documentation/text()")
    assert "An email is also sent to the customer" in text


def test_the_called_process_is_found_by_the_id_that_the_call_names() -> None:
    (called,) = find(all_files()["example sales/1.3"], "//@calledElement")
    (own,) = find(all_files()["example sales-customer-qualification/draft"], "//b:process/@id")
    assert called == own


def test_several_ways_to_a_step_or_an_end_are_merged_by_a_gateway() -> None:
    content = bpmn_of(process([decision("ask", "Good?", yes="go", no=DONE), step("go", next=DONE)]))
    assert kinds(content)["merge-end-done"] == "exclusiveGateway"
    into = [source for source, target, _ in flows(content) if target == "merge-end-done"]
    assert sorted(into) == ["decision-ask", "step-go"]
    assert ("merge-end-done", "end-done", "") in flows(content)
    (merge,) = find(content, "//b:exclusiveGateway[@id='merge-end-done']")
    assert merge.get("gatewayDirection") == "Converging"
    assert merge.get("name") is None


def test_ways_within_a_branch_are_merged_before_the_join_waits_for_the_branch() -> None:
    branches = {
        "left": [decision("sift", "Enough?", yes={"join": True}, no="dig"), step("dig")],
        "right": [step("other")],
    }
    content = bpmn_of(
        process([{"id": "both", "title": "Both", "parallel": branches, "next": DONE}])
    )
    into = [source for source, target, _ in flows(content) if target == "join-both"]
    assert sorted(into) == ["merge-join-both.left", "step-other"]
    assert kinds(content)["join-both"] == kinds(content)["split-both"] == "parallelGateway"


def test_gateways_that_decide_nothing_and_ends_that_nobody_reaches_are_left_out() -> None:
    content = bpmn_of(odd())
    assert not {"decision-alone", "split-single", "join-single", "end-never"} & set(kinds(content))
    assert ("step-alone", "step-within", "") in flows(content)
    (text,) = find(content, "//b:userTask[@id='step-alone']/b:documentation/text()")
    assert "Only one?\nSure: go on with step 3, Single" in text


def test_a_decision_always_has_a_name_and_its_ways_have_theirs_as_condition() -> None:
    content = bpmn_of(odd())
    (gateway,) = find(content, "//b:exclusiveGateway[@id='decision-ask']")
    assert gateway.get("name") == "Do ask?"
    for flow in find(content, "//b:sequenceFlow[@name]"):
        assert flow.findtext("b:conditionExpression", namespaces=NS) == flow.get("name")
    assert find(content, "//b:sequenceFlow[not(@name)]/b:conditionExpression") == []


def test_a_call_with_some_of_the_ends_goes_on_otherwise() -> None:
    two = process([step("other", next=DONE)], id="two")
    calls = {"process": "two", "outcomes": {"stopped": {"end": "stopped"}}}
    content = bpmn_of(process([step("call", calls=calls), step("on", next=DONE)]), two)
    assert {way for way in flows(content) if way[0] == "decision-call"} == {
        ("decision-call", "end-stopped", "It is stopped"),
        ("decision-call", "step-on", "In every other case"),
    }


@pytest.mark.parametrize(
    ("said", "loops", "before"),
    [
        ({}, 0, []),
        ({"optional": True}, 0, []),
        ({"repeatable": True}, 1, []),
        ({"repeatable": True, "optional": True}, 1, ["true"]),
    ],
)
def test_a_repeatable_step_is_a_loop_tested_before_only_if_it_may_be_left_out(
    said: dict[str, bool], loops: int, before: list[str]
) -> None:
    content = bpmn_of(process([step("work", next=DONE, **said)]))
    assert len(find(content, "//b:standardLoopCharacteristics[b:loopCondition]")) == loops
    assert find(content, "//b:standardLoopCharacteristics/@testBefore") == before
    (text,) = find(content, "//b:userTask/b:documentation/text()")
    assert ("This step may be left out." in text) is ("optional" in said)


def test_text_arrives_unharmed_in_names_and_documentation() -> None:
    content = bpmn_of(odd())
    assert find(content, "//b:participant/@name") == [SACRED]
    assert find(content, "//b:userTask[@id='step-twice-more']/@name") == [SACRED]
    assert find(content, "//b:startEvent/@name") == [SACRED]
    assert find(content, "//b:endEvent/@name") == [SACRED]
    assert find(content, "//b:exclusiveGateway[@id='decision-end']/@name") == [SACRED]


def test_only_a_draft_carries_a_note_that_says_so() -> None:
    draft = bpmn_of(process([step("work", next=DONE)]), status=Status.DRAFT)
    assert find(draft, "//b:textAnnotation/b:text/text()") == ["DRAFT"]
    (note,) = find(draft, "//d:BPMNShape[@bpmnElement='note']/dc:Bounds")
    (pool,) = find(draft, "//d:BPMNShape[@bpmnElement='pool']/dc:Bounds")
    assert float(note.get("y")) + float(note.get("height")) <= float(pool.get("y"))
    assert find(bpmn_of(process([step("work", next=DONE)])), "//b:textAnnotation") == []


def test_every_exclusive_gateway_shows_its_marker_and_strips_are_horizontal() -> None:
    content = bpmn_of(forty_steps())
    gateways = find(content, "//b:exclusiveGateway/@id")
    assert gateways
    for gateway in gateways:
        shape = f"//d:BPMNShape[@bpmnElement='{gateway}']"
        assert find(content, f"{shape}/@isMarkerVisible") == ["true"]
    assert len(find(content, "//d:BPMNShape[@isHorizontal='true']")) == 4


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_definition_gives_the_same_bytes(seed: int) -> None:
    assert bpmn_of(random_definition(seed)) == bpmn_of(random_definition(seed))


def test_any_ids_and_any_signs_make_a_file_that_can_be_read() -> None:
    box = Bounds(0.0, 0.0, 10.0, 10.0)
    name = "tab\tline\nbell\x07 lone\ud800 end\uffff"
    diagram = Diagram(
        id="1 & 1",
        name=name,
        documentation="  ",
        bounds=box,
        lanes=(Lane(id="ü", name=name, bounds=box), Lane(id="ö", name="", bounds=box)),
        nodes=(
            Node(id="pool", kind="start", name="", lane="ü", bounds=box),
            Node(id="", kind="call", name=name, lane="ö", bounds=box, calls="1 & 1"),
        ),
        flows=(Flow(source="pool", target="", name="", waypoints=((0.0, -0.001), (1.234, 5.0))),),
    )
    content = write(diagram)
    assert find(content, "//b:participant/@name") == ["tab\tline\nbell\ufffd lone\ufffd end\ufffd"]
    assert find(content, "//@calledElement") == find(content, "//b:process/@id") == ["_1___1"]
    ids = find(content, "//@id")
    assert len(ids) == len(set(ids))
    assert find(content, "//di:waypoint/@y") == ["0", "5"]


@pytest.mark.parametrize(
    ("text", "name"), [("", "_"), ("1a", "_1a"), ("ä:b c", "__b_c"), ("a.b-c", "a.b-c")]
)
def test_an_xml_name_is_made_of_any_text(text: str, name: str) -> None:
    assert ncname(text) == name
