"""One band drawn: rows, shapes, routes and coordinates brought together."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

import msgspec

from regelwerk.artifacts.picture.bands import Band, Flow, Item
from regelwerk.artifacts.picture.chart import Node
from regelwerk.artifacts.picture.coordinates import Positions, positions
from regelwerk.artifacts.picture.direct import lead_directly
from regelwerk.artifacts.picture.effort import Effort, ExhaustedError
from regelwerk.artifacts.picture.exits import Exit, Wish
from regelwerk.artifacts.picture.geometry import (
    Box,
    Link,
    PlacedLane,
    PlacedNode,
    Point,
    Route,
    Text,
    moved,
)
from regelwerk.artifacts.picture.network import HEADING, Network, network
from regelwerk.artifacts.picture.routing import Task, lead_all
from regelwerk.artifacts.picture.rows import Grid, arrange
from regelwerk.artifacts.picture.shapes import Shape, link_shape, measure
from regelwerk.artifacts.picture.text import clean

_ENTER = {"west": (0, 0.0), "north": (1, 18.0), "south": (3, 18.0)}
_TRACKS = ((4, 3), (6, 4), (8, 6), (12, 9))


class Headers(msgspec.Struct, frozen=True):
    """The lanes' titles, wrapped, and the width of the column in which they stand."""

    width: float
    texts: Mapping[str, Text]


class BandPicture(msgspec.Struct, frozen=True):
    """A band with coordinates of its own."""

    height: float
    lanes: tuple[PlacedLane, ...]
    nodes: tuple[PlacedNode, ...]
    links: tuple[Link, ...]
    routes: tuple[Route, ...]

    def put(self, dx: float, dy: float, width: float, band: int) -> "BandPicture":
        """Return the band at its place in the picture, its lanes as wide as the picture's."""
        replace = msgspec.structs.replace
        lanes = [lane.moved(dx, dy) for lane in self.lanes]
        return BandPicture(
            height=self.height,
            lanes=tuple(replace(x, box=replace(x.box, w=width), band=band) for x in lanes),
            nodes=tuple(replace(x.moved(dx, dy), band=band) for x in self.nodes),
            links=tuple(replace(x.moved(dx, dy), band=band) for x in self.links),
            routes=tuple(replace(x.moved(dx, dy), band=band) for x in self.routes),
        )


class RoutedBand(msgspec.Struct, frozen=True):
    """A band whose flows know their way along the lines, but whose lines have no places yet."""

    band: Band
    grid: Grid
    shapes: dict[str, Shape]
    exit_of: dict[int, Exit]
    net: Network
    ways: dict[int, tuple[int, ...]]
    width: float


def route_band(
    band: Band,
    lane_order: Sequence[str],
    letters: Mapping[str, str],
    numbers: Mapping[str, str],
    effort: Effort,
) -> RoutedBand:
    """Find rows, shapes and ways of a band; `width` is what it needs."""
    grid = arrange(band, lane_order)
    shapes, exit_of = _shapes(band, grid, letters, numbers)
    net, ways = _routed(band, grid, shapes, exit_of, effort)
    width = positions(net, grid, shapes, ways.values(), {}, 0.0).width
    return RoutedBand(band, grid, shapes, exit_of, net, ways, width)


def draw_band(
    routed: RoutedBand, letters: Mapping[str, str], headers: Headers, width: float
) -> BandPicture:
    """Give everything in a band its place, columns spread somewhat where `width` leaves room."""
    band, grid, shapes, net = routed.band, routed.grid, routed.shapes, routed.net
    lane_heights = {name: text.box.h + 14 for name, text in headers.texts.items()}
    at = positions(net, grid, shapes, routed.ways.values(), lane_heights, width)
    middle = {
        item.id: (
            at.x[net.across_at[grid.column[item.id], None]] + headers.width,
            at.y[net.down_at[grid.row[item.id], None, 0.0]],
        )
        for item in band.items
    }
    return BandPicture(
        height=at.height,
        lanes=_lanes(at, headers),
        nodes=tuple(
            _node(i.node, shapes[i.id], middle[i.id]) for i in band.items if i.node is not None
        ),
        links=tuple(
            _link(i, shapes[i.id], middle[i.id], letters[i.target])
            for i in band.items
            if i.node is None
        ),
        routes=tuple(
            _route(key, routed, at, headers.width, middle) for key in range(len(band.flows))
        ),
    )


def _shapes(
    band: Band, grid: Grid, letters: Mapping[str, str], numbers: Mapping[str, str]
) -> tuple[dict[str, Shape], dict[int, Exit]]:
    """Measure all items; the exits of each follow where their targets lie."""
    leaving: dict[str, list[int]] = {item.id: [] for item in band.items}
    for key, flow in enumerate(band.flows):
        leaving[flow.start].append(key)
    shapes: dict[str, Shape] = {}
    exit_of: dict[int, Exit] = {}
    for item in band.items:
        if item.node is None:
            shape = link_shape(letters[item.target], numbers[item.target] if item.outgoing else "")
        else:
            wishes = [_wish(band.flows[key], grid) for key in leaving[item.id]]
            shape = measure(item.node, wishes)
        shapes[item.id] = shape
        exit_of |= dict(zip(leaving[item.id], shape.exits, strict=False))
    return shapes, exit_of


def _wish(flow: Flow, grid: Grid) -> Wish:
    return Wish(clean(flow.label), grid.row[flow.finish] - grid.row[flow.start], flow.back)


def _routed(
    band: Band,
    grid: Grid,
    shapes: Mapping[str, Shape],
    exit_of: Mapping[int, Exit],
    effort: Effort,
) -> tuple[Network, dict[int, tuple[int, ...]]]:
    """Lead all flows, near ones first, with more tracks as long as some flow finds no way.

    Where that takes more work than is left, all flows of the band take the plain way.
    """
    order = sorted(range(len(band.flows)), key=lambda key: _distance(band.flows[key], grid))

    def on(net: Network) -> list[Task]:
        return [_task(key, band.flows[key], net, grid, shapes, exit_of[key]) for key in order]

    with suppress(ExhaustedError):
        for gutter, channel in _TRACKS:
            net = network(grid, shapes, gutter, channel)
            ways = lead_all(net, on(net), effort, strict=True)
            if ways is not None:
                return net, ways
        ways = lead_all(net, on(net), effort, strict=False)
        if ways is not None:
            return net, ways
    net = network(grid, shapes, *_TRACKS[-1])
    return net, lead_directly(net, on(net))


def _distance(flow: Flow, grid: Grid) -> tuple[bool, int, int]:
    across = abs(grid.column[flow.finish] - grid.column[flow.start])
    return (flow.back, across, abs(grid.row[flow.finish] - grid.row[flow.start]))


def _task(
    key: int, flow: Flow, net: Network, grid: Grid, shapes: Mapping[str, Shape], exit_: Exit
) -> Task:
    row, column = grid.row[flow.finish], grid.column[flow.finish]
    ports = tuple(
        (net.entry_point(row, column, side), _ENTER[side][0], 0.0 if flow.back else _ENTER[side][1])
        for side in shapes[flow.finish].entries
    )
    start = net.exit_point(grid.row[flow.start], grid.column[flow.start], exit_.side, exit_.offset)
    return Task(key, start, HEADING[exit_.side], flow.finish, ports)


def _lanes(at: Positions, headers: Headers) -> tuple[PlacedLane, ...]:
    placed: list[PlacedLane] = []
    for name, top, height in at.lanes:
        text = headers.texts.get(name)
        if text is None:
            continue
        dx = (headers.width - text.box.w) / 2
        title = text.moved(dx, top + (height - text.box.h) / 2)
        header = Box(0, top, headers.width, height)
        placed.append(PlacedLane(name, Box(0, top, at.width, height), header, title, 0))
    return tuple(placed)


def _node(node: Node, shape: Shape, middle: Point) -> PlacedNode:
    x, y = middle
    return PlacedNode(
        id=node.id,
        kind=node.kind,
        box=shape.box.moved(x, y),
        title=moved(shape.title, x, y),
        note=moved(shape.note, x, y),
        number=moved(shape.number, x, y),
        optional=node.optional,
        repeatable=node.repeatable,
        href=node.href,
        band=0,
    )


def _link(item: Item, shape: Shape, middle: Point, letter: str) -> Link:
    if shape.title is None:
        raise ValueError("a connector has a text")
    x, y = middle
    return Link(
        target=item.target,
        letter=letter,
        outgoing=item.outgoing,
        box=shape.box.moved(x, y),
        text=shape.title.moved(x, y),
        number=moved(shape.number, x, y),
        band=0,
    )


def _route(
    key: int, routed: RoutedBand, at: Positions, dx: float, middle: Mapping[str, Point]
) -> Route:
    """Turn a way through the network into waypoints from border to border."""
    flow, exit_ = routed.band.flows[key], routed.exit_of[key]
    (sx, sy), (tx, ty) = middle[flow.start], middle[flow.finish]
    height = len(routed.net.downs)
    points = [(sx + x, sy + y) for x, y in exit_.stub]
    points += [(at.x[p // height] + dx, at.y[p % height]) for p in routed.ways[key]]
    points.append(_border(routed.shapes[flow.finish].box.moved(tx, ty), points[-1]))
    label = exit_.label.moved(sx, sy) if exit_.label else None
    return Route(flow.edge, flow.source, flow.target, _corners(points), label, flow.back, 0)


def _border(box: Box, near: Point) -> Point:
    """Find where a box is entered from a point straight above, below or left of its middle."""
    x, y = near
    if x <= box.x:
        return (box.x, y)
    return (x, box.y if y < box.y + box.h / 2 else box.y + box.h)


def _corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Drop the points where a line goes straight on."""
    kept: list[Point] = []
    for point in points:
        if kept and _same(kept[-1], point):
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple((round(x, 2), round(y, 2)) for x, y in kept)


def _same(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < 0.01 and abs(a[1] - b[1]) < 0.01


def _straight(a: Point, b: Point, c: Point) -> bool:
    return all(abs(p[0] - b[0]) < 0.01 for p in (a, c)) or all(
        abs(p[1] - b[1]) < 0.01 for p in (a, c)
    )
