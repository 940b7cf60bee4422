"""Where a case stands in a list of steps, and within the parallel that is open there.

Marking of a block-structured flow: one cursor a list, and under an open parallel one a branch.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

import msgspec

from regelwerk.model.moment import Moment, day_of, is_before
from regelwerk.records.tables import END, JOIN, ListPlan, NodePlan, Way

Chain = tuple[tuple[int, int], ...]


class Reached(msgspec.Struct, frozen=True):
    """A place that comes next: an item's number, JOIN or END, and the ways passed to get there."""

    target: int
    passed: tuple[Way, ...]
    end: str = ""


def closure(plan: ListPlan, ways: tuple[Way, ...]) -> Iterator[Reached]:
    """Every place that may come next along the ways; what may be passed over is passed over."""
    seen: set[int] = set()
    first = sorted(ways, key=lambda way: way.back)
    waiting: list[tuple[Way, ...]] = [(way,) for way in first]
    while waiting:
        passed = waiting.pop(0)
        way = passed[-1]
        if way.target < 0:
            yield Reached(way.target, passed, way.end)
        elif way.target not in seen:
            seen.add(way.target)
            yield Reached(way.target, passed)
            node = plan.nodes[way.target]
            if node.passable:
                waiting.extend((*passed, following) for following in node.ways)


class Cursor:
    """The place in one list.

    `waits` are the ways open now, several only where an option or outcome is not known. `at` is
    the number of the open parallel or -1, `touched` whether something was done in it. `last` is
    the number of the step done last (-1: none). `clock` is the latest completion on the way here.
    """

    __slots__ = ("at", "branches", "clock", "last", "plan", "touched", "waits")

    def __init__(self, plan: ListPlan, clock: Moment | None = None) -> None:
        self.plan = plan
        self.clock = clock
        self.last = -1
        self.at = -1
        self.branches: tuple[Cursor, ...] = ()
        self.touched = False
        self.waits: tuple[Way, ...] = (plan.start,)
        self.settle()

    def settle(self) -> None:
        """Open the parallel that the position has reached."""
        if len(self.waits) == 1 and self.waits[0].target >= 0:
            node = self.plan.nodes[self.waits[0].target]
            if node.branches:
                self.open(self.waits[0].target)

    def open(self, number: int) -> None:
        """Stand at the start of all branches of a parallel."""
        self.at = number
        self.branches = tuple(
            Cursor(branch, self.clock) for branch in self.plan.nodes[number].branches
        )
        self.touched = False

    @property
    def node(self) -> NodePlan:
        """The open parallel."""
        return self.plan.nodes[self.at]

    def joinable(self) -> bool:
        """Whether every branch of the open parallel is done, or the parallel may be left out."""
        if self.node.optional and not self.touched:
            return True
        return all(branch.can_join() for branch in self.branches)

    def ways(self) -> tuple[Way, ...]:
        """The ways open now; none while a parallel is not done."""
        if self.at < 0:
            return self.waits
        return self.node.ways if self.joinable() else ()

    def can_join(self) -> bool:
        """Whether this branch is done."""
        return any(place.target == JOIN for place in closure(self.plan, self.ways()))

    def ends(self) -> set[str]:
        """The ends that are reached, or would be by leaving out what is optional."""
        return {place.end for place in closure(self.plan, self.ways()) if place.target == END}

    def at_end(self) -> bool:
        """Whether nothing can come but the end."""
        return self.only(END)

    def only(self, target: int) -> bool:
        """Whether nothing can come here but that end or join; a parallel's branches are done."""
        ways = self.waits
        if self.at >= 0:
            if self.node.repeatable or not all(branch.only(JOIN) for branch in self.branches):
                return False
            ways = self.node.ways
        return bool(ways) and all(way.target == target for way in ways)

    def latest(self, zone: tzinfo) -> Moment | None:
        """The latest completion on all ways that lead here."""
        latest = self.clock
        for branch in self.branches if self.at >= 0 else ():
            moment = branch.latest(zone)
            if latest is None or (moment is not None and is_before(latest, moment, zone)):
                latest = moment
        return latest

    def tick(self, moment: Moment, zone: tzinfo) -> None:
        """Something was done then; a day alone tells less than a time on that day."""
        if isinstance(self.clock, datetime) and moment == day_of(self.clock, zone):
            return
        self.clock = moment

    def arrive(self, number: int, zone: tzinfo) -> None:
        """Do the step with that number; the ways on are set by whoever knows its option."""
        self.clock = self.latest(zone)
        self.at, self.branches, self.touched = -1, (), False
        self.last = number

    def at_once(self, number: int) -> bool:
        """Whether the step with that number was the last one done here."""
        return self.last == number and not self.touched


class Arrival(msgspec.Struct, frozen=True):
    """A step was reached: in which list, over which ways, and over which items left out."""

    cursor: Cursor
    passed: tuple[Way, ...] = ()
    again: frozenset[str] = frozenset()
    over: tuple[str, ...] = ()


def enter(cursor: Cursor, chain: Chain, zone: tzinfo, depth: int = 0) -> Arrival | None:
    """Go to a step if it may come next; else None, and nothing has changed."""
    number, branch = chain[depth]
    node = cursor.plan.nodes[number]
    leaf = depth + 1 == len(chain)
    if leaf and node.repeatable and cursor.at_once(number):
        cursor.arrive(number, zone)
        return Arrival(cursor)
    if not leaf and cursor.at == number:
        arrival = enter(cursor.branches[branch], chain, zone, depth + 1)
        if arrival is None and node.repeatable and cursor.touched and cursor.joinable():
            arrival = _into(cursor, chain, zone, depth, ())
            if arrival is not None:
                return Arrival(arrival.cursor, arrival.passed, node.work, arrival.over)
        if arrival is not None:
            cursor.touched = True
            return arrival
    for place in closure(cursor.plan, cursor.ways()):
        if place.target == number:
            if not leaf:
                return _into(cursor, chain, zone, depth, place.passed)
            over = _left_out(cursor.plan, place.passed)
            cursor.arrive(number, zone)
            return Arrival(cursor, place.passed, over=over)
    return None


def _left_out(plan: ListPlan, passed: tuple[Way, ...]) -> tuple[str, ...]:
    """The items that were passed over on the way."""
    return tuple(plan.nodes[way.target].id for way in passed[:-1])


def _into(
    cursor: Cursor, chain: Chain, zone: tzinfo, depth: int, passed: tuple[Way, ...]
) -> Arrival | None:
    """Enter a parallel anew and go to a step that can come first in one of its branches."""
    number, branch = chain[depth]
    clock = cursor.latest(zone)
    fresh = tuple(Cursor(plan, clock) for plan in cursor.plan.nodes[number].branches)
    arrival = enter(fresh[branch], chain, zone, depth + 1)
    if arrival is None:
        return None
    cursor.clock, cursor.at, cursor.branches, cursor.touched = clock, number, fresh, True
    over = _left_out(cursor.plan, passed) + arrival.over
    return Arrival(arrival.cursor, passed + arrival.passed, over=over)


def put(cursor: Cursor, chain: Chain, zone: tzinfo, depth: int) -> Cursor:
    """Go to a step wherever it is at or below this list; gives the list that holds it."""
    number, branch = chain[depth]
    if depth + 1 == len(chain):
        cursor.arrive(number, zone)
        return cursor
    cursor.clock = cursor.latest(zone)
    cursor.open(number)
    cursor.touched = True
    return put(cursor.branches[branch], chain, zone, depth + 1)


def innermost(cursor: Cursor, chain: Chain) -> tuple[Cursor, int, tuple[Cursor, ...]]:
    """The innermost open list on the way to a step, its depth, and the lists round it."""
    depth, around = 0, []
    while depth + 1 < len(chain) and cursor.at == chain[depth][0]:
        around.append(cursor)
        cursor = cursor.branches[chain[depth][1]]
        depth += 1
    return cursor, depth, tuple(around)
