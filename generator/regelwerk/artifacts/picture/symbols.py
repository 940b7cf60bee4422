"""The symbols of BPMN 2.0 (chapter 13) that the picture uses: tasks, gateways and events."""

from regelwerk.artifacts.picture.geometry import Box, PlacedNode


def number(value: float) -> str:
    """Write a coordinate with at most one decimal, the same on every machine."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def symbol(node: PlacedNode) -> str:
    """Draw a node's symbol with its markers, without its texts."""
    box = node.box
    extra = " rw-optional" if node.optional else ""
    if node.kind in {"task", "call"}:
        body = (
            f'<rect class="rw-{node.kind}{extra}" x="{number(box.x)}" y="{number(box.y)}" '
            f'width="{number(box.w)}" height="{number(box.h)}" rx="6"/>'
        )
        return body + _task_markers(node)
    x, y = box.x + box.w / 2, box.y + box.h / 2
    if node.kind in {"start", "end"}:
        return (
            f'<circle class="rw-{node.kind}{extra}" cx="{number(x)}" cy="{number(y)}" '
            f'r="{number(box.w / 2)}"/>'
        )
    corners = ((x, box.y), (box.x + box.w, y), (x, box.y + box.h), (box.x, y))
    points = " ".join(f"{number(a)},{number(b)}" for a, b in corners)
    sign = _cross(x, y) if node.kind == "decision" else _plus(x, y, 9)
    return (
        f'<polygon class="rw-{node.kind}{extra}" points="{points}"/>'
        f'<path class="rw-sign" d="{sign}"/>'
    )


def _cross(x: float, y: float) -> str:
    a, b, c, d = number(x - 6), number(y - 6), number(x + 6), number(y + 6)
    return f"M{a} {b} L{c} {d} M{a} {d} L{c} {b}"


def _plus(x: float, y: float, r: float) -> str:
    left, right, top, low = number(x - r), number(x + r), number(y - r), number(y + r)
    return f"M{left} {number(y)} H{right} M{number(x)} {top} V{low}"


def _task_markers(node: PlacedNode) -> str:
    """Draw the plus of a called process and the arrow of a repeatable step, bottom centre."""
    box = node.box
    marks: list[str] = []
    both = node.kind == "call" and node.repeatable
    y = box.y + box.h - 10
    middle = box.x + box.w / 2
    if node.kind == "call":
        x = middle + (9 if both else 0)
        frame = Box(x - 6, y - 6, 12, 12)
        marks.append(
            f'<rect class="rw-sign-task" x="{number(frame.x)}" y="{number(frame.y)}" width="12" '
            f'height="12"/><path class="rw-sign-task" d="{_plus(x, y, 3.5)}"/>'
        )
    if node.repeatable:
        x = middle - (9 if both else 0)
        marks.append(
            f'<path class="rw-sign-task" d="M{number(x - 1)} {number(y + 5)} '
            f"A5 5 0 1 1 {number(x + 3)} {number(y + 4)} "
            f'M{number(x - 1)} {number(y + 5)} l-3.6 1 M{number(x - 1)} {number(y + 5)} l-1 -3.6"/>'
        )
    return "".join(marks)
