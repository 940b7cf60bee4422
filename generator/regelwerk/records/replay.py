"""Replay a case against its definition: the seven rules of the format, in their order.

The verdict on rule 6 ("comes later in this pass") is kept open until the step comes, the pass
ends or the record does; only then is it known whether steps were skipped (rule 7).
"""

from __future__ import annotations

from datetime import date, tzinfo
from difflib import get_close_matches

import msgspec

from regelwerk.model.case import Case, Entry
from regelwerk.model.moment import day_of
from regelwerk.records import words
from regelwerk.records.ahead import before, leads_to, left_out, next_steps, remaining
from regelwerk.records.choice import Choice, EndOfCall, choose, others
from regelwerk.records.cursor import Arrival, Cursor, enter, innermost, put
from regelwerk.records.finding import Finding
from regelwerk.records.loops import Loops
from regelwerk.records.tables import LOST, Compiled, ListKey, StepPlan, Way
from regelwerk.records.visit import How, Visit


class Replayed(msgspec.Struct, frozen=True):
    """The entries judged, the departures in their order, and where the case stands.

    `ends` are the ends reached (several only where an option is not known). `lost`: the definition
    itself leads nowhere, so nothing is said of the rest. `expected` are the steps that have to be
    done next, `possible` all that may.
    """

    visits: tuple[Visit, ...]
    findings: tuple[Finding, ...]
    ends: frozenset[str]
    lost: bool
    expected: frozenset[str]
    possible: frozenset[str] = frozenset()


def replay(
    case: Case, compiled: Compiled, zone: tzinfo, as_of: date, end_of_call: EndOfCall
) -> Replayed:
    """Judge the order of a case's entries; times after `as_of` are not relied on."""
    player = Player(case, compiled, zone, as_of, end_of_call)
    for entry in case.entries:
        player.play(entry)
    player.settle_open(())
    return Replayed(
        visits=tuple(player.visits),
        findings=tuple(player.findings),
        ends=frozenset(player.root.ends()),
        lost=player.lost,
        expected=frozenset() if player.lost else frozenset(next_steps(player.root, certain=True)),
        possible=frozenset() if player.lost else frozenset(next_steps(player.root)),
    )


class _Open(msgspec.Struct):
    """Steps passed over at a visit: `awaited` may yet come late, else `steps` were skipped."""

    visit: Visit
    awaited: set[str]
    steps: tuple[str, ...]
    key: ListKey


class Player:
    """Plays the entries of a case one by one; `root` is where it stands after the last."""

    def __init__(
        self,
        case: Case,
        compiled: Compiled,
        zone: tzinfo,
        as_of: date,
        end_of_call: EndOfCall,
    ) -> None:
        self.case = case
        self.compiled = compiled
        self.zone = zone
        self.as_of = as_of
        self.end_of_call = end_of_call
        self.root = Cursor(compiled.root)
        self.loops = Loops(compiled.steps)
        self.done: set[str] = set()
        self.missing: set[str] = set()
        self.open: list[_Open] = []
        self.visits: list[Visit] = []
        self.findings: list[Finding] = []
        self.chosen: dict[str, Way | None] = {}
        self.lost = False
        self.after_end = False
        self.passed_over: dict[str, int] = {}

    def play(self, entry: Entry) -> None:
        """Judge one entry and move on."""
        plan = self.compiled.steps.get(entry.step)
        visit = Visit(entry=entry, plan=plan)
        self.visits.append(visit)
        if plan is None:
            visit.how = How.UNKNOWN
            self._say(visit, "record/unknown-step", *words.unknown_step(entry, self.compiled))
            self._misspelt(visit)
            return
        if self.after_end:
            visit.how = How.AFTER
            return
        choice = choose(plan, entry, self.end_of_call)
        if self.lost:
            visit.how = How.ASIDE
        else:
            arrival = enter(self.root, plan.chain, self.zone)
            if arrival is not None:
                self._arrived(visit, plan, choice, arrival)
            else:
                self._unexpected(visit, plan, choice)
        if choice.fault and visit.how is not How.AFTER:
            path = entry.at if entry.option is None else (*entry.at, "option")
            self._say(visit, choice.fault, *words.no_option(entry, plan, self.compiled), path=path)

    def _misspelt(self, visit: Visit) -> None:
        """What is plainly the next step misspelt moves the case on: one cause, one finding."""
        entry = visit.entry
        expected = () if self.lost or self.after_end else sorted(next_steps(self.root))
        meant = next(iter(get_close_matches(entry.step, expected, n=1, cutoff=0.8)), None)
        if meant is None or meant in {later.step for later in self.case.entries[entry.index :]}:
            return
        plan = self.compiled.steps[meant]
        arrival = enter(self.root, plan.chain, self.zone)
        if arrival is not None:
            visit.skipped = (meant,)
            self._arrived(visit, plan, choose(plan, entry, self.end_of_call), arrival)

    def _unexpected(self, visit: Visit, plan: StepPlan, choice: Choice) -> None:
        step = visit.entry.step
        late = [waiting for waiting in self.open if step in waiting.awaited]
        if late:
            self.open = [waiting for waiting in self.open if waiting not in late]
            self._out_of_order(visit, plan, late[0].visit.entry.step)
            return
        if step in self.missing:
            self.missing.discard(step)
            self._aside(visit)
            return
        if self.root.at_end():
            self.after_end = True
            visit.how = How.AFTER
            end = min(self.root.ends())
            self._say(visit, "record/after-end", *words.after_end(visit.entry, end, self.compiled))
            return
        cursor, depth, around = innermost(self.root, plan.chain)
        number = plan.chain[depth][0]
        if cursor.at >= 0 and not cursor.joinable():
            ways = leads_to(cursor.plan, tuple(w for w in cursor.node.ways if not w.back), number)
            if ways:
                self._incomplete(visit, plan, choice, (cursor, depth), around, ways)
                return
        if self._other_option(visit, plan, choice, cursor, depth, around):
            return
        if step in self.done and not plan.step.repeatable:
            self._repeated(visit, plan, choice, cursor, number)
            return
        ways = leads_to(cursor.plan, cursor.ways(), number)
        if not ways:
            before = cursor.plan.nodes[cursor.last].id if cursor.last >= 0 else None
            self._out_of_order(visit, plan, before)
            return
        self._ahead(visit, plan, choice, (cursor, depth), around, ways)

    def _incomplete(
        self,
        visit: Visit,
        plan: StepPlan,
        choice: Choice,
        place: tuple[Cursor, int],
        around: tuple[Cursor, ...],
        ways: tuple[Way, ...],
    ) -> None:
        cursor, depth = place
        node = cursor.node
        onward, _ = left_out(cursor.plan, ways, plan.chain, depth)
        visit.skipped = visit.passed = (*remaining(cursor), *onward)
        self.missing |= (node.work - self.done) | set(onward)
        message = words.incomplete(visit.entry, node.id, visit.skipped, self.compiled)
        self._say(visit, "record/parallel-incomplete", *message)
        self._go_on(visit, plan, choice, place, around)

    def _other_option(
        self,
        visit: Visit,
        plan: StepPlan,
        choice: Choice,
        cursor: Cursor,
        depth: int,
        around: tuple[Cursor, ...],
    ) -> bool:
        if cursor.last < 0 or cursor.touched:
            return False
        decided = self.compiled.steps.get(cursor.plan.nodes[cursor.last].id)
        taken = self.chosen.get(decided.step.id) if decided is not None else None
        if decided is None or taken is None:
            return False
        kept = (cursor.waits, cursor.at, cursor.branches)
        for way in others(decided, taken):
            cursor.waits, cursor.at, cursor.branches = (way,), -1, ()
            arrival = enter(cursor, plan.chain, self.zone, depth)
            if arrival is not None:
                message = words.contradiction(visit.entry, decided, taken, way, self.compiled)
                self._say(visit, "record/branch-contradicts-decision", *message)
                _touch(around)
                self._arrived(visit, plan, choice, arrival)
                return True
        cursor.waits, cursor.at, cursor.branches = kept
        return False

    def _repeated(
        self, visit: Visit, plan: StepPlan, choice: Choice, cursor: Cursor, number: int
    ) -> None:
        step = visit.entry.step
        before = (one.entry for one in reversed(self.visits[:-1]) if one.entry.step == step)
        message = words.repeated(visit.entry, next(before, None), self.compiled)
        self._aside(visit, "record/repeated-step", message)
        if choice.ways and (plan.options or plan.outcomes) and cursor.at_once(number):
            previous = self.chosen.get(visit.entry.step)
            if previous is not None:
                self.loops.take_back(visit.entry.step, previous.label)
            cursor.arrive(number, self.zone)
            self._leave(visit, plan, choice, cursor)

    def _ahead(
        self,
        visit: Visit,
        plan: StepPlan,
        choice: Choice,
        place: tuple[Cursor, int],
        around: tuple[Cursor, ...],
        ways: tuple[Way, ...],
    ) -> None:
        cursor, depth = place
        awaited = before(cursor, plan.chain, depth)
        steps, first = left_out(cursor.plan, ways, plan.chain, depth)
        waiting = _Open(visit, awaited, steps, cursor.plan.key)
        visit.passed = steps
        if first is not None and first.back:
            self._reset(first)
        if choice.leads_back:
            self._skipped(waiting)
        else:
            self.open.append(waiting)
        self._go_on(visit, plan, choice, place, around)

    def _go_on(
        self,
        visit: Visit,
        plan: StepPlan,
        choice: Choice,
        place: tuple[Cursor, int],
        around: tuple[Cursor, ...],
    ) -> None:
        _touch(around)
        cursor, depth = place
        self._arrived(visit, plan, choice, Arrival(put(cursor, plan.chain, self.zone, depth)))

    def _arrived(self, visit: Visit, plan: StepPlan, choice: Choice, arrival: Arrival) -> None:
        """The case now stands at the step."""
        if arrival.again:
            self.done -= arrival.again
            self.missing -= arrival.again
            self.loops.entered_anew(arrival.again)
        for way in arrival.passed:
            if way.back:
                self._reset(way)
        visit.earlier = arrival.cursor.clock
        visit.optional = arrival.over
        self._leave(visit, plan, choice, arrival.cursor)

    def _leave(self, visit: Visit, plan: StepPlan, choice: Choice, cursor: Cursor) -> None:
        """The ways on from the step just done."""
        entry, step = visit.entry, plan.step.id
        self.done.add(step)
        self.missing.discard(step)
        if entry.completed is not None and day_of(entry.completed, self.zone) <= self.as_of:
            cursor.tick(entry.completed, self.zone)
        self.chosen[step] = choice.taken
        cursor.waits = choice.ways
        if not choice.ways or any(way.target == LOST for way in choice.ways):
            self.lost = True
            return
        if choice.taken is not None and choice.taken.kind == "option":
            most = self.loops.choose(step, choice.taken.label)
            if most is not None:
                message = words.loop_limit(entry, plan, most, self.compiled)
                self._say(visit, "record/loop-limit", *message)
        if len(choice.ways) == 1 and choice.ways[0].back:
            self._reset(choice.ways[0])
        cursor.settle()

    def _reset(self, way: Way) -> None:
        """A pass ends: the step led back to and all after it count as not done."""
        self.settle_open(way.key)
        self.done -= way.resets
        self.missing -= way.resets
        self.loops.led_back(way)

    def settle_open(self, key: ListKey) -> None:
        """In that list and those within, what has not come by now was skipped."""
        for waiting in self.open:
            if waiting.key[: len(key)] == key:
                self._skipped(waiting)
        self.open = [waiting for waiting in self.open if waiting.key[: len(key)] != key]

    def _skipped(self, waiting: _Open) -> None:
        waiting.visit.skipped = waiting.steps
        entry = waiting.visit.entry
        for step in waiting.steps:
            self.passed_over[step] = self.passed_over.get(step, 0) + 1
            earlier = sum(
                visit.entry.step == step and visit.entry.index < entry.index
                for visit in self.visits
            )
            message, hint = words.skipped(step, entry, self.compiled)
            self.findings.append(
                Finding(
                    code="record/skipped-step",
                    path=entry.at,
                    message=message,
                    hint=hint,
                    step=step,
                    occurrence=earlier + self.passed_over[step],
                )
            )

    def _out_of_order(self, visit: Visit, plan: StepPlan, before: str | None) -> None:
        message = words.order(visit.entry, plan, before, self.compiled)
        self._aside(visit, "record/order", message)

    def _aside(self, visit: Visit, code: str = "", message: tuple[str, str] | None = None) -> None:
        visit.how = How.ASIDE
        self.done.add(visit.entry.step)
        if message is not None:
            self._say(visit, code, *message)

    def _say(
        self,
        visit: Visit,
        code: str,
        message: str,
        hint: str = "",
        path: tuple[str | int, ...] | None = None,
    ) -> None:
        entry = visit.entry
        self.findings.append(
            Finding(
                code=code,
                path=entry.at if path is None else path,
                message=message,
                hint=hint,
                step=entry.step,
                occurrence=entry.occurrence,
                by=entry.people,
            )
        )


def _touch(around: tuple[Cursor, ...]) -> None:
    for cursor in around:
        cursor.touched = True
