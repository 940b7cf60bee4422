"""The layout of a whole picture: columns by rank, rows by lane, bands one below the other."""

from collections.abc import Sequence
from functools import lru_cache

from regelwerk.artifacts.picture.assemble import (
    BandPicture,
    Headers,
    RoutedBand,
    draw_band,
    route_band,
)
from regelwerk.artifacts.picture.bands import Columns, bands, cut, letters
from regelwerk.artifacts.picture.chart import Chart, Edge
from regelwerk.artifacts.picture.effort import Effort
from regelwerk.artifacts.picture.exits import LINE, Wish
from regelwerk.artifacts.picture.geometry import Box, Layout, Text
from regelwerk.artifacts.picture.ranks import back_edges, known_edges, lanes_of, ranks
from regelwerk.artifacts.picture.shapes import measure
from regelwerk.artifacts.picture.text import clean, longest_word, widest, wrap

WIDTH = 760

_LANE_SIZE = 11.5
_HEADER = (64.0, 116.0)
_MARGIN = 4.0
_BAND_GAP = 16.0
_STATUS_SIZE = 13.0


@lru_cache(maxsize=4)
def layout(chart: Chart, *, width: float = WIDTH) -> Layout:
    """Lay a chart out in bands not wider than `width` where that can be; infinity means one band.

    Placed at 16 cm, 760 units give text of about 7 pt; for A4 landscape (25 cm) take 1180.
    """
    edges = known_edges(chart)
    headers = _headers(chart)
    room = width - headers.width - 2 * _MARGIN
    flow = _Ordered(chart, edges)
    widths: dict[Columns, float] = {}
    while True:
        too_wide = {columns for columns, needed in widths.items() if needed > room}
        columns = cut(flow.rank, flow.widths, edges, chart.nodes, room, too_wide)
        routed = flow.routed(columns)
        new = {c: r.width for c, r in zip(columns, routed, strict=True) if c not in widths}
        if not any(needed > room and end - begin > 1 for (begin, end), needed in new.items()):
            break
        widths |= new
    inner = max((r.width for r in routed), default=100.0)
    pictures = [draw_band(r, flow.letters, headers, inner) for r in routed]
    return _stacked(chart, pictures, headers, inner)


class _Ordered:
    """A chart with the order of its flow, from which bands are cut."""

    def __init__(self, chart: Chart, edges: Sequence[tuple[int, Edge]]) -> None:
        self._chart = chart
        self._edges = edges
        self._back = back_edges(chart.nodes, edges)
        self._lane = lanes_of(chart, edges)
        self.rank = ranks(chart.nodes, edges, self._back)
        self.widths = _cell_widths(chart, edges)
        self.letters: dict[str, str] = {}
        self._effort = Effort()
        self._known: dict[tuple[Columns, tuple[str, ...]], RoutedBand] = {}

    def routed(self, columns: Sequence[Columns]) -> list[RoutedBand]:
        """Cut the bands and find all ways within them."""
        chart = self._chart
        cut_up = bands(chart.nodes, self._edges, self.rank, self._lane, self._back, columns)
        self.letters = letters(cut_up)
        numbers = {node.id: node.number for node in chart.nodes}
        order = [lane.id for lane in chart.lanes]
        found: list[RoutedBand] = []
        for begin_end, band in zip(columns, cut_up, strict=True):
            signs = tuple(self.letters[i.target] for i in band.items if i.node is None)
            key = (begin_end, signs)
            if key not in self._known:
                self._known[key] = route_band(band, order, self.letters, numbers, self._effort)
            found.append(self._known[key])
        return found


def _cell_widths(chart: Chart, edges: Sequence[tuple[int, Edge]]) -> dict[str, float]:
    wishes: dict[str, list[Wish]] = {node.id: [] for node in chart.nodes}
    for _, edge in edges:
        wishes[edge.source].append(Wish(clean(edge.label), 0, back=False))
    shapes = {node.id: measure(node, wishes[node.id]) for node in chart.nodes}
    return {name: shape.left + shape.right for name, shape in shapes.items()}


def _headers(chart: Chart) -> Headers:
    """Wrap the lanes' titles to one width that suits all of them."""
    titles = {lane.id: clean(lane.title) for lane in chart.lanes}
    word = max((longest_word(t, _LANE_SIZE, bold=True) for t in titles.values()), default=0.0)
    inner = min(max(_HEADER[0], word * 1.05), _HEADER[1])
    lines = {name: wrap(t, inner / 1.05, _LANE_SIZE, bold=True) for name, t in titles.items()}
    texts = {
        name: Text(
            Box(0, 0, widest(found, _LANE_SIZE, bold=True) * 1.05, len(found) * _LANE_SIZE * LINE),
            found,
            _LANE_SIZE,
            "lane",
            bold=True,
        )
        for name, found in lines.items()
    }
    return Headers(width=inner + 14 if titles else 0.0, texts=texts)


def _stacked(
    chart: Chart, pictures: Sequence[BandPicture], headers: Headers, inner: float
) -> Layout:
    """Put the bands one below the other, all as wide as the widest, under the status badge."""
    width = inner + headers.width + 2 * _MARGIN
    status = _status(chart.status, width)
    y = _MARGIN + (status.box.h + 8 if status else 0.0)
    boxes: list[Box] = []
    placed: list[BandPicture] = []
    for number, picture in enumerate(pictures):
        boxes.append(Box(_MARGIN, y, inner + headers.width, picture.height))
        placed.append(picture.put(_MARGIN, y, inner + headers.width, number))
        y += picture.height + _BAND_GAP
    return Layout(
        width=width,
        height=y - _BAND_GAP + _MARGIN if pictures else y + 20,
        bands=tuple(boxes),
        lanes=tuple(lane for p in placed for lane in p.lanes),
        nodes=tuple(node for p in placed for node in p.nodes),
        links=tuple(link for p in placed for link in p.links),
        routes=tuple(route for p in placed for route in p.routes),
        status=status,
    )


def _status(status: str, width: float) -> Text | None:
    words = clean(status)
    if not words:
        return None
    lines = wrap(words, width - 2 * _MARGIN - 24, _STATUS_SIZE, bold=True)
    box_width = widest(lines, _STATUS_SIZE, bold=True) * 1.05 + 20
    box = Box(width - _MARGIN - box_width, _MARGIN, box_width, len(lines) * _STATUS_SIZE * LINE + 8)
    return Text(box, lines, _STATUS_SIZE, "badge", bold=True)
