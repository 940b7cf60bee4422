"""From lines to lengths: gutters and channels become as wide as the flows in them need.

A track that nothing runs along vanishes, and neighbouring tracks whose flows do not meet become
one.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from regelwerk.artifacts.picture.network import Network
from regelwerk.artifacts.picture.rows import Grid
from regelwerk.artifacts.picture.shapes import Shape

_SPACING = 11.0
_OUT = 11.0
_IN = 19.0
_PLAIN_GUTTER = 25.0
_EDGE = 11.0
_ABOVE = 12.0
_BETWEEN = 16.0
_BELOW = 12.0
_SPREAD = 34.0


class Positions(msgspec.Struct, frozen=True):
    """Where every line of the network lies, and where each lane ends.

    `x` and `y` follow the lines of the network; `lanes` holds name, top and height, `width` and
    `height` include the margins.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    lanes: tuple[tuple[str, float, float], ...]
    width: float
    height: float


Span = tuple[int, int]


def positions(
    net: Network,
    grid: Grid,
    shapes: Mapping[str, Shape],
    routes: Iterable[tuple[int, ...]],
    lane_heights: Mapping[str, float],
    width: float,
) -> Positions:
    """Assign coordinates; a lane becomes at least as high as `lane_heights` says.

    Where `width` is more than the band needs, the gutters grow a little.
    """
    vertical, horizontal = _spans(net, routes)
    x, needed = _across(net, grid, shapes, vertical, 0.0)
    if needed < width and grid.columns > 1:
        spread = min((width - needed) / (grid.columns - 1), _SPREAD)
        x, needed = _across(net, grid, shapes, vertical, spread)
    y, lanes, height = _down(net, grid, shapes, horizontal, lane_heights)
    return Positions(tuple(x), tuple(y), tuple(lanes), needed, height)


def _spans(
    net: Network, routes: Iterable[tuple[int, ...]]
) -> tuple[dict[int, list[Span]], dict[int, list[Span]]]:
    """Collect, by line, the stretches that flows run along it."""
    vertical: dict[int, list[Span]] = {}
    horizontal: dict[int, list[Span]] = {}
    height = len(net.downs)
    for route in routes:
        for here, there in pairwise(route):
            (a, d), (b, e) = divmod(here, height), divmod(there, height)
            if a == b:
                vertical.setdefault(a, []).append((min(d, e), max(d, e)))
            else:
                horizontal.setdefault(d, []).append((min(a, b), max(a, b)))
    return vertical, horizontal


def _packed(tracks: Sequence[int], spans: Mapping[int, list[Span]]) -> dict[int, int]:
    """Give each track in use a slot; neighbours whose stretches do not even touch share one."""
    slots: dict[int, int] = {}
    slot, filled = -1, list[Span]()
    for track in tracks:
        mine = spans.get(track, [])
        if not mine:
            continue
        if slot < 0 or any(a <= d and c <= b for a, b in mine for c, d in filled):
            slot, filled = slot + 1, []
        slots[track] = slot
        filled = filled + mine
    return slots


def _across(
    net: Network,
    grid: Grid,
    shapes: Mapping[str, Shape],
    spans: Mapping[int, list[Span]],
    spread: float,
) -> tuple[list[float], float]:
    left, right = [0.0] * grid.columns, [0.0] * grid.columns
    for name, shape in shapes.items():
        column = grid.column[name]
        left[column] = max(left[column], shape.left)
        right[column] = max(right[column], shape.right)
    x = [0.0] * len(net.acrosses)
    at = 0.0
    for place in range(grid.columns + 1):
        tracks = [net.across_at[place, track] for track in range(net.gutter)]
        slots = _packed(tracks, spans)
        count = len(set(slots.values()))
        outer = place in {0, grid.columns}
        start = _EDGE if place == 0 else _OUT
        end = _EDGE if place == grid.columns else _IN
        plain = _EDGE if outer else _PLAIN_GUTTER
        width = start + (count - 1) * _SPACING + end if count else plain
        if not outer:
            width, start = width + spread, start + spread / 2
        for track in tracks:
            x[track] = at + start + slots[track] * _SPACING if track in slots else at + width / 2
        at += width
        if place < grid.columns:
            x[net.across_at[place, None]] = at + left[place]
            at += left[place] + right[place]
    return x, at


def _down(
    net: Network,
    grid: Grid,
    shapes: Mapping[str, Shape],
    spans: Mapping[int, list[Span]],
    lane_heights: Mapping[str, float],
) -> tuple[list[float], list[tuple[str, float, float]], float]:
    rows = len(grid.lane_of_row)
    up, low = [0.0] * rows, [0.0] * rows
    for name, shape in shapes.items():
        row = grid.row[name]
        up[row], low[row] = max(up[row], shape.up), max(low[row], shape.down)
    channels = [
        _packed([net.down_at[r, track, 0.0] for track in range(net.channel)], spans)
        for r in range(rows + 1)
    ]
    heights = [
        _channel_height(len(set(channels[r].values())), first=_is_first(grid, r))
        for r in range(rows)
    ]
    y = [0.0] * len(net.downs)
    lines: list[list[int]] = [[] for _ in range(rows)]
    for i, down in enumerate(net.downs):
        if down.track is None:
            lines[down.place].append(i)
    lanes: list[tuple[str, float, float]] = []
    at = top = 0.0
    for row in range(rows):
        if _is_first(grid, row):
            top = at
        extra = _stretch(grid, row, heights, up, low, lane_heights)
        at += extra / 2
        _set_tracks(net, y, row, channels[row], at + _start(first=_is_first(grid, row)))
        at += heights[row] + up[row]
        for i in lines[row]:
            y[i] = at + net.downs[i].offset
        at += low[row] + extra / 2
        if row == rows - 1:
            used = len(set(channels[rows].values()))
            _set_tracks(net, y, rows, channels[rows], at + _IN)
            at += _IN + (used - 1) * _SPACING if used else 0.0
        if row == rows - 1 or _is_first(grid, row + 1):
            at += _BELOW
            lanes.append((grid.lane_of_row[row], top, at - top))
    return y, lanes, at


def _stretch(
    grid: Grid,
    row: int,
    heights: Sequence[float],
    up: Sequence[float],
    low: Sequence[float],
    lane_heights: Mapping[str, float],
) -> float:
    """Tell how much higher a row must be so that its lane's header has room for the title."""
    lane = grid.lane_of_row[row]
    mine = [r for r, name in enumerate(grid.lane_of_row) if name == lane]
    natural = sum(heights[r] + up[r] + low[r] for r in mine) + _BELOW
    return max(0.0, lane_heights.get(lane, 0.0) - natural) / len(mine)


def _is_first(grid: Grid, row: int) -> bool:
    return row == 0 or grid.lane_of_row[row] != grid.lane_of_row[row - 1]


def _start(*, first: bool) -> float:
    return _ABOVE if first else _SPACING


def _channel_height(used: int, *, first: bool) -> float:
    if not used:
        return _ABOVE if first else _BETWEEN
    return _start(first=first) + (used - 1) * _SPACING + _IN


def _set_tracks(
    net: Network, y: list[float], place: int, slots: Mapping[int, int], start: float
) -> None:
    for track in range(net.channel):
        i = net.down_at[place, track, 0.0]
        y[i] = start + slots.get(i, 0) * _SPACING
