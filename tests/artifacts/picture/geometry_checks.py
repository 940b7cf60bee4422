"""What must hold for the geometry of any picture, as lists of what is wrong."""

from itertools import combinations, pairwise, product

from regelwerk.artifacts.picture.font import text_width
from regelwerk.artifacts.picture.geometry import Box, Layout, Route, Text

TOUCH = 0.6
NEAR = 5.0


def segments(route: Route) -> list[Box]:
    return [
        Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
        for a, b in pairwise(route.points)
    ]


def texts(placed: Layout) -> list[tuple[str, Text]]:
    found = [(f"node {n.id}", t) for n in placed.nodes for t in (n.title, n.note, n.number) if t]
    found += [(f"link {x.target}", t) for x in placed.links for t in (x.text, x.number) if t]
    found += [(f"label {r.source}-{r.target}-{r.edge}", r.label) for r in placed.routes if r.label]
    found += [(f"lane {lane.id} {lane.band}", lane.title) for lane in placed.lanes]
    return found


def areas(placed: Layout) -> list[tuple[str, str, Box]]:
    """All that takes room: its owner, what it is, and the box."""
    found = [(name, "text", text.box) for name, text in texts(placed)]
    found += [(f"node {n.id}", "symbol", n.box) for n in placed.nodes]
    found += [(f"link {x.target}", "symbol", x.box) for x in placed.links]
    return found


def overlaps(placed: Layout) -> list[str]:
    """Symbols, texts and labels that lie on those of another."""
    return [
        f"{a} {what} on {b} {other}"
        for (a, what, first), (b, other, second) in combinations(areas(placed), 2)
        if a != b and first.grown(-TOUCH).overlaps(second.grown(-TOUCH))
    ]


def titles_on_numbers(placed: Layout) -> list[str]:
    """Texts of one node that lie on one another, or outside on its own symbol."""
    wrong = []
    for node in placed.nodes:
        own = [t for t in (node.title, node.note, node.number) if t]
        wrong += [node.id for a, b in combinations(own, 2) if a.box.grown(-1).overlaps(b.box)]
        if node.kind not in {"task", "call"}:
            outside = [t for t in (node.title, node.note) if t]
            wrong += [node.id for t in outside if t.box.grown(-TOUCH).overlaps(node.box)]
        else:
            wrong += [node.id for t in (node.title, node.note) if t and not inside(t.box, node.box)]
    return wrong


def inside(box: Box, outer: Box) -> bool:
    return (
        box.x >= outer.x - TOUCH
        and box.y >= outer.y - TOUCH
        and box.x + box.w <= outer.x + outer.w + TOUCH
        and box.y + box.h <= outer.y + outer.h + TOUCH
    )


def crossed(placed: Layout) -> list[str]:
    """Symbols, texts and labels, of whomever, that a line runs through."""
    wrong = []
    for route in placed.routes:
        for segment in segments(route):
            wrong += [
                f"{route.source}-{route.target} through {name} {what}"
                for name, what, box in areas(placed)
                if segment.overlaps(box.grown(-TOUCH))
            ]
    return wrong


def slanted(placed: Layout) -> list[str]:
    return [
        f"{r.source}-{r.target}"
        for r in placed.routes
        for a, b in pairwise(r.points)
        if abs(a[0] - b[0]) > 0.01 and abs(a[1] - b[1]) > 0.01
    ]


def shared(placed: Layout) -> list[str]:
    """Lines that run along one another although neither their sources nor targets are the same."""
    wrong = []
    for a, b in combinations(placed.routes, 2):
        if a.band != b.band or a.points[0] == b.points[0] or _end(placed, a) == _end(placed, b):
            continue
        pairs = product(segments(a), segments(b))
        if any(_along(first, second) for first, second in pairs):
            wrong.append(f"{a.source}-{a.target} along {b.source}-{b.target}")
    return wrong


def _along(a: Box, b: Box) -> bool:
    if a.w and b.w:
        return abs(a.y - b.y) < NEAR and min(a.x + a.w, b.x + b.w) - max(a.x, b.x) > 1
    if a.h and b.h:
        return abs(a.x - b.x) < NEAR and min(a.y + a.h, b.y + b.h) - max(a.y, b.y) > 1
    return False


def _end(placed: Layout, route: Route) -> object:
    point = Box(*route.points[-1], 0, 0).grown(1)
    boxes = [(n.id, n.box) for n in placed.nodes] + [(x.box, x.box) for x in placed.links]
    return next((name for name, box in boxes if box.overlaps(point)), None)


def loose_ends(placed: Layout) -> list[str]:
    """Lines that do not begin and end at the border of a symbol."""
    boxes = [n.box for n in placed.nodes] + [x.box for x in placed.links]
    return [
        f"{r.source}-{r.target}"
        for r in placed.routes
        for x, y in (r.points[0], r.points[-1])
        if not any(
            box.grown(0.1).overlaps(Box(x, y, 0, 0).grown(0.05))
            and not box.grown(-0.1).overlaps(Box(x, y, 0, 0).grown(0.01))
            for box in boxes
        )
    ]


def outside(placed: Layout) -> list[str]:
    """What leaves the picture, or its band."""
    paper = Box(0, 0, placed.width, placed.height)
    wrong = [f"{name} {what}" for name, what, box in areas(placed) if not inside(box, paper)]
    wrong += [f"band {n.id}" for n in placed.nodes if not inside(n.box, placed.bands[n.band])]
    wrong += [
        f"{r.source}-{r.target}"
        for r in placed.routes
        for segment in segments(r)
        if not inside(segment, placed.bands[r.band])
    ]
    return wrong


def in_wrong_lane(placed: Layout, lane_of: dict[str, str]) -> list[str]:
    """Nodes that do not stand, texts and all, in a strip of their lane."""
    wrong = []
    for node in placed.nodes:
        strips = [x for x in placed.lanes if x.band == node.band and inside(node.box, x.box)]
        boxes = [node.box] + [t.box for t in (node.title, node.note, node.number) if t]
        if [x.id for x in strips] != [lane_of[node.id]] or not all(
            inside(box, strips[0].box) for box in boxes
        ):
            wrong.append(node.id)
    return wrong


def too_long(placed: Layout) -> list[str]:
    """Lines of text wider than their box, by the font's own widths."""
    return [
        f"{name}: {line}"
        for name, text in texts(placed)
        for line in text.lines
        if text_width(line.rstrip(), text.size, bold=text.bold) > text.box.w + 0.1
    ]


def lanes_without_room(placed: Layout) -> list[str]:
    return [lane.id for lane in placed.lanes if not inside(lane.title.box, lane.header)]


CHECKS = (
    overlaps,
    titles_on_numbers,
    crossed,
    slanted,
    shared,
    loose_ends,
    outside,
    too_long,
    lanes_without_room,
)
