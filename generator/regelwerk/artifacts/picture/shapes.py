"""How large each node is: its symbol, its texts, and the cell of the grid that it needs.

Everything is relative to the middle of the symbol.
"""

from collections.abc import Sequence

import msgspec

from regelwerk.artifacts.picture.chart import Node
from regelwerk.artifacts.picture.exits import (
    LINE,
    Exit,
    Side,
    Wish,
    comb_exits,
    sides,
    single_exits,
)
from regelwerk.artifacts.picture.geometry import Box, Role, Text
from regelwerk.artifacts.picture.text import clean, longest_word, widest, wrap

TITLE_SIZE = 12.0
NOTE_SIZE = 10.5
NUMBER_SIZE = 10.0
MARKER = 15.0

_WIDTHS = (88.0, 104.0, 122.0, 140.0, 170.0)
_LINES_INSIDE = 5
_LINES_OUTSIDE = 4
_SLACK = 1.05
_TASK_WIDTH = 98.0
_TASK_HEIGHT = 46.0
_DIAMOND = 23.0
_CIRCLE = 15.0


class Shape(msgspec.Struct, frozen=True):
    """A measured node; left, right, up and down say how far its cell reaches from its middle."""

    box: Box
    title: Text | None
    note: Text | None
    number: Text | None
    exits: tuple[Exit, ...]
    entries: tuple[Side, ...]
    left: float
    right: float
    up: float
    down: float


def measure(node: Node, wishes: Sequence[Wish]) -> Shape:
    """Measure a node that has the exits wished for, in the order of the wishes."""
    if node.kind in {"task", "call"}:
        return _task(node, wishes)
    if node.kind in {"start", "end"}:
        return _event(node, wishes)
    return _gateway(node, wishes)


def link_shape(letter: str, number: str) -> Shape:
    """Measure a connector to or from another band: a letter, then the number of its target."""
    width = max(20.0, widest((letter,), NUMBER_SIZE, bold=True) * _SLACK + 10)
    pill = _number(number, -7.5, left=0.0)
    whole = width + (pill.box.w + 2 if pill else 0.0)
    box = Box(-whole / 2, -10, whole, 20)
    text = Text(Box(box.x, -10, width, 20), (letter,), NUMBER_SIZE, "link", bold=True)
    exits = single_exits([Wish("", 0, back=False)], ("east",), whole / 2, 10)
    pill = pill.moved(box.x + width - 1, 0) if pill else None
    return _enclosed(Shape(box, text, None, pill, exits, ("west",), 0, 0, 0, 0))


def _task(node: Node, wishes: Sequence[Wish]) -> Shape:
    title, note = _texts(node)
    marker = MARKER if node.repeatable or node.kind == "call" else 0.0
    height = sum(t.box.h for t in (title, note) if t) + (3 if note else 0)
    width = max(_TASK_WIDTH, *(t.box.w + 12 for t in (title, note) if t), 0)
    inner = max(_TASK_HEIGHT, height + 16 + marker + node.room)
    box = Box(-width / 2, -inner / 2, width, inner)
    top = box.y + (inner - marker - height) / 2
    if title:
        title = title.moved(0, top)
        top += title.box.h + 3
    note = note.moved(0, top) if note else None
    chosen = sides(wishes, titled_outside=False)
    exits = _exits(wishes, chosen, width / 2, inner / 2)
    number = _number(node.number, box.y - 8, left=box.x + 7)
    taken = {e.side for e in exits}
    entries: tuple[Side, ...] = (
        "west",
        *(s for s in ("north", "south") if s not in taken),
    )
    return _enclosed(Shape(box, title, note, number, exits, entries, 0, 0, 0, 0))


def _event(node: Node, wishes: Sequence[Wish]) -> Shape:
    title, note = _texts(node)
    box = Box(-_CIRCLE, -_CIRCLE, 2 * _CIRCLE, 2 * _CIRCLE)
    chosen = sides(wishes, titled_outside=True)
    if chosen is not None and "south" in chosen:
        chosen = None
    exits = _exits(wishes, chosen, _CIRCLE, _CIRCLE)
    reach = max([_CIRCLE, *(e.offset for e in exits)])
    title, note = _stack(title, note, reach + 4, downwards=True)
    number = _number(node.number, -_CIRCLE - 10, right=-8)
    entries: tuple[Side, ...] = ("west",)
    return _enclosed(Shape(box, title, note, number, exits, entries, 0, 0, 0, 0))


def _gateway(node: Node, wishes: Sequence[Wish]) -> Shape:
    title, note = _texts(node)
    half = _DIAMOND
    box = Box(-half, -half, 2 * half, 2 * half)
    chosen = sides(wishes, titled_outside=title is not None or note is not None)
    exits = _exits(wishes, chosen, half, half)
    below = any(e.side == "north" for e in exits)
    title, note = _stack(title, note, _reach(exits, half, below=below) + 4, downwards=below)
    number = _number(node.number, -half - 2, right=-8)
    taken = {e.side for e in exits}
    entries: list[Side] = ["west"]
    if title is None and note is None:
        entries += [s for s in ("north", "south") if s not in taken]
    return _enclosed(Shape(box, title, note, number, exits, tuple(entries), 0, 0, 0, 0))


def _exits(
    wishes: Sequence[Wish], chosen: Sequence[Side] | None, half_width: float, half_height: float
) -> tuple[Exit, ...]:
    if chosen is None:
        return comb_exits(wishes, half_width)
    return single_exits(wishes, chosen, half_width, half_height)


def _reach(exits: Sequence[Exit], half: float, *, below: bool) -> float:
    """Tell how far from the middle a diamond's title must stay to clear the exits and labels."""
    reach = half
    for exit_ in exits:
        if exit_.side == "east":
            reach = max(reach, exit_.offset if below else -exit_.offset)
            if exit_.label:
                edge = exit_.label.box.y + exit_.label.box.h if below else -exit_.label.box.y
                reach = max(reach, edge)
    return reach


def _texts(node: Node) -> tuple[Text | None, Text | None]:
    """Wrap title and note to the narrowest width that makes good lines, middle at x = 0."""
    good = _LINES_INSIDE if node.kind in {"task", "call"} else _LINES_OUTSIDE
    title = _text(clean(node.title), TITLE_SIZE, "title", good)
    note = _text(clean(node.note), NOTE_SIZE, "note", good)
    return title, note


def _text(words: str, size: float, role: Role, good: int) -> Text | None:
    if not words:
        return None
    word = longest_word(words, size)
    lines: tuple[str, ...] = ()
    for width in _WIDTHS:
        lines = wrap(words, width, size)
        if len(lines) <= good and word <= width:
            break
    width = widest(lines, size) * _SLACK
    return Text(Box(-width / 2, 0, width, len(lines) * size * LINE), lines, size, role)


def _stack(
    title: Text | None, note: Text | None, gap: float, *, downwards: bool
) -> tuple[Text | None, Text | None]:
    """Put title and note one below the other, under or over the symbol."""
    height = sum(t.box.h for t in (title, note) if t)
    top = gap if downwards else -gap - height
    if title:
        title = title.moved(0, top)
        top += title.box.h
    return title, note.moved(0, top) if note else None


def _number(
    number: str, top: float, *, left: float | None = None, right: float = 0.0
) -> Text | None:
    words = clean(number)
    if not words:
        return None
    width = max(18.0, widest((words,), NUMBER_SIZE, bold=True) * _SLACK + 9)
    x = right - width if left is None else left
    return Text(Box(x, top, width, 15), (words,), NUMBER_SIZE, "number", bold=True)


def _enclosed(shape: Shape) -> Shape:
    """Fill in how far the cell reaches: round symbol, texts, exits and labels."""
    boxes = [shape.box]
    boxes += [t.box for t in (shape.title, shape.note, shape.number) if t]
    boxes += [e.label.box.grown(3) for e in shape.exits if e.label]
    points = [p for e in shape.exits for p in e.stub]
    return msgspec.structs.replace(
        shape,
        left=max(-b.x for b in boxes),
        right=max([b.x + b.w for b in boxes] + [x for x, _ in points]),
        up=max([-b.y for b in boxes] + [-y for _, y in points]),
        down=max([b.y + b.h for b in boxes] + [y for _, y in points]),
    )
