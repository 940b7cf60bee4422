"""Which row of its lane each item of a band stands in, so that flows run straight."""

from collections.abc import Mapping, Sequence

import msgspec

from regelwerk.artifacts.picture.bands import Band, Item


class Grid(msgspec.Struct, frozen=True):
    """A band's rows from top to bottom over all its lanes.

    `row` and `column` place each item, `lane_of_row` names the lane of each row.
    """

    row: dict[str, int]
    column: dict[str, int]
    columns: int
    lane_of_row: tuple[str, ...]


def arrange(band: Band, lane_order: Sequence[str]) -> Grid:
    """Place each item in the row of the item before it where that is free, else in the nearest."""
    before: dict[str, list[str]] = {item.id: [] for item in band.items}
    after: dict[str, list[str]] = {item.id: [] for item in band.items}
    for flow in band.flows:
        if not flow.back:
            before[flow.finish].append(flow.start)
            after[flow.start].append(flow.finish)
    inner: dict[str, int] = {}
    taken: set[tuple[str, int, int]] = set()
    near = _Near(band, before, after, lane_order)
    for item in sorted(band.items, key=lambda i: (i.node is None, i.column)):
        if item.node is None:
            _put(item, near.row(item, inner), inner, taken)
            continue
        if item.id in inner:
            continue
        column = [i for i in band.items if i.column == item.column and i.node is not None]
        for other in sorted(column, key=lambda i: near.pull(i, inner)):
            _put(other, near.row(other, inner), inner, taken)
    return _grid(band, inner, lane_order)


class _Near:
    """What lies before and behind each item, and in which lane."""

    def __init__(
        self,
        band: Band,
        before: Mapping[str, list[str]],
        after: Mapping[str, list[str]],
        lane_order: Sequence[str],
    ) -> None:
        self._before, self._after = before, after
        self._lane = {item.id: item.lane for item in band.items}
        self._place = {name: i for i, name in enumerate(lane_order)}

    def pull(self, item: Item, inner: Mapping[str, int]) -> float:
        """Sort the items of a column by where their flows come from."""
        known = [
            self._place.get(self._lane[b], 0) * 100 + inner[b]
            for b in self._before[item.id]
            if b in inner
        ]
        return sum(known) / len(known) if known else -1.0

    def row(self, item: Item, inner: Mapping[str, int]) -> int:
        """Tell the row an item would like: that of the one before it, else of the one behind."""
        for others in (self._before[item.id], self._after[item.id]):
            same = [inner[o] for o in others if o in inner and self._lane[o] == item.lane]
            if same:
                return min(same)
        return 0


def _put(item: Item, wanted: int, inner: dict[str, int], taken: set[tuple[str, int, int]]) -> None:
    inner[item.id] = _nearest(item, wanted, taken)
    taken.add((item.lane, item.column, inner[item.id]))


def _nearest(item: Item, wanted: int, taken: set[tuple[str, int, int]]) -> int:
    distance = 0
    while True:
        for row in (wanted - distance, wanted + distance):
            if row >= 0 and (item.lane, item.column, row) not in taken:
                return row
        distance += 1


def _grid(band: Band, inner: Mapping[str, int], lane_order: Sequence[str]) -> Grid:
    """Count rows through over the lanes in use, without rows that stay empty."""
    used = {(item.lane, inner[item.id]) for item in band.items}
    order = {name: i for i, name in enumerate(lane_order)}
    rows = sorted(used, key=lambda pair: (order.get(pair[0], 0), pair[1]))
    number = {pair: i for i, pair in enumerate(rows)}
    return Grid(
        row={item.id: number[item.lane, inner[item.id]] for item in band.items},
        column={item.id: item.column for item in band.items},
        columns=max(item.column for item in band.items) + 1,
        lane_of_row=tuple(name for name, _ in rows),
    )
