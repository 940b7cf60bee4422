"""The picture as SVG: real text, links, light and dark, no script and nothing from elsewhere."""

import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from regelwerk.artifacts.picture.chart import Chart
from regelwerk.artifacts.picture.exits import LINE
from regelwerk.artifacts.picture.font import covers, text_width
from regelwerk.artifacts.picture.geometry import (
    Box,
    Layout,
    Link,
    PlacedLane,
    PlacedNode,
    Point,
    Route,
    Text,
)
from regelwerk.artifacts.picture.layout import WIDTH, layout
from regelwerk.artifacts.picture.style import FALLBACK_FONTS, FONTS, style_sheet
from regelwerk.artifacts.picture.symbols import number, symbol
from regelwerk.artifacts.picture.text import clean

_CORNER = 5.0
_TIP = 8.0
_ASCENT = 0.79
_WATER_EVERY = 520.0


def svg(chart: Chart, *, width: float = WIDTH, adaptive: bool = True) -> str:
    """Draw a chart; `adaptive` follows the reader's light or dark scheme by CSS variables.

    Renderers that know neither variables nor media queries (office programs, resvg) need it off.
    """
    return draw(layout(chart, width=width), chart, adaptive=adaptive)


def draw(placed: Layout, chart: Chart, *, adaptive: bool = True) -> str:
    """Draw a chart that has been laid out."""
    width, height = number(placed.width), number(placed.height)
    role = "group" if any(node.href for node in placed.nodes) else "img"
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="rw-picture" role="{role}" '
            f'aria-labelledby="picture-title picture-description" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'font-family="{FONTS}" style="max-width:100%;height:auto">'
        ),
        f'<title id="picture-title">{escape(clean(chart.title))}</title>',
        f'<desc id="picture-description">{escape(clean(chart.description))}</desc>',
        f"<style>{style_sheet(adaptive=adaptive)}</style>",
        f'<rect class="rw-paper" width="{width}" height="{height}"/>',
    ]
    parts += [_lane(lane) for lane in placed.lanes]
    if placed.status:
        parts.append(_water(placed, placed.status))
    parts += [_route(route) for route in placed.routes]
    ids = _step_ids(placed)
    parts += [_node(node, ids[node.id]) for node in placed.nodes]
    parts += [_link(link) for link in placed.links]
    parts += [_text(route.label) for route in placed.routes if route.label]
    if placed.status:
        parts.append(_rect("badge", placed.status.box, 3) + _text(placed.status))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _step_ids(placed: Layout) -> dict[str, str]:
    """Make an XML id of each node's id, unique even where signs had to be replaced."""
    ids: dict[str, str] = {}
    used: set[str] = set()
    for node in placed.nodes:
        name = "step-" + re.sub(r"[^A-Za-z0-9._-]", "_", node.id)
        while name in used:
            name += "_"
        used.add(name)
        ids[node.id] = name
    return ids


def _lane(lane: PlacedLane) -> str:
    return f"<g>{_rect('lane', lane.box)}{_rect('head', lane.header)}{_text(lane.title)}</g>"


def _node(node: PlacedNode, name: str) -> str:
    parts = [symbol(node)]
    if node.number:
        parts += [_rect("number", node.number.box, 7.5), _text(node.number)]
    parts += [_text(text) for text in (node.title, node.note) if text]
    body = "".join(parts)
    if node.href and (node.number or node.title or node.note):  # a link without a text has no name
        body = f"<a href={quoteattr(clean(node.href))}>{body}</a>"
    return f'<g id="{name}">{body}</g>'


def _link(link: Link) -> str:
    pill = _rect("number", link.number.box, 7.5) + _text(link.number) if link.number else ""
    return f"<g>{_rect('link', link.box, 10)}{_text(link.text)}{pill}</g>"


def _rect(name: str, box: Box, radius: float = 0.0) -> str:
    round_ = f' rx="{number(radius)}"' if radius else ""
    return (
        f'<rect class="rw-{name}" x="{number(box.x)}" y="{number(box.y)}" '
        f'width="{number(box.w)}" height="{number(box.h)}"{round_}/>'
    )


def _text(text: Text) -> str:
    """Write a text as one element with a line each; joined, the lines are the whole text."""
    leading = text.size * LINE
    top = text.box.y + (text.box.h - leading * len(text.lines)) / 2
    middle = text.anchor == "middle"
    x = text.box.x + (text.box.w / 2 if middle else 0.0)
    space = text_width(" ", text.size, bold=text.bold) / 2 if middle else 0.0
    spans = []
    for i, line in enumerate(text.lines):
        y = top + leading * i + (leading - text.size) / 2 + text.size * (_ASCENT + 0.1)
        shift = space if line.endswith(" ") else 0.0
        spans.append(f'<tspan x="{number(x + shift)}" y="{number(y)}">{_line(line)}</tspan>')
    bold = ' font-weight="700"' if text.bold else ""
    anchor = ' text-anchor="middle"' if middle else ""
    return (
        f'<text class="rw-t-{text.role}" font-size="{number(text.size)}"{bold}{anchor}>'
        f"{''.join(spans)}</text>"
    )


def _line(line: str) -> str:
    """Escape a line; what the shipped font lacks gets a font of its own, so that the rest keeps it.

    Otherwise resvg takes the whole line from whichever font has all of its characters.
    """
    runs = ("".join(run) for _, run in groupby(line, key=covers))
    return "".join(
        escape(run)
        if covers(run)
        else f'<tspan font-family="{FALLBACK_FONTS}">{escape(run)}</tspan>'
        for run in runs
    )


def _water(placed: Layout, status: Text) -> str:
    """Write the status large and light behind the flow, hidden from screen readers."""
    words = "".join(status.lines)
    size = min(110.0, placed.height * 0.5, placed.width * 0.7 / text_width(words, 1.0, bold=True))
    count = max(1, round(placed.height / _WATER_EVERY))
    x = placed.width / 2
    parts: list[str] = []
    for i in range(count):
        y = placed.height * (i + 0.5) / count
        parts.append(
            f'<text class="rw-t-water" aria-hidden="true" font-size="{number(size)}" '
            f'font-weight="700" text-anchor="middle" x="{number(x)}" '
            f'y="{number(y + size * 0.36)}" transform="rotate(-20 {number(x)} {number(y)})">'
            f"{escape(words)}</text>"
        )
    return "".join(parts)


def _route(route: Route) -> str:
    points = list(route.points)
    (x0, y0), (x1, y1) = points[-2], points[-1]
    dx, dy = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
    line = [*points[:-1], (x1 - dx * (_TIP - 1), y1 - dy * (_TIP - 1))]
    half = _TIP * 0.5
    base = (x1 - dx * _TIP, y1 - dy * _TIP)
    left = (base[0] - dy * half, base[1] + dx * half)
    right = (base[0] + dy * half, base[1] - dx * half)
    tip = " ".join(f"{number(x)},{number(y)}" for x, y in ((x1, y1), left, right))
    return f'<path class="rw-flow" d="{_path(line)}"/><polygon class="rw-tip" points="{tip}"/>'


def _path(points: list[Point]) -> str:
    """Write a line with rounded corners."""
    parts = [f"M{_pair(points[0])}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_CORNER, _distance(before, here) / 2, _distance(here, after) / 2)
        parts.append(f"L{_pair(_towards(here, before, radius))}")
        parts.append(f"Q{_pair(here)} {_pair(_towards(here, after, radius))}")
    return " ".join([*parts, f"L{_pair(points[-1])}"])


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _distance(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, end: Point, by: float) -> Point:
    length = _distance(start, end) or 1.0
    return (
        start[0] + (end[0] - start[0]) * by / length,
        start[1] + (end[1] - start[1]) * by / length,
    )
