"""What a process picture shows, as plain values: lanes, nodes and the edges between them.

The chart knows nothing of the process model; whoever holds a definition turns it into a chart.
"""

from typing import Literal

import msgspec

Kind = Literal["start", "end", "task", "decision", "split", "join", "call"]


class Lane(msgspec.Struct, frozen=True):
    """A swimlane: one role."""

    id: str
    title: str


class Node(msgspec.Struct, frozen=True):
    """Something in the flow that is drawn as a box, a circle or a diamond.

    An empty or unknown `lane` means the lane of a neighbour, which is also where the events
    `start` and `end` are always put. `number` is the step number as readers know it, `note` a
    second, smaller text (the called process, the question of a decision), `href` a link target.
    `room` is kept free inside a task, half of it above its texts, for symbols of other programs.
    """

    id: str
    kind: Kind
    title: str
    lane: str = ""
    number: str = ""
    note: str = ""
    href: str = ""
    optional: bool = False
    repeatable: bool = False
    room: float = 0.0


class Edge(msgspec.Struct, frozen=True):
    """A sequence flow between two nodes, with the option's text where it leaves a decision."""

    source: str
    target: str
    label: str = ""


class Chart(msgspec.Struct, frozen=True):
    """A whole picture; `status` such as `DRAFT` is drawn visibly where it is not empty."""

    title: str
    description: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    status: str = ""
