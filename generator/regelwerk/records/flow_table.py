"""Where cases stand that have departed from nothing so far, as a table that the replay fills.

A finite automaton over what was done (step, option, end of the called case). A move that is not in
the table yet is asked of the replay itself, with the case that leads there; so the two agree.
"""

from __future__ import annotations

from typing import Any

from regelwerk.model.case import Case, Entry
from regelwerk.records.ahead import next_steps
from regelwerk.records.cursor import Cursor
from regelwerk.records.replay import Player
from regelwerk.records.tables import Compiled, StepPlan
from regelwerk.records.visit import How

# What was done: the step, its option, and the end of the case it called (None: not known).
Move = tuple[str, str | None, str | None]

_MOST_PLACES = 20_000


class Stand:
    """Where a case stands: its moves on, the ends it has reached, the steps to be done next."""

    __slots__ = ("ends", "expected", "moves", "way")

    def __init__(
        self, way: tuple[Move, ...], ends: frozenset[str], expected: frozenset[str]
    ) -> None:
        self.way = way
        self.ends = ends
        self.expected = expected
        self.moves: dict[Move, Stand | None] = {}


class FlowTable:
    """The table of one definition; it grows with what the cases do, up to a limit."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._stands: dict[Any, Stand] = {}
        self.start = Stand((), *_outlook(self._play(())))

    def move(self, stand: Stand, move: Move) -> Stand | None:
        """Where the move leads; None where it is a departure, or the table is full."""
        try:
            return stand.moves[move]
        except KeyError:
            found = stand.moves[move] = self._ask(stand, move)
            return found

    def _ask(self, stand: Stand, move: Move) -> Stand | None:
        way = (*stand.way, move)
        player = self._play(way)
        present = _documents(player, self._compiled)
        if present is None or not _fits(player):
            return None
        key = (_snapshot(player.root), player.loops.counted(), present)
        if key not in self._stands:
            if len(self._stands) >= _MOST_PLACES:
                return None
            self._stands[key] = Stand(way, *_outlook(player))
        return self._stands[key]

    def _play(self, way: tuple[Move, ...]) -> Player:
        compiled = self._compiled
        entries = tuple(
            Entry(index=n, at=("steps", n), step=step, occurrence=1, option=option, called=end)
            for n, (step, option, end) in enumerate(way)
        )
        case = Case(entries=entries)
        player = Player(case, compiled, compiled.zone, _NO_DAY, _end_of_call)
        for entry in entries:
            player.play(entry)
        return player


_NO_DAY: Any = None  # entries without a time are never compared with the day


def _end_of_call(_plan: StepPlan, entry: Entry) -> str | None:
    return entry.called


def _outlook(player: Player) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(player.root.ends()), frozenset(next_steps(player.root, certain=True))


def _fits(player: Player) -> bool:
    """Whether nothing has been said, nor may yet be said of what was done."""
    if player.findings or player.open or player.lost or player.after_end:
        return False
    return all(visit.how is How.ON and not visit.skipped for visit in player.visits)


def _documents(player: Player, compiled: Compiled) -> frozenset[str] | None:
    """The documents that are there now; None where a step was done before one that it needs."""
    present = {use.document for use in compiled.process.inputs}
    for visit in player.visits:
        if visit.plan is None or not present.issuperset(visit.plan.step.inputs):
            return None
        present.update(visit.plan.step.outputs)
    return frozenset(present)


def _snapshot(cursor: Cursor) -> tuple[Any, ...]:
    """Everything by which the place in a list, and in the lists below it, is told from others."""
    return (
        tuple(map(id, cursor.waits)),
        cursor.at,
        cursor.touched,
        cursor.last,
        tuple(map(_snapshot, cursor.branches)),
    )
