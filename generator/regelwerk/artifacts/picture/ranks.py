"""Order of a flow: which edges lead back, how far a node is from the start, whose lane it has."""

from collections.abc import Iterator, Mapping, Sequence

from regelwerk.artifacts.picture.chart import Chart, Edge, Node


def known_edges(chart: Chart) -> list[tuple[int, Edge]]:
    """List the edges whose two ends exist, with their places in the chart."""
    ids = {node.id for node in chart.nodes}
    return [(i, e) for i, e in enumerate(chart.edges) if e.source in ids and e.target in ids]


def back_edges(nodes: Sequence[Node], edges: Sequence[tuple[int, Edge]]) -> frozenset[int]:
    """Find the edges that close a circle, by depth-first search from the start events."""
    outgoing: dict[str, list[tuple[int, str]]] = {node.id: [] for node in nodes}
    for place, edge in edges:
        outgoing[edge.source].append((place, edge.target))
    roots = sorted(nodes, key=lambda node: node.kind != "start")
    state: dict[str, bool] = {}
    back: set[int] = set()
    for root in roots:
        if root.id not in state:
            _search(root.id, outgoing, state, back)
    return frozenset(back)


def _search(
    root: str,
    outgoing: Mapping[str, list[tuple[int, str]]],
    state: dict[str, bool],
    back: set[int],
) -> None:
    """Visit all that can be reached; `state` is True while a node is on the way being followed."""
    state[root] = True
    stack: list[tuple[str, Iterator[tuple[int, str]]]] = [(root, iter(outgoing[root]))]
    while stack:
        node, rest = stack[-1]
        for place, target in rest:
            if target not in state:
                state[target] = True
                stack.append((target, iter(outgoing[target])))
                break
            if state[target]:
                back.add(place)
        else:
            state[node] = False
            stack.pop()


def ranks(
    nodes: Sequence[Node], edges: Sequence[tuple[int, Edge]], back: frozenset[int]
) -> dict[str, int]:
    """Give each node its column: the length of the longest way to it that does not lead back."""
    forward = [(e.source, e.target) for place, e in edges if place not in back]
    waiting = {node.id: 0 for node in nodes}
    followers: dict[str, list[str]] = {node.id: [] for node in nodes}
    for source, target in forward:
        waiting[target] += 1
        followers[source].append(target)
    rank = {node.id: 0 for node in nodes}
    ready = [node.id for node in nodes if not waiting[node.id]]
    while ready:
        source = ready.pop()
        for target in followers[source]:
            rank[target] = max(rank[target], rank[source] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return rank


def lanes_of(chart: Chart, edges: Sequence[tuple[int, Edge]]) -> dict[str, str]:
    """Give each node its lane; events, and nodes without one, get the lane of a neighbour."""
    known = {lane.id for lane in chart.lanes}
    lane = {n.id: n.lane for n in chart.nodes if n.lane in known and n.kind not in {"start", "end"}}
    before: dict[str, list[str]] = {node.id: [] for node in chart.nodes}
    after: dict[str, list[str]] = {node.id: [] for node in chart.nodes}
    for _, edge in edges:
        before[edge.target].append(edge.source)
        after[edge.source].append(edge.target)
    open_nodes = [node for node in chart.nodes if node.id not in lane]
    while open_nodes:
        settled: dict[str, str] = {}
        for node in open_nodes:
            near = before[node.id] + after[node.id]
            found = next((lane[other] for other in near if other in lane), None)
            if found is not None:
                settled[node.id] = found
        if not settled:
            break
        lane |= settled
        open_nodes = [node for node in open_nodes if node.id not in lane]
    first = chart.lanes[0].id if chart.lanes else ""
    for node in open_nodes:
        lane[node.id] = node.lane if node.lane in known else first
    return lane
