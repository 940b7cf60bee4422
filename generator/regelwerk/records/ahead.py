"""What lies between a place and a step: which steps may come next, which would be skipped."""

from __future__ import annotations

from regelwerk.records.cursor import Chain, Cursor, closure
from regelwerk.records.tables import JOIN, ListPlan, NodePlan, Way


def leads_to(plan: ListPlan, ways: tuple[Way, ...], number: int) -> tuple[Way, ...]:
    """Those of the ways from which the item can be reached without leading back."""
    return tuple(way for way in ways if way.target >= 0 and number in plan.reach[way.target])


def next_steps(cursor: Cursor, *, certain: bool = False) -> set[str]:
    """The steps that may come next; with `certain` only those that have to be done."""
    if certain and len(cursor.waits) > 1 and cursor.at < 0:
        return set()
    found: set[str] = set()
    if cursor.at >= 0 and not (certain and cursor.node.optional):
        for branch in cursor.branches:
            found |= next_steps(branch, certain=certain)
    for place in closure(cursor.plan, cursor.ways()):
        if place.target >= 0:
            node = cursor.plan.nodes[place.target]
            if not (certain and node.optional):
                found |= first_steps(node, certain=certain)
    return found


def first_steps(node: NodePlan, *, certain: bool = False) -> set[str]:
    """The steps with which an item can begin."""
    if not node.branches:
        return {node.id}
    return set().union(*(next_steps(Cursor(branch), certain=certain) for branch in node.branches))


def before(cursor: Cursor, chain: Chain, depth: int) -> set[str]:
    """The expected steps from which a way leads forward to the step at the chain's end."""
    number, branch = chain[depth]
    plan, ways, found = cursor.plan, cursor.ways(), set[str]()
    if cursor.at >= 0 and leads_to(plan, ways, number):
        for inner in cursor.branches:
            found |= next_steps(inner)
    for place in closure(plan, ways):
        if place.target == number and depth + 1 < len(chain):
            inside = Cursor(plan.nodes[number].branches[branch])
            found |= before(inside, chain, depth + 1)
        elif place.target >= 0 and place.target != number and number in plan.reach[place.target]:
            found |= first_steps(plan.nodes[place.target])
    return found


def left_out(
    plan: ListPlan, ways: tuple[Way, ...], chain: Chain, depth: int
) -> tuple[tuple[str, ...], Way | None]:
    """The steps on the shortest way forward to a step, optional ones apart, and its first way."""
    number, branch = chain[depth]
    skipped, first = shortest(plan, ways, number)
    if depth + 1 < len(chain):
        inner = plan.nodes[number].branches[branch]
        skipped += left_out(inner, (inner.start,), chain, depth + 1)[0]
    return skipped, first


def shortest(
    plan: ListPlan, ways: tuple[Way, ...], goal: int
) -> tuple[tuple[str, ...], Way | None]:
    """The steps before `goal` (an item or JOIN) on the way with fewest; ties: the first listed."""
    best: dict[int, tuple[str, ...]] = {}
    if goal >= 0:
        best[goal] = ()
    for number in reversed(plan.order):
        if number == goal:
            continue
        node = plan.nodes[number]
        onward = _nearest(tuple(way for way in node.ways if not way.back), best, goal)
        if onward is not None:
            best[number] = _needed(node) + best.get(onward.target, ())
    first = _nearest(ways, best, goal)
    return (best.get(first.target, ()) if first is not None else ()), first


def _nearest(ways: tuple[Way, ...], best: dict[int, tuple[str, ...]], goal: int) -> Way | None:
    found: Way | None = None
    for way in ways:
        if way.target == goal or way.target in best:
            length = len(best.get(way.target, ()))
            if found is None or length < len(best.get(found.target, ())):
                found = way
    return found


def _needed(node: NodePlan) -> tuple[str, ...]:
    if node.optional:
        return ()
    if not node.branches:
        return (node.id,)
    return tuple(
        step for branch in node.branches for step in shortest(branch, (branch.start,), JOIN)[0]
    )


def remaining(cursor: Cursor) -> tuple[str, ...]:
    """The steps that have yet to be done in the open parallel, optional ones apart."""
    return tuple(step for branch in cursor.branches for step in _to_join(branch))


def _to_join(cursor: Cursor) -> tuple[str, ...]:
    if cursor.at < 0:
        return shortest(cursor.plan, cursor.waits, JOIN)[0]
    inside = () if cursor.joinable() else remaining(cursor)
    return inside + shortest(cursor.plan, cursor.node.ways, JOIN)[0]
