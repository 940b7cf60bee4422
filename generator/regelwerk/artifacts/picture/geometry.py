"""The result of a layout: boxes, waypoints and wrapped texts, in units of the picture.

At the default width 760 units are meant to become 16 cm on paper, a unit about 0.6 pt.
"""

from typing import Literal

import msgspec

from regelwerk.artifacts.picture.chart import Kind

Point = tuple[float, float]
Anchor = Literal["start", "middle"]
Role = Literal["title", "note", "label", "lane", "number", "badge", "link"]


class Box(msgspec.Struct, frozen=True):
    """A rectangle: left upper corner, width and height."""

    x: float
    y: float
    w: float
    h: float

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the same box somewhere else."""
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def grown(self, by: float) -> "Box":
        """Return the box with a margin round it (or less, where `by` is negative)."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two boxes share an area; touching is not overlapping."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


class Text(msgspec.Struct, frozen=True):
    """A wrapped text inside its box; the lines joined are the whole text."""

    box: Box
    lines: tuple[str, ...]
    size: float
    role: Role
    anchor: Anchor = "middle"
    bold: bool = False

    def moved(self, dx: float, dy: float) -> "Text":
        """Return the same text somewhere else."""
        return msgspec.structs.replace(self, box=self.box.moved(dx, dy))


def moved(text: Text | None, dx: float, dy: float) -> Text | None:
    """Return a text, where there is one, somewhere else."""
    return text.moved(dx, dy) if text else None


class PlacedNode(msgspec.Struct, frozen=True):
    """A node of the chart: the box of its symbol, and its texts inside or beside it."""

    id: str
    kind: Kind
    box: Box
    title: Text | None
    note: Text | None
    number: Text | None
    optional: bool
    repeatable: bool
    href: str
    band: int

    def moved(self, dx: float, dy: float) -> "PlacedNode":
        """Return the node somewhere else."""
        return msgspec.structs.replace(
            self,
            box=self.box.moved(dx, dy),
            title=moved(self.title, dx, dy),
            note=moved(self.note, dx, dy),
            number=moved(self.number, dx, dy),
        )


class PlacedLane(msgspec.Struct, frozen=True):
    """A lane within one band: the whole strip, and the header with its title."""

    id: str
    box: Box
    header: Box
    title: Text
    band: int

    def moved(self, dx: float, dy: float) -> "PlacedLane":
        """Return the lane somewhere else."""
        return msgspec.structs.replace(
            self,
            box=self.box.moved(dx, dy),
            header=self.header.moved(dx, dy),
            title=self.title.moved(dx, dy),
        )


class Link(msgspec.Struct, frozen=True):
    """A connector (BPMN: link event) where a flow leaves a band or comes in from another one.

    Links of one target carry the same letter; `number` is the step number of that target, where
    it has one and the link leads to it.
    """

    target: str
    letter: str
    outgoing: bool
    box: Box
    text: Text
    number: Text | None
    band: int

    def moved(self, dx: float, dy: float) -> "Link":
        """Return the connector somewhere else."""
        return msgspec.structs.replace(
            self,
            box=self.box.moved(dx, dy),
            text=self.text.moved(dx, dy),
            number=moved(self.number, dx, dy),
        )


class Route(msgspec.Struct, frozen=True):
    """The line of one edge within one band, with its corners and its label.

    `edge` is the place of the edge in the chart; several edges that come in through one link
    share the route from there, which then has None. `source` and `target` are those of the chart
    (the far one may be in another band). `back` marks a flow that leads back.
    """

    edge: int | None
    source: str
    target: str
    points: tuple[Point, ...]
    label: Text | None
    back: bool
    band: int

    def moved(self, dx: float, dy: float) -> "Route":
        """Return the route somewhere else."""
        return msgspec.structs.replace(
            self,
            points=tuple((x + dx, y + dy) for x, y in self.points),
            label=moved(self.label, dx, dy),
        )


class Layout(msgspec.Struct, frozen=True):
    """A whole laid-out picture; `bands` are the strips one below the other."""

    width: float
    height: float
    bands: tuple[Box, ...]
    lanes: tuple[PlacedLane, ...]
    nodes: tuple[PlacedNode, ...]
    links: tuple[Link, ...]
    routes: tuple[Route, ...]
    status: Text | None
