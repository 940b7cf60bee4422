"""Ways that lead back, loops, and what lies ahead: the order of one list of steps."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

# For each item of a list the items its ways lead to, in the order of the definition.
Adjacency = Sequence[Sequence[int]]


class Order(msgspec.Struct, frozen=True):
    """`back` are the ways (from, to) that close a loop; `reach` what can be reached without them.

    `topological` lists all items so that the other ways lead only from earlier to later ones.
    """

    back: frozenset[tuple[int, int]]
    reach: tuple[frozenset[int], ...]
    topological: tuple[int, ...]


def find_order(ways: Adjacency) -> Order:
    """Depth first from the start, options in the order listed: a way back to the path is a loop."""
    size = len(ways)
    state = [0] * size  # 0 new, 1 on the path, 2 finished
    back: set[tuple[int, int]] = set()
    finished: list[int] = []
    for root in range(size):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(ways[root]))]
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                state[node] = 2
                finished.append(node)
            elif state[following] == 1:
                back.add((node, following))
            elif state[following] == 0:
                state[following] = 1
                stack.append((following, iter(ways[following])))
    reach: list[frozenset[int]] = [frozenset()] * size
    for node in finished:
        ahead = {node}
        for following in ways[node]:
            if (node, following) not in back:
                ahead |= reach[following]
        reach[node] = frozenset(ahead)
    return Order(frozenset(back), tuple(reach), tuple(reversed(finished)))


def loop_of(ways: Adjacency, source: int, header: int) -> frozenset[int]:
    """The natural loop of a way back: what leads to `source` without passing `header`."""
    body = {header, source}
    waiting = [source] if source != header else []
    while waiting:
        node = waiting.pop()
        for earlier, following in enumerate(ways):
            if node in following and earlier not in body:
                body.add(earlier)
                waiting.append(earlier)
    return frozenset(body)
