"""A process with its picture, as plain values: what BPMN says, before it is XML.

Whoever has drawn a process hands it in like this; this room knows nothing of how it was drawn.
Places are in units of the picture, from the left upper corner.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["start", "end", "task", "call", "exclusive", "parallel"]
Point = tuple[float, float]


class Bounds(msgspec.Struct, frozen=True):
    """A rectangle: left upper corner, width and height."""

    x: float
    y: float
    width: float
    height: float


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """A swimlane: who does the steps in it."""

    id: str
    name: str
    bounds: Bounds


class Loop(msgspec.Struct, frozen=True, kw_only=True):
    """An activity done several times in a row (BPMN 2.0, 10.3.8: standard loop).

    `condition` says in words when it is done once more; `test_before` allows no time at all.
    """

    condition: str
    test_before: bool = False


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """An event, an activity or a gateway in the lane with that id (empty: in none).

    `label` is where its name stands if that is outside the symbol. `calls` is the id of the
    process that a call activity calls.
    """

    id: str
    kind: Kind
    name: str
    lane: str
    bounds: Bounds
    label: Bounds | None = None
    documentation: str = ""
    calls: str = ""
    loop: Loop | None = None


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """A sequence flow between two nodes, by their ids; at least two waypoints."""

    source: str
    target: str
    name: str
    waypoints: tuple[Point, ...]
    label: Bounds | None = None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A text annotation (BPMN 2.0, 7.4), such as DRAFT."""

    text: str
    bounds: Bounds


class Diagram(msgspec.Struct, frozen=True, kw_only=True):
    """One process in one pool; `id` is the process's own, by which call activities name it."""

    id: str
    name: str
    documentation: str
    bounds: Bounds
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    note: Note | None = None
