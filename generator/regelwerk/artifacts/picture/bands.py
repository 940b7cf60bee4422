"""A long flow cut into bands: which columns go into which, and the connectors between them."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from regelwerk.artifacts.picture.chart import Edge, Node

_GUTTER = 25.0
_NARROW = 20.0
_ASKING = 3.0


Columns = tuple[int, int]
"""The columns of a band: its first one, and the one behind its last."""


class Item(msgspec.Struct, frozen=True):
    """Something that takes a cell of a band's grid: a node of the chart, or a connector.

    `target` is the node that a connector stands for.
    """

    id: str
    column: int
    lane: str
    node: Node | None
    target: str = ""
    outgoing: bool = False


class Flow(msgspec.Struct, frozen=True):
    """A line within one band from item to item; `edge` is None behind an incoming connector."""

    edge: int | None
    start: str
    finish: str
    source: str
    target: str
    label: str
    back: bool


class Band(msgspec.Struct, frozen=True):
    """What one band shows; columns count from 0."""

    items: tuple[Item, ...]
    flows: tuple[Flow, ...]


def cut(
    rank: Mapping[str, int],
    widths: Mapping[str, float],
    edges: Sequence[tuple[int, Edge]],
    nodes: Sequence[Node],
    room: float,
    too_wide: Collection[Columns],
) -> list[Columns]:
    """Choose the columns of each band, so that bands fit and few flows go from one to another.

    Dynamic programming over the columns. `widths` are those of the nodes' cells, `room` is what a
    band has for all of them; `too_wide` are bands that were drawn
    and did not fit.
    """
    count = max(rank.values(), default=-1) + 1
    if room == float("inf"):
        return [(0, count)] if count else []
    columns = [0.0] * count
    for node, column in rank.items():
        columns[column] = max(columns[column], widths[node])
    kinds = {node.id: node.kind for node in nodes}
    crossing = [0.0] * (count + 1)
    for _, edge in edges:
        weight = _ASKING if kinds[edge.target] == "decision" else 1.0
        low, high = sorted((rank[edge.source], rank[edge.target]))
        for column in range(low + 1, high + 1):
            crossing[column] += weight
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, count + 1):
        choices = []
        for begin in range(end - 1, -1, -1):
            used = sum(columns[begin:end]) + _GUTTER * (end - begin)
            used += _NARROW * ((begin > 0) + (end < count))
            if begin < end - 1 and (used > room or (begin, end) in too_wide):
                break
            waste = ((room - used) / room) ** 2
            choices.append((best[begin][0] + 10 + 1.5 * crossing[begin] + 2 * waste, begin))
        best.append(min(choices))
    found: list[Columns] = []
    end = count
    while end > 0:
        found.insert(0, (best[end][1], end))
        end = best[end][1]
    return found


def bands(
    nodes: Sequence[Node],
    edges: Sequence[tuple[int, Edge]],
    rank: Mapping[str, int],
    lane: Mapping[str, str],
    back: frozenset[int],
    columns: Sequence[Columns],
) -> list[Band]:
    """Deal nodes and edges out to the bands; an edge from band to band becomes two connectors."""
    home = {n.id: sum(1 for begin, _ in columns[1:] if begin <= rank[n.id]) for n in nodes}
    items: list[dict[str, Item]] = [{} for _ in columns]
    flows: list[list[Flow]] = [[] for _ in columns]
    for node in nodes:
        items[home[node.id]][node.id] = Item(node.id, rank[node.id], lane[node.id], node)
    for place, edge in edges:
        here, there = home[edge.source], home[edge.target]
        leads_back = place in back
        if here == there:
            flow = _flow(place, edge, edge.source, edge.target, back=leads_back)
            flows[here].append(flow)
            continue
        out, into = f"{place}>", f">{edge.target}"
        items[here][out] = Item(
            out, rank[edge.source] + 1, lane[edge.source], None, edge.target, outgoing=True
        )
        flows[here].append(_flow(place, edge, edge.source, out, back=False))
        if into not in items[there]:
            items[there][into] = Item(
                into, rank[edge.target] - 1, lane[edge.target], None, edge.target
            )
            flows[there].append(
                Flow(None, into, edge.target, edge.source, edge.target, "", back=False)
            )
    return [_from_zero(i, f) for i, f in zip(items, flows, strict=True)]


def _flow(place: int, edge: Edge, start: str, finish: str, *, back: bool) -> Flow:
    return Flow(place, start, finish, edge.source, edge.target, edge.label, back)


def _from_zero(items: Mapping[str, Item], flows: Sequence[Flow]) -> Band:
    first = min(item.column for item in items.values())
    moved = tuple(
        msgspec.structs.replace(item, column=item.column - first) for item in items.values()
    )
    return Band(moved, tuple(flows))


def letters(band_list: Sequence[Band]) -> dict[str, str]:
    """Name the connectors A, B, … Z, AA, … by target, in reading order."""
    found: dict[str, str] = {}
    for band in band_list:
        for item in sorted(band.items, key=lambda i: i.column):
            if item.node is None and item.target not in found:
                found[item.target] = _letter(len(found))
    return found


def _letter(number: int) -> str:
    word = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        word = chr(65 + rest) + word
    return word
