"""The courses that cases take: what a sequence of steps means for the rules, found out once.

Whether a sequence departs from the flow, where it ends, who has to differ from whom and what is due
from when follows from the steps and options alone; only people and days differ from case to case.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from regelwerk.records.flow_table import FlowTable, Move, Stand

if TYPE_CHECKING:
    from regelwerk.records.fast_plan import FastStep

_MOST_WAYS = 16

# The ends of the cases called so far, None where an end is not known.
Ends = tuple[str | None, ...]


class Done:
    """A step that was done, with its option; `calls`: with a case kept here that it called.

    There is one for each, so that a course is compared by identity.
    """

    __slots__ = ("calls", "option", "step")

    def __init__(self, step: FastStep, option: str | None = None, *, calls: bool = False) -> None:
        self.step = step
        self.option = option
        self.calls = calls


class Course(msgspec.Struct, frozen=True):
    """A sequence of steps that departs from nothing; entries are counted from 1, the start is 0.

    `stands` are the ends reached, by the ends of the cases called. `apart`: two entries that need
    different people. `due`: an entry, and the one from which its time is counted. `waiting`: the
    same of the steps that have to be done next.
    """

    stands: tuple[tuple[frozenset[str], Ends], ...]
    apart: tuple[tuple[int, int], ...]
    due: tuple[tuple[int, int, FastStep], ...]
    waiting: tuple[tuple[int, FastStep], ...]


def find_course(flow: FlowTable, steps: dict[str, FastStep], way: Iterable[Done]) -> Course | None:
    """The course of a sequence; None where it departs from the flow, or that is not sure."""
    stands: list[tuple[Stand, Ends]] = [(flow.start, ())]
    places: dict[str, int] = {}
    apart: list[tuple[int, int]] = []
    due: list[tuple[int, int, FastStep]] = []
    for number, done in enumerate(way, 1):
        step = done.step
        stands = _moved(flow, stands, done)
        if not 0 < len(stands) <= _MOST_WAYS:
            return None
        apart += [(number, places[other]) for other in step.apart if other in places]
        base = _due_from(step, places)
        if base is not None:
            due.append((number, base, step))
        places[step.id] = number
    waiting = {
        (base, id_): (base, steps[id_])
        for stand, _ in stands
        for id_ in stand.expected
        if (base := _due_from(steps[id_], places)) is not None
    }
    reached = tuple((stand.ends, ends) for stand, ends in stands)
    return Course(reached, tuple(apart), tuple(due), tuple(waiting.values()))


def _moved(
    flow: FlowTable, stands: list[tuple[Stand, Ends]], done: Done
) -> list[tuple[Stand, Ends]]:
    """Where the step leads from each place; the way on may depend on how a called case ended."""
    moves: list[tuple[Move, Ends]] = [((done.step.id, done.option, None), ())]
    if done.calls and done.step.outcomes:
        moves = [((done.step.id, done.option, end), (end,)) for end in done.step.outcomes]
    return [
        (found, known + end)
        for stand, known in stands
        for move, end in moves
        if (found := flow.move(stand, move)) is not None
    ]


def _due_from(step: FastStep, places: dict[str, int]) -> int | None:
    if step.due is None:
        return None
    if step.due_after == "start" and "start" not in places:
        return 0
    return places.get(step.due_after)
