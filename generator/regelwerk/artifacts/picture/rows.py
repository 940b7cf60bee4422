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
    lane = {item.id: item.lane for item in band.items}
    place = {name: i for i, name in enumerate(lane_order)}
    inner: dict[str, int] = {}
    taken: set[tuple[str, int, int]] = set()
    for item in sorted(band.items, key=lambda i: (i.column, _pull(i, before, inner, lane, place))):
        wanted = _wanted(item, before, inner, lane)
        row = _nearest(item, wanted, taken)
        inner[item.id] = row
        taken.add((item.lane, item.column, row))
    return _grid(band, inner, lane_order)


def _pull(
    item: Item,
    before: Mapping[str, list[str]],
    inner: Mapping[str, int],
    lane: Mapping[str, str],
    place: Mapping[str, int],
) -> tuple[bool, float]:
    """Sort the items of a column: nodes before connectors, then by where their flows come from."""
    known = [place.get(lane[b], 0) * 100 + inner[b] for b in before[item.id] if b in inner]
    mean = sum(known) / len(known) if known else -1.0
    return (item.node is None, mean)


def _wanted(
    item: Item,
    before: Mapping[str, list[str]],
    inner: Mapping[str, int],
    lane: Mapping[str, str],
) -> int:
    same = [inner[b] for b in before[item.id] if b in inner and lane[b] == item.lane]
    return min(same) if same else 0


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
