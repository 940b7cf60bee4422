"""The SVG: valid, whole, safe, readable in light and dark."""

import os
import re
import subprocess
import sys

import pytest
from lxml import etree

from regelwerk.artifacts.picture.chart import Chart, Edge, Lane, Node
from regelwerk.artifacts.picture.style import DARK, LIGHT
from regelwerk.artifacts.picture.svg import svg
from regelwerk.artifacts.picture.text import clean

from . import charts

NS = {"s": "http://www.w3.org/2000/svg"}


def parsed(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))


def shown(root: etree._Element) -> list[str]:
    """The text of each text element, but not of the watermark."""
    return [
        "".join(t.itertext()) for t in root.iterfind(".//s:text", NS) if not t.get("aria-hidden")
    ]


def nasty() -> Chart:
    text = charts.NASTY
    nodes = (
        Node("a", "start", text + " start"),
        Node("b", "task", text + " task", "l", "1", text + " note", 'x?a=1&b="2"'),
        Node("c", "decision", text + " decision", "l"),
        Node("d", "call", text + " call", "l", "2"),
        Node("e", "end", text + " end"),
    )
    edges = (
        Edge("a", "b"),
        Edge("b", "c"),
        Edge("c", "d", text + " yes"),
        Edge("c", "e", text + " no"),
        Edge("d", "e"),
    )
    return Chart(
        text + " title", text + " description", (Lane("l", text + " lane"),), nodes, edges, text
    )


def test_every_text_arrives_once_and_unharmed() -> None:
    root = parsed(svg(nasty()))
    words = ("start", "task", "note", "decision", "call", "end", "yes", "no", "lane")
    texts = shown(root)
    assert [texts.count(f"{charts.NASTY} {word}") for word in words] == [1] * len(words)
    assert texts.count(charts.NASTY) == 1
    assert root.findtext("s:title", namespaces=NS) == f"{charts.NASTY} title"
    assert root.findtext("s:desc", namespaces=NS) == f"{charts.NASTY} description"
    assert root.find(".//s:a", NS).get("href") == 'x?a=1&b="2"'


@pytest.mark.parametrize("adaptive", [True, False])
def test_every_title_note_and_label_of_a_long_process_is_there_once(adaptive: bool) -> None:
    chart = charts.forty()
    texts = shown(parsed(svg(chart, adaptive=adaptive)))
    wanted = [n.title for n in chart.nodes] + [n.note for n in chart.nodes]
    wanted += [e.label for e in chart.edges]
    for text in {clean(w) for w in wanted if w}:
        assert texts.count(text) == wanted.count(text)


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert svg(charts.forty()) == svg(charts.forty())


@pytest.mark.parametrize("seed", range(8))
def test_random_charts_give_valid_xml_without_script_or_outside_reference(seed: int) -> None:
    root = parsed(svg(charts.wild(seed)))
    names = {etree.QName(e).localname for e in root.iter()}
    assert names <= {
        *("svg", "title", "desc", "style", "rect", "g", "text", "tspan"),
        *("path", "polygon", "circle", "a"),
    }
    source = etree.tostring(root, encoding="unicode")
    assert re.findall(r"https?://[^\s\"']+", source) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"@import|url\(|\son\w+=", source)


def test_control_characters_and_lone_surrogates_cannot_break_the_xml() -> None:
    title = "a\x00b\x1fc\ud800d\uffffe\tf\ng\u2028h"
    node = Node("x y", "task", title, "l", "1\x01", title, "javascript\x02:x")
    twin = Node("x_y", "task", title, "l")
    chart = Chart(title, title, (Lane("l", title),), (node, twin), (), title)
    root = parsed(svg(chart))
    assert root.findtext("s:title", namespaces=NS) == "a\ufffdb\ufffdc\ufffdd\ufffde f g h"
    ids = [g.get("id") for g in root.iterfind(".//s:g[@id]", NS)]
    assert ids == ["step-x_y", "step-x_y_"]


def test_steps_have_ids_and_links_and_the_picture_a_role_and_a_name() -> None:
    root = parsed(svg(charts.sales()))
    assert root.find(".//s:g[@id='step-s6']/s:a", NS).get("href") == "#step-6"
    assert root.find(".//s:g[@id='step-inquiry']/s:a", NS) is None
    named = root.get("aria-labelledby").split()
    assert [root.find(f"*[@id='{name}']").tag.split("}")[1] for name in named] == ["title", "desc"]
    assert root.get("role") == "group"
    assert parsed(svg(charts.forty())).get("role") == "img"


def test_a_status_is_shown_as_badge_and_as_watermark_and_none_where_there_is_none() -> None:
    root = parsed(svg(charts.forty()))
    assert shown(root).count("DRAFT") == 1
    assert root.find(".//s:text[@aria-hidden='true']", NS).text == "DRAFT"
    plain = svg(charts.sales())
    assert 'class="rw-badge"' not in plain
    assert 'class="rw-t-water"' not in plain


def test_light_dark_and_print_colours_are_given_and_plain_style_does_without_variables() -> None:
    adaptive = svg(charts.sales())
    assert "prefers-color-scheme: dark" in adaptive
    assert "@media print" in adaptive
    plain = svg(charts.sales(), adaptive=False)
    assert "var(" not in plain
    assert "@media" not in plain


TEXT_ON = [
    ("ink", ("paper", "lane", "head", "card")),
    ("soft", ("card", "lane")),
    ("on-mark", ("mark",)),
    ("on-status", ("status",)),
]
LINE_ON = [
    ("edge", ("card", "lane")),
    ("flow", ("lane", "card")),
    ("gate-edge", ("gate", "lane")),
    ("good-edge", ("good", "lane")),
    ("stop-edge", ("stop", "lane")),
    ("mark", ("card", "lane")),
    ("frame", ("paper",)),
]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_at_least_aa(palette: dict[str, str]) -> None:
    for least, pairs in ((4.5, TEXT_ON), (3.0, LINE_ON)):
        for front, backs in pairs:
            for back in backs:
                assert contrast(palette[front], palette[back]) >= least, (front, back)


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_bytes_do_not_depend_on_the_order_in_which_python_hashes() -> None:
    code = (
        "import hashlib; from artifacts.picture import charts; "
        "from regelwerk.artifacts.picture.svg import svg; "
        "print(hashlib.sha256(svg(charts.forty()).encode()).hexdigest())"
    )
    path = os.pathsep.join(sys.path)
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
