"""The way of every flow through a band: shortest, with few bends and crossings, never shared.

One flow after the other is led along the lines of the network by A*. Two flows may cross at right
angles, but never run along the same line or bend where another one passes; only flows to the same
node may run into one another, as a merge.
"""

import heapq
from collections.abc import Iterable, Sequence

import msgspec

from regelwerk.artifacts.picture.effort import OWN_STEPS, Effort
from regelwerk.artifacts.picture.network import EAST, NORTH, SOUTH, WEST, Network

_BEND = 26.0
_CROSSING = 45.0
_MERGE = 4.0
_SHARED = 900.0
_OPPOSITE = (WEST, NORTH, EAST, SOUTH)


class Task(msgspec.Struct, frozen=True):
    """A flow to be led: from its first point and heading to one of the ports of its target.

    A port is its last point, the heading into the node, and what choosing it costs.
    """

    key: int
    point: int
    heading: int
    target: str
    ports: tuple[tuple[int, int, float], ...]


class Passage(msgspec.Struct, frozen=True):
    """That a flow passes through a point: heading in and heading out."""

    key: int
    target: str
    into: int
    out: int


class Plan:
    """What has been led so far, point by point."""

    def __init__(self, net: Network, effort: Effort, *, strict: bool) -> None:
        self._net = net
        self._effort = effort
        self._strict = strict
        self._passages: dict[int, list[Passage]] = {}
        self._tails: dict[str, dict[int, tuple[int, ...]]] = {}
        self.routes: dict[int, tuple[int, ...]] = {}

    def reserve(self, tasks: Iterable[Task]) -> None:
        """Keep the first point of every flow, and the west port of every target, free for it."""
        for task in tasks:
            self._pass(task.point, Passage(task.key, "", task.heading, task.heading))
            point, heading, _ = task.ports[0]
            if point not in self._tails.setdefault(task.target, {}):
                self._tails[task.target][point] = ()
                self._pass(point, Passage(-1, task.target, heading, heading))

    def lead(self, task: Task) -> bool:
        """Find a way for a flow and keep it; False where there is none under the rules."""
        found = self._search(task)
        if found is None:
            return False
        points, final = found
        tail = self._tails[task.target].get(points[-1])
        route = points + tail if tail is not None else points
        self._keep(task, points, final)
        tails = self._tails[task.target]
        for i, point in enumerate(route):
            tails.setdefault(point, route[i + 1 :])
        self.routes[task.key] = route
        return True

    def _pass(self, point: int, passage: Passage) -> None:
        self._passages.setdefault(point, []).append(passage)

    def _keep(self, task: Task, points: tuple[int, ...], final: int) -> None:
        heading = task.heading
        for i, point in enumerate(points):
            out = self._heading(point, points[i + 1]) if i + 1 < len(points) else final
            self._pass(point, Passage(task.key, task.target, heading, out))
            heading = out

    def _heading(self, here: int, there: int) -> int:
        if abs(there - here) == 1:
            return SOUTH if there > here else NORTH
        return EAST if there > here else WEST

    def _goals(self, task: Task) -> dict[int, list[tuple[int, float]]]:
        """List where the flow may end: a port, or a point where a flow to the same node passes."""
        goals: dict[int, list[tuple[int, float]]] = {}
        for point, heading, cost in task.ports:
            goals.setdefault(point, []).append((heading, cost))
        for point in self._tails[task.target]:
            for passage in self._passages.get(point, ()):
                if passage.target == task.target and passage.key >= 0:
                    goals.setdefault(point, []).append((passage.out, _MERGE))
        return goals

    def _search(self, task: Task) -> tuple[tuple[int, ...], int] | None:
        goals = self._goals(task)
        estimate = _Estimate(self._net, goals)
        start = (task.point, task.heading)
        costs: dict[tuple[int, int], float] = {start: 0.0}
        origin: dict[tuple[int, int], tuple[int, int]] = {}
        queue: list[tuple[float, float, int, int, int]] = [
            (estimate.of(task.point), 0.0, task.point, task.heading, -1)
        ]
        steps = len(goals) // 8
        while queue:
            steps += 1
            if steps > OWN_STEPS:
                self._effort.spend()
            _, cost, point, heading, final = heapq.heappop(queue)
            if final >= 0:
                return _trace(origin, start, (point, heading)), final
            if cost > costs[point, heading]:
                continue
            for out, price in goals.get(point, ()):
                step = self._price(task, point, heading, out, ending=True)
                if step is not None:
                    total = cost + step + price
                    heapq.heappush(queue, (total, total, point, heading, out))
            for out, there, length in self._moves(point, heading):
                step = self._price(task, point, heading, out, ending=False)
                if step is None:
                    continue
                total = cost + step + length
                if total < costs.get((there, out), float("inf")):
                    costs[there, out] = total
                    origin[there, out] = (point, heading)
                    heapq.heappush(queue, (total + estimate.of(there), total, there, out, -1))
        return None

    def _price(self, task: Task, point: int, into: int, out: int, *, ending: bool) -> float | None:
        """Tell what passing a point costs, None where it is not allowed."""
        if out == _OPPOSITE[into]:
            return None
        price = _BEND if into != out else 0.0
        for other in self._passages.get(point, ()):
            if other.key == task.key or (ending and other.target == task.target):
                continue
            straight = into == out and other.into == other.out
            if straight and (into - other.into) % 2 == 1:
                price += _CROSSING
            elif self._strict:
                return None
            else:
                price += _SHARED
        return price

    def _moves(self, point: int, heading: int) -> list[tuple[int, int, float]]:
        """List the neighbours of a point, but not the one behind: heading, point and distance."""
        net = self._net
        height = len(net.downs)
        across, down = divmod(point, height)
        moves: list[tuple[int, int, float]] = []
        for out, da, dd in ((EAST, 1, 0), (SOUTH, 0, 1), (WEST, -1, 0), (NORTH, 0, -1)):
            a, d = across + da, down + dd
            if out == _OPPOSITE[heading] or not (0 <= a < len(net.acrosses) and 0 <= d < height):
                continue
            there = a * height + d
            if there in net.taken or (da and self._inside_row(down, across, a)):
                continue
            moves.append((out, there, abs(net.x[a] - net.x[across]) + abs(net.y[d] - net.y[down])))
        return moves

    def _inside_row(self, down: int, *acrosses: int) -> bool:
        net = self._net
        return down in net.comb and any(net.acrosses[a].track is None for a in acrosses)


class _Estimate:
    """A lower bound of the way that is left: the distance to the box round all goals."""

    def __init__(self, net: Network, goals: Iterable[int]) -> None:
        self._net = net
        places = [divmod(point, len(net.downs)) for point in goals]
        self._x = (min(net.x[a] for a, _ in places), max(net.x[a] for a, _ in places))
        self._y = (min(net.y[d] for _, d in places), max(net.y[d] for _, d in places))

    def of(self, point: int) -> float:
        across, down = divmod(point, len(self._net.downs))
        x, y = self._net.x[across], self._net.y[down]
        dx = max(self._x[0] - x, x - self._x[1], 0.0)
        dy = max(self._y[0] - y, y - self._y[1], 0.0)
        return dx + dy


def _trace(
    origin: dict[tuple[int, int], tuple[int, int]], start: tuple[int, int], last: tuple[int, int]
) -> tuple[int, ...]:
    points = [last[0]]
    while last != start:
        last = origin[last]
        points.append(last[0])
    return tuple(reversed(points))


def lead_all(
    net: Network, tasks: Sequence[Task], effort: Effort, *, strict: bool
) -> dict[int, tuple[int, ...]] | None:
    """Lead all flows in the order given; None where one of them finds no way under the rules.

    Raises ExhaustedError where that takes more work than is left.
    """
    plan = Plan(net, effort, strict=strict)
    plan.reserve(tasks)
    for task in tasks:
        if not plan.lead(task):
            return None
    return plan.routes
