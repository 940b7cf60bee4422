"""The alternative text: the whole flow in words."""

from regelwerk.artifacts.picture.alt_text import alt_text
from regelwerk.artifacts.picture.chart import Chart, Edge, Lane, Node

from . import charts


def test_it_tells_the_sales_process_from_start_to_both_ends() -> None:
    text = alt_text(charts.sales())
    assert text.startswith("Process picture: Sales process. Lanes: Sales Manager and Management.")
    assert "It starts with: A contact between us and the customer exists, then step 1." in text
    assert "6 Make decision about the sales opportunity (Management), then" in text
    assert "Is the customer interesting for us? (Management) – Yes: step 7; No: step 9." in text
    assert text.endswith(
        "It ends with: A specific customer inquiry exists. "
        "It ends with: The customer is handed over to the ARTS Group."
    )


def test_parallel_branches_are_told_where_they_part_and_where_they_meet() -> None:
    nodes = (
        Node("a", "task", "Open", "l", "1"),
        Node("p", "split", "", "l"),
        Node("b", "task", "Left", "l", "2"),
        Node("c", "task", "Right", "l", "3", optional=True, repeatable=True),
        Node("j", "join", "", "l"),
        Node("d", "task", "Close", "l", "4"),
    )
    pairs = (("a", "p"), ("p", "b"), ("p", "c"), ("b", "j"), ("c", "j"), ("j", "d"))
    chart = Chart("P", "", (Lane("l", "L"),), nodes, tuple(Edge(a, b) for a, b in pairs), "DRAFT")
    text = alt_text(chart)
    assert text.startswith("Process picture: P (DRAFT).")
    assert "1 Open (L), then in parallel step 2 and step 3." in text
    assert "3 Right (L, optional, repeatable), then step 4 when all branches are done." in text


def test_every_title_is_named_even_in_circles_without_words() -> None:
    for seed in range(20):
        chart = charts.wild(seed)
        text = alt_text(chart)
        assert all(" ".join(node.title.split()) in text for node in chart.nodes)
    loop = Chart("L", "", (), (Node("a", "split", ""), Node("b", "join", "")), (
        Edge("a", "b"), Edge("b", "a"),
    ))  # fmt: skip
    assert alt_text(loop) == "Process picture: L."
