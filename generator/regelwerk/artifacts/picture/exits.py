"""Where flows leave a node: the side, the way to the border of the node's cell, and the label.

Everything is relative to the middle of the node. All of it stays inside the node's own cell of
the grid, which no other flow enters: that is why nothing ever crosses a label.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from regelwerk.artifacts.picture.geometry import Box, Point, Text
from regelwerk.artifacts.picture.text import longest_word, widest, wrap

Side = Literal["east", "south", "north", "west"]

LABEL_SIZE = 11.0
LINE = 1.28
_LABEL_WIDTH = 74.0
_LABEL_WIDEST = 130.0
_BUS = 10.0
_PITCH = 18.0


class Wish(msgspec.Struct, frozen=True):
    """What an exit is for: its label, and by how many rows the target lies lower (or higher)."""

    label: str
    direction: int
    back: bool


class Exit(msgspec.Struct, frozen=True):
    """A planned exit: `offset` is its height on the east side, `stub` its way through the cell."""

    side: Side
    offset: float
    stub: tuple[Point, ...]
    label: Text | None


def sides(wishes: Sequence[Wish], *, titled_outside: bool) -> tuple[Side, ...] | None:
    """Give each exit a side of its own; None where there are too many and they need a comb.

    A diamond's title stands above or below it, so only one of these sides is free then.
    """
    if len(wishes) <= 1:
        return tuple("north" if w.back and not titled_outside else "east" for w in wishes)
    if len(wishes) == 2:
        return _two(wishes)
    if len(wishes) == 3 and not titled_outside:
        order = sorted(range(3), key=lambda i: (-99 if wishes[i].back else wishes[i].direction, i))
        found: list[Side] = ["east", "east", "east"]
        found[order[0]], found[order[2]] = "north", "south"
        return tuple(found)
    return None


def _two(wishes: Sequence[Wish]) -> tuple[Side, ...]:
    def prefers_east(i: int) -> tuple[bool, int, int]:
        return (wishes[i].back, abs(wishes[i].direction), i)

    east = min((0, 1), key=prefers_east)
    other = wishes[1 - east]
    up = other.direction < 0 or (other.direction == 0 and other.back)
    vertical: Side = "north" if up else "south"
    return ("east", vertical) if east == 0 else (vertical, "east")


def label_text(label: str) -> Text | None:
    """Wrap a label, with its box at the origin; None where there is none."""
    if not label:
        return None
    word = longest_word(label, LABEL_SIZE)
    width = min(max(_LABEL_WIDTH, word), _LABEL_WIDEST)
    lines = wrap(label, width, LABEL_SIZE)
    if len(lines) > 4:
        lines = wrap(label, _LABEL_WIDEST, LABEL_SIZE)
    box = Box(0, 0, widest(lines, LABEL_SIZE) * 1.04 + 2, len(lines) * LABEL_SIZE * LINE)
    return Text(box=box, lines=lines, size=LABEL_SIZE, role="label", anchor="start")


def single_exits(
    wishes: Sequence[Wish], chosen: Sequence[Side], half_width: float, half_height: float
) -> tuple[Exit, ...]:
    """Plan exits with a side each: labels stand above the line to the east, right of the others."""
    east = 0.0
    planned: list[Exit] = []
    for wish, side in zip(wishes, chosen, strict=True):
        label = label_text(wish.label)
        if side == "east" and label is not None:
            east = label.box.h + 3
            label = label.moved(half_width + 6, -label.box.h - 3)
        planned.append(Exit(side=side, offset=0.0, stub=((half_width, 0.0),), label=label))
    return tuple(
        exit_ if exit_.side == "east" else _vertical(exit_, half_height, east) for exit_ in planned
    )


def _vertical(exit_: Exit, half_height: float, east: float) -> Exit:
    label = exit_.label
    if exit_.side == "south":
        if label is not None:
            label = label.moved(6, half_height + 4)
        return msgspec.structs.replace(exit_, stub=((0.0, half_height),), label=label)
    if label is not None:
        label = label.moved(6, -max(half_height, east) - 4 - label.box.h)
    return msgspec.structs.replace(exit_, stub=((0.0, -half_height),), label=label)


def comb_exits(wishes: Sequence[Wish], half_width: float) -> tuple[Exit, ...]:
    """Plan many exits: a bar right of the node, and from it a line for each, label above it."""
    labels = [label_text(wish.label) for wish in wishes]
    pitch = max(_PITCH, *(label.box.h + 7 if label else 0.0 for label in labels))
    order = sorted(range(len(wishes)), key=lambda i: (wishes[i].direction, i))
    planned: dict[int, Exit] = {}
    bus = half_width + _BUS
    for place, i in enumerate(order):
        y = (place - (len(wishes) - 1) / 2) * pitch
        label = labels[i]
        if label is not None:
            label = label.moved(bus + 6, y - label.box.h - 3)
        stub = ((half_width, 0.0), (bus, 0.0), (bus, y)) if y else ((half_width, 0.0),)
        planned[i] = Exit(side="east", offset=y, stub=stub, label=label)
    return tuple(planned[i] for i in range(len(wishes)))
