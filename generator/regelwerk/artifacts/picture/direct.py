"""The plain way of every flow, for a band that is too large to be searched for better ones.

From its node a flow runs along the gutter behind it to the channel beside its target's row, along
that to the gutter before its target, and in. All of it lies on lines of the network, so that no
node and no label is ever crossed; but flows to different nodes may share a stretch where there
are more of them than tracks.
"""

from collections.abc import Sequence

from regelwerk.artifacts.picture.network import Network
from regelwerk.artifacts.picture.routing import Task

_LOOK_BACK = 40
_Stretch = tuple[int, int, str]


def lead_directly(net: Network, tasks: Sequence[Task]) -> dict[int, tuple[int, ...]]:
    """Lead all flows in the order given; each way is the list of its corners."""
    tracks = _Tracks(net)
    return {task.key: _way(net, task, tracks) for task in tasks}


class _Tracks:
    """Which stretches of which tracks are in use, and by flows to which target."""

    def __init__(self, net: Network) -> None:
        self._net = net
        self._used: dict[tuple[str, int], list[_Stretch]] = {}
        self._kept: dict[tuple[str, int, str], int] = {}

    def gutter(self, place: int, first: int, last: int, target: str) -> int:
        """Choose a track of a gutter for a flow from one horizontal line to another."""
        lines = [self._net.across_at[place, t] for t in range(self._net.gutter)]
        return self._choose("gutter", place, lines, (min(first, last), max(first, last), target))

    def channel(self, place: int, first: int, last: int, target: str) -> int:
        """Choose a track of a channel for a flow from one vertical line to another."""
        lines = [self._net.down_at[place, t, 0.0] for t in range(self._net.channel)]
        return self._choose("channel", place, lines, (min(first, last), max(first, last), target))

    def _choose(self, kind: str, place: int, lines: Sequence[int], stretch: _Stretch) -> int:
        """Take the track that flows to this target have already, else the one least disputed."""
        target = stretch[2]
        line = self._kept.get((kind, place, target))
        if line is None:
            line = min(lines, key=lambda each: self._disputes(kind, each, stretch))
            self._kept[kind, place, target] = line
        self._used.setdefault((kind, line), []).append(stretch)
        return line

    def _disputes(self, kind: str, line: int, stretch: _Stretch) -> int:
        low, high, target = stretch
        used = self._used.get((kind, line), [])
        beside = sum(1 for a, b, t in used[-_LOOK_BACK:] if t != target and a <= high and low <= b)
        return beside if beside < _LOOK_BACK else len(used)


def _way(net: Network, task: Task, tracks: _Tracks) -> tuple[int, ...]:
    height = len(net.downs)
    across, down = divmod(task.point, height)
    port, line = divmod(task.ports[0][0], height)
    gutter, row = net.acrosses[port].place, net.downs[line].place
    corners = [(across, down)]
    leaving = net.acrosses[across].place
    if net.acrosses[across].track is None:
        leaving += gutter > leaving
        beside = net.across_at[leaving, 0]
        down = tracks.channel(net.downs[down].place, across, beside, task.target)
        corners.append((across, down))
    if leaving == gutter:
        track = tracks.gutter(gutter, down, line, task.target)
        corners += [(track, down), (track, line)]
    else:
        place = row + (net.downs[down].place > row)
        middle = tracks.channel(place, net.across_at[leaving, 0], port, task.target)
        first = tracks.gutter(leaving, down, middle, task.target)
        second = tracks.gutter(gutter, middle, line, task.target)
        corners += [(first, down), (first, middle), (second, middle), (second, line)]
    corners.append((port, line))
    points = [net.point(a, d) for a, d in corners]
    return tuple(p for i, p in enumerate(points) if i == 0 or p != points[i - 1])
