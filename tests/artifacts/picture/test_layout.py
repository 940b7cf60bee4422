"""The layout: nothing overlaps, nothing is crossed, everything is there."""

import math

import msgspec
import pytest

from regelwerk.artifacts.picture.chart import Chart, Edge, Lane, Node
from regelwerk.artifacts.picture.geometry import Box, Layout
from regelwerk.artifacts.picture.layout import WIDTH, layout
from regelwerk.artifacts.picture.pages import pages
from regelwerk.artifacts.picture.ranks import known_edges, lanes_of
from regelwerk.artifacts.picture.text import clean

from . import charts, geometry_checks


def faults(chart: Chart, placed: Layout) -> dict[str, list[str]]:
    found = {check.__name__: check(placed) for check in geometry_checks.CHECKS}
    lanes = lanes_of(chart, known_edges(chart))
    found["in_wrong_lane"] = geometry_checks.in_wrong_lane(placed, lanes)
    return {name: wrong for name, wrong in found.items() if wrong}


def one_step() -> Chart:
    return Chart("One", "", (Lane("a", "A"),), (Node("s", "task", "Do it", "a", "1"),), ())


def long_titles() -> Chart:
    title = ("An unusually long title " * 10)[:200]
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3
    nodes = (
        Node("a", "start", title),
        Node("b", "task", title, "x", "1", title),
        Node("c", "decision", title, "x", "2", word),
        Node("d", "call", word[:200], "y", "123.456", word),
        Node("e", "end", word[:200]),
    )
    edges = (
        Edge("a", "b"),
        Edge("b", "c"),
        Edge("c", "d", title),
        Edge("c", "e", word),
        Edge("d", "e"),
    )
    return Chart("Long", title, (Lane("x", title), Lane("y", word)), nodes, edges, "DRAFT")


def many_options() -> Chart:
    nodes = [Node("d", "decision", "Which of them?", "a"), Node("t", "task", "Again", "a")]
    nodes += [Node(f"e{i}", "end", f"End {i}") for i in range(9)]
    edges = [Edge("d", f"e{i}", f"Option number {i}") for i in range(9)]
    edges += [Edge("d", "t", "Loop"), Edge("t", "d"), Edge("d", "d", "Ask again")]
    return Chart("Many", "", (Lane("a", "A"),), tuple(nodes), tuple(edges))


SHAPES = {
    "sales": charts.sales(),
    "forty": charts.forty(),
    "one step": one_step(),
    "long titles": long_titles(),
    "many options": many_options(),
}


@pytest.mark.parametrize("width", [WIDTH, 1180, math.inf])
@pytest.mark.parametrize("name", SHAPES)
def test_nothing_overlaps_and_no_line_crosses_a_node_or_a_text(name: str, width: float) -> None:
    assert faults(SHAPES[name], layout(SHAPES[name], width=width)) == {}


@pytest.mark.parametrize("seed", range(40))
def test_random_charts_have_no_overlap_and_no_crossed_text_either(seed: int) -> None:
    chart = charts.wild(seed)
    for width in (WIDTH, math.inf):
        assert faults(chart, layout(chart, width=width)) == {}


def test_the_checks_notice_when_a_picture_is_spoilt() -> None:
    chart = charts.sales()
    placed = layout(chart)
    replace = msgspec.structs.replace
    first, second, *rest = placed.nodes
    on_top = replace(second, box=first.box, title=first.title)
    spoilt = replace(placed, nodes=(first, on_top, *rest))
    assert {"overlaps", "loose_ends", "titles_on_numbers"} <= set(faults(chart, spoilt))
    route = next(r for r in placed.routes if r.label)
    box = route.label.box
    through = ((box.x - 5, box.y + 4), (box.x + box.w + 5, box.y + 4))
    drawn = replace(placed, routes=(*placed.routes, replace(route, points=through)))
    assert "crossed" in faults(chart, drawn)
    twin = replace(
        placed.routes[0], target="x", points=tuple((x - 15, y) for x, y in placed.routes[0].points)
    )
    assert "shared" in faults(chart, replace(placed, routes=(*placed.routes, twin)))
    slim = tuple(replace(n, title=n.title and replace(n.title, box=Box(0, 0, 9, 9))) for n in rest)
    assert "too_long" in faults(chart, replace(placed, nodes=slim))


@pytest.mark.parametrize("name", SHAPES)
def test_every_node_edge_label_and_lane_in_use_is_there(name: str) -> None:
    chart = SHAPES[name]
    placed = layout(chart)
    assert sorted(n.id for n in placed.nodes) == sorted(n.id for n in chart.nodes)
    assert sorted(r.edge for r in placed.routes if r.edge is not None) == list(
        range(len(chart.edges))
    )
    for route in placed.routes:
        if route.edge is not None:
            label = chart.edges[route.edge].label
            assert "".join(route.label.lines if route.label else ()) == clean(label)
    for node in placed.nodes:
        title = next(n.title for n in chart.nodes if n.id == node.id)
        assert "".join(node.title.lines if node.title else ()) == clean(title)
    used = set(lanes_of(chart, known_edges(chart)).values())
    assert {lane.id for lane in placed.lanes} == used


def test_the_picture_keeps_to_its_width_and_needs_no_connectors_on_endless_paper() -> None:
    for chart in (charts.sales(), charts.forty()):
        for width in (WIDTH, 1180):
            assert layout(chart, width=width).width <= width
        endless = layout(chart, width=math.inf)
        assert len(endless.bands) == 1
        assert endless.links == ()


def test_each_connector_out_of_a_band_has_its_counterpart_in_another() -> None:
    placed = layout(charts.forty())
    out = {(x.letter, x.target) for x in placed.links if x.outgoing}
    into = [(x.letter, x.target) for x in placed.links if not x.outgoing]
    assert out == set(into)
    assert len(into) == len(set(into))
    band = {node.id: node.band for node in placed.nodes}
    for link in placed.links:
        assert (link.band == band[link.target]) is not link.outgoing
    numbers = {n.id: n.number for n in charts.forty().nodes}
    for link in placed.links:
        shown = "".join(link.number.lines) if link.number else ""
        assert shown == (numbers[link.target] if link.outgoing else "")


def test_events_stand_in_the_lane_of_their_neighbour() -> None:
    chart = charts.sales()
    lanes = lanes_of(chart, known_edges(chart))
    assert [lanes[i] for i in ("start", "inquiry", "handed", "d")] == [
        "sales-manager",
        "sales-manager",
        "sales-manager",
        "management",
    ]


def test_flows_run_from_left_to_right_and_loops_are_told_from_them() -> None:
    chart = charts.forty()
    placed = layout(chart, width=math.inf)
    back = {(r.source, r.target) for r in placed.routes if r.back}
    assert back == {("d1", "s2"), ("d2", "s16"), ("d3", "s5")}
    x = {n.id: n.box.x + n.box.w / 2 for n in placed.nodes}
    assert all(x[r.source] < x[r.target] for r in placed.routes if not r.back)


def test_lanes_stand_in_the_order_of_the_chart() -> None:
    placed = layout(charts.forty(), width=math.inf)
    assert [lane.id for lane in placed.lanes] == ["sales", "legal", "quality", "shop"]
    tops = [lane.box.y for lane in placed.lanes]
    assert tops == sorted(tops)


@pytest.mark.parametrize(
    "chart",
    [
        Chart("Nothing", "", (), (), ()),
        Chart(
            "No lanes", "", (), (Node("a", "task", "A"), Node("b", "end", "")), (Edge("a", "b"),)
        ),
        Chart("Nowhere", "", (Lane("l", "L"),), (Node("a", "task", "A", "x"),), (Edge("a", "q"),)),
        Chart("Circle", "", (Lane("l", ""),), (Node("a", "join", "", "l"),), (Edge("a", "a"),)),
    ],
    ids=lambda chart: chart.title,
)
def test_odd_charts_are_laid_out_too(chart: Chart) -> None:
    placed = layout(chart)
    assert [n.id for n in placed.nodes] == [n.id for n in chart.nodes]
    assert placed.width > 0
    assert placed.height > 0


@pytest.mark.parametrize("height", [200, 700, 1100])
def test_pages_hold_every_band_once_and_in_order(height: float) -> None:
    chart = charts.forty()
    placed = layout(chart)
    cut = pages(placed, height)
    assert [n.id for page in cut for n in page.nodes] == sorted(
        (n.id for n in placed.nodes),
        key=lambda i: next(n.band for n in placed.nodes if n.id == i),
    )
    assert sum(len(page.bands) for page in cut) == len(placed.bands)
    for page in cut:
        assert page.height <= height or len(page.bands) == 1
        whole = [box for n in page.nodes for box in (n.box,)]
        assert all(b.y >= 0 and b.y + b.h <= page.height for b in whole)
        assert geometry_checks.overlaps(page) == []
        assert geometry_checks.crossed(page) == []
