"""The lines along which a band's flows may run, and the points where these lines meet.

Between the columns run gutters, between the rows channels; each is a bundle of parallel tracks.
Besides there is a vertical line through the middle of each column, a horizontal one through the
middle of each row, and further ones beside a node whose exits form a comb. A flow that keeps to
these lines, and off the cells that are taken, cannot touch a node or a label.
"""

from collections.abc import Mapping

import msgspec

from regelwerk.artifacts.picture.exits import Side
from regelwerk.artifacts.picture.rows import Grid
from regelwerk.artifacts.picture.shapes import Shape

EAST, SOUTH, WEST, NORTH = range(4)
HEADING: dict[Side, int] = {"east": EAST, "south": SOUTH, "west": WEST, "north": NORTH}
TRACK = 10.0


class Across(msgspec.Struct, frozen=True):
    """A vertical line: a track of a gutter, or the middle of a column (`track` is None)."""

    place: int
    track: int | None


class Down(msgspec.Struct, frozen=True):
    """A horizontal line: a track of a channel, or a line of a row (`offset` from its middle)."""

    place: int
    track: int | None
    offset: float = 0.0


class Network(msgspec.Struct, frozen=True):
    """All lines of a band with rough coordinates, and what is blocked.

    A point is numbered `across * len(downs) + down`. `taken` are points inside a node; `comb` are
    the horizontal lines that exist in gutters only. Each gutter has `gutter` tracks, each channel
    `channel`.
    """

    gutter: int
    channel: int
    acrosses: tuple[Across, ...]
    downs: tuple[Down, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    taken: frozenset[int]
    comb: frozenset[int]
    across_at: dict[tuple[int, int | None], int]
    down_at: dict[tuple[int, int | None, float], int]

    def point(self, across: int, down: int) -> int:
        """Number a point."""
        return across * len(self.downs) + down

    def exit_point(self, row: int, column: int, side: Side, offset: float) -> int:
        """Find the first point outside a cell for a flow that leaves it by a side."""
        if side == "east":
            return self.point(self.across_at[column + 1, 0], self.down_at[row, None, offset])
        return self.entry_point(row, column, side)

    def entry_point(self, row: int, column: int, side: Side) -> int:
        """Find the last point outside a cell for a flow that enters it by a side."""
        if side == "west":
            last = self.across_at[column, self.gutter - 1]
            return self.point(last, self.down_at[row, None, 0.0])
        middle = self.across_at[column, None]
        if side == "south":
            return self.point(middle, self.down_at[row + 1, 0, 0.0])
        return self.point(middle, self.down_at[row, self.channel - 1, 0.0])


def network(grid: Grid, shapes: Mapping[str, Shape], gutter: int, channel: int) -> Network:
    """Lay out the lines of a band with so many tracks in each gutter and channel."""
    acrosses: list[Across] = []
    for column in range(grid.columns + 1):
        acrosses += [Across(column, track) for track in range(gutter)]
        if column < grid.columns:
            acrosses.append(Across(column, None))
    rows = len(grid.lane_of_row)
    offsets: list[set[float]] = [{0.0} for _ in range(rows)]
    for name, shape in shapes.items():
        offsets[grid.row[name]] |= {e.offset for e in shape.exits if e.side == "east"}
    downs: list[Down] = []
    for row in range(rows + 1):
        downs += [Down(row, track) for track in range(channel)]
        if row < rows:
            downs += [Down(row, None, offset) for offset in sorted(offsets[row])]
    across_at = {(a.place, a.track): i for i, a in enumerate(acrosses)}
    down_at = {(d.place, d.track, d.offset): i for i, d in enumerate(downs)}
    lines: list[list[int]] = [[] for _ in range(rows)]
    for i, down in enumerate(downs):
        if down.track is None:
            lines[down.place].append(i)
    taken = frozenset(
        across_at[grid.column[name], None] * len(downs) + i
        for name in shapes
        for i in lines[grid.row[name]]
    )
    return Network(
        gutter=gutter,
        channel=channel,
        acrosses=tuple(acrosses),
        downs=tuple(downs),
        x=_rough_x(acrosses, grid, shapes),
        y=_rough_y(downs, grid, shapes),
        taken=taken,
        comb=frozenset(i for i, d in enumerate(downs) if d.track is None and d.offset),
        across_at=across_at,
        down_at=down_at,
    )


def _rough_x(acrosses: list[Across], grid: Grid, shapes: Mapping[str, Shape]) -> tuple[float, ...]:
    left, right = [0.0] * grid.columns, [0.0] * grid.columns
    for name, shape in shapes.items():
        column = grid.column[name]
        left[column] = max(left[column], shape.left)
        right[column] = max(right[column], shape.right)
    found: list[float] = []
    at = 0.0
    for across in acrosses:
        at += left[across.place] + TRACK if across.track is None else TRACK
        found.append(at)
        at += right[across.place] if across.track is None else 0.0
    return tuple(found)


def _rough_y(downs: list[Down], grid: Grid, shapes: Mapping[str, Shape]) -> tuple[float, ...]:
    rows = len(grid.lane_of_row)
    up, low = [0.0] * rows, [0.0] * rows
    for name, shape in shapes.items():
        row = grid.row[name]
        up[row], low[row] = max(up[row], shape.up), max(low[row], shape.down)
    found: list[float] = []
    at = 0.0
    for down in downs:
        if down.track is not None:
            before = down.place > 0 and down.track == 0
            at += TRACK + (low[down.place - 1] + up[down.place - 1] if before else 0.0)
            found.append(at)
        else:
            found.append(at + TRACK + up[down.place] + down.offset)
    return tuple(found)
