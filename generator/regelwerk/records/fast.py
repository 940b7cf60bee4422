"""Tell at once that a record departs from nothing, or leave it to the rules: many records fast.

Nothing is said here. Whatever is not plainly right is in doubt, and `check_record` judges it; what
is called right here has no problem there, which the tests show case by case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from regelwerk.records.due import deadline
from regelwerk.records.evidence import EvidenceState
from regelwerk.records.fast_plan import NOT_NAMED, FastPlan, FastStep, Spans
from regelwerk.records.flow_table import Stand
from regelwerk.records.index import CaseEntry
from regelwerk.records.instant import Instant, Instants, is_earlier
from regelwerk.records.right import Call, Right, is_answer
from regelwerk.records.world import World

_MOST_KEPT = 50_000
_MOST_WAYS = 16
_ALWAYS = (date.min.toordinal(), date.max.toordinal())
_STATUS = frozenset({"open", "on-hold", "closed", "cancelled"})


class _DoubtError(Exception):
    """Something is not plainly right."""


class FastJudge:
    """Judges records by tables that are made once for each definition.

    A record's data have to have passed the schema all records share.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._instants = Instants(world.zone)
        self._people = world.people
        self._today = world.as_of.toordinal()
        self._plans: dict[tuple[str, str], FastPlan | None] = {}
        self._in_force: dict[tuple[str, int], str | None] = {}
        self._deadlines: dict[tuple[Instant, str, str, str], Instant | None] = {}

    def judge(self, data: Mapping[str, Any], file: str) -> Right | None:
        """What makes the record right; None where that is in doubt. `file` is where it stands."""
        try:
            return self._judge(data, file)
        except (_DoubtError, KeyError, TypeError, ValueError, AttributeError):
            return None

    def holds(self, right: Right, cases: Mapping[str, CaseEntry]) -> bool:
        """Whether the called cases are there, closed in time, and ended as the way on demands."""
        ends: list[str | None] = []
        for call in right.calls:
            found = cases.get(call.case)
            if found is None or found.process != call.process or found.status != "closed":
                return False
            done = self._instants.of(call.completed)
            if done is None or found.closed is None:
                return False
            if is_earlier(done, self._instants.at(found.closed)):
                return False
            if call.outcomes:
                known = found.end is None or found.end in call.outcomes
                ends.append(found.end if known else NOT_NAMED)
        return tuple(ends) in right.ends

    def _judge(self, data: Mapping[str, Any], file: str) -> Right | None:
        status = data["status"]
        plan = self._plan(data["process"], data["version"])
        if plan is None or data.get("deviations") or status not in _STATUS:
            return None
        if type(data["steps"]) is not list or _contradicts(data, status):
            return None
        started = self._moment(data["started"])
        if self._version_in_force(plan.process, started[0]) != plan.version:
            return None
        self._heads(data, plan, file)
        walk = _Walk(self, plan, started, file)
        for entry in data["steps"]:
            walk.go(entry)
        if status == "closed":
            walk.after(self._moment(data["closed"]))
            walk.keep(lambda stand: data["end"] in stand.ends)
        else:
            day = self._today
            if status == "cancelled":
                moment = self._moment(data["cancelled"]["on"])
                walk.after(moment)
                day = min(day, moment[0])
            walk.nothing_overdue(day)
        return walk.right()

    def _plan(self, process: str, version: str) -> FastPlan | None:
        key = (process, version)
        if key not in self._plans:
            definitions = self._world.definitions
            if version not in (definitions.versions(process) or ()):
                return None
            compiled = definitions.compiled(process, version)
            self._plans[key] = FastPlan(process, version, compiled) if compiled else None
        return self._plans[key]

    def _version_in_force(self, process: str, day: int) -> str | None:
        key = (process, day)
        if key not in self._in_force:
            if len(self._in_force) >= _MOST_KEPT:
                self._in_force.clear()
            self._in_force[key] = self._world.in_force(process, self._world.as_of.fromordinal(day))
        return self._in_force[key]

    def _heads(self, data: Mapping[str, Any], plan: FastPlan, file: str) -> None:
        if "inputs" in data:
            if not plan.inputs.issuperset(data["inputs"]):
                raise _DoubtError
            self.evidence(data["inputs"].values(), file)
        if "source" in data:
            source = data["source"]
            self.evidence((source,), file)
            if "entered_by" in source:
                self.people(source["entered_by"])
        if "cancelled" in data:
            self.people(data["cancelled"]["by"])

    def _moment(self, text: str) -> Instant:
        """A moment that can be read and is not in the future."""
        found = self._instants.of(text)
        if found is None or found[0] > self._today:
            raise _DoubtError
        return found

    moment = _moment

    def people(self, by: Any) -> tuple[str, ...]:  # noqa: ANN401
        """The ids under `by`, all of whom are known."""
        people = (by,) if type(by) is str else tuple(by)
        for person in people:
            if person not in self._people:
                raise _DoubtError
        return people

    def evidence(self, documents: Any, file: str) -> None:  # noqa: ANN401
        """Every file named is there, and the one that was recorded."""
        for document in documents:
            if "file" in document:
                state = self._world.evidence.state(file, document["file"], document.get("sha256"))
                if state is not EvidenceState.PRESENT:
                    raise _DoubtError

    def spans(self, step: FastStep, person: str, role: str | None) -> Spans:
        """The days, first and last, on which a person held a role responsible for the step."""
        key = (person, role)
        known = step.holders.get(key)
        if known is None:
            known = self._held(step.plan.roles, person, role)
            if len(step.holders) < _MOST_KEPT:
                step.holders[key] = known
        return known

    def _held(self, roles: frozenset[str] | None, person: str, role: str | None) -> Spans:
        if roles is None:
            return (_ALWAYS,)
        if role is not None:
            if role not in roles:
                return ()
            roles = roles & self._world.organization.members(role)
        return tuple(
            (
                holding.since.toordinal() if holding.since is not None else _ALWAYS[0],
                holding.until.toordinal() if holding.until is not None else _ALWAYS[1],
            )
            for holding in self._world.people[person].roles
            if holding.role in roles
        )

    def deadline(self, step: FastStep, base: Instant, plan: FastPlan) -> Instant | None:
        """Until when the step is due, counted from a moment; None: beyond any calendar."""
        key = (base, plan.process, plan.version, step.plan.step.id)
        if key not in self._deadlines:
            if len(self._deadlines) >= _MOST_KEPT:
                self._deadlines.clear()
            last = None
            if step.due is not None:
                last = deadline(base[2], step.due, self._world.calendar, self._world.zone)
            self._deadlines[key] = self._instants.at(last) if last is not None else None
        return self._deadlines[key]

    def not_kept_here(self, process: str, *days: int) -> bool:
        """Whether a called process had no version in force on one of these days."""
        return any(self._version_in_force(process, day) is None for day in days)


class _Walk:
    """One case on its way through the flow: where it may stand, and what is remembered of it."""

    __slots__ = (
        "calls",
        "day",
        "done",
        "file",
        "judge",
        "numbers",
        "plan",
        "second",
        "stands",
        "started",
    )

    def __init__(self, judge: FastJudge, plan: FastPlan, started: Instant, file: str) -> None:
        self.judge = judge
        self.plan = plan
        self.file = file
        self.started = started
        self.day = started[0]
        self.second = started[1]
        # Where the case stands, by the ends of the cases called so far; mostly a single place.
        self.stands: list[tuple[Stand, tuple[str | None, ...]]] = [(plan.flow.start, ())]
        self.calls: list[Call] = []
        self.done: dict[str, tuple[tuple[str, ...], Instant]] = {}
        self.numbers: set[type] = set()

    def go(self, entry: Mapping[str, Any]) -> None:
        """Judge one entry and move on."""
        judge, name = self.judge, entry["step"]
        step = self.plan.steps[name]
        completed = judge.moment(entry["completed"])
        if "started" in entry:
            self._begun(judge.moment(entry["started"]), completed)
        self.after(completed)
        people = judge.people(entry["by"])
        day, role = completed[0], entry.get("role")
        for person in people:
            for first, last in judge.spans(step, person, role):
                if first <= day <= last:
                    break
            else:
                raise _DoubtError
        self._contents(entry, step)
        self._move(name, entry, step, completed)
        if self.plan.remembers:
            self._look_back(step, people, completed)
            self.done[name] = (people, completed)

    def after(self, moment: Instant) -> None:
        """Nothing that came before is later than this moment."""
        day, second, _ = moment
        if day < self.day:
            raise _DoubtError
        self.day = day
        if second is not None:
            if self.second is not None and second < self.second:
                raise _DoubtError
            self.second = second

    def _begun(self, begun: Instant, completed: Instant) -> None:
        if is_earlier(completed, begun) or is_earlier(begun, self.started):
            raise _DoubtError

    def _contents(self, entry: Mapping[str, Any], step: FastStep) -> None:
        checks = entry.get("checks")
        if step.checks != (checks.keys() if checks is not None else frozenset()):
            raise _DoubtError
        outputs = entry.get("outputs")
        if outputs is None:
            if step.outputs:
                raise _DoubtError
        else:
            if step.outputs != outputs.keys():
                raise _DoubtError
            self.judge.evidence(outputs.values(), self.file)
        self._fields(entry, step)

    def _fields(self, entry: Mapping[str, Any], step: FastStep) -> None:
        fields = entry.get("fields")
        if fields is None:
            if step.required:
                raise _DoubtError
            return
        if not step.required <= fields.keys():
            raise _DoubtError
        for id_, value in fields.items():
            if not is_answer(step.fields[id_], value):
                raise _DoubtError
            if type(value) is not str:
                self.numbers.add(type(value))

    def _move(
        self, name: str, entry: Mapping[str, Any], step: FastStep, completed: Instant
    ) -> None:
        option = entry.get("option")
        if (option not in step.options) if step.options is not None else ("option" in entry):
            raise _DoubtError
        if step.is_call:
            ends = self._call(entry, step, completed)
            if len(ends) > 1:
                self._part(name, option, ends)
                return
        elif "called_case" in entry:
            raise _DoubtError
        move, flow = (name, option, None), self.plan.flow
        if len(self.stands) == 1:
            stand, known = self.stands[0]
            found = stand.moves.get(move) or flow.move(stand, move)
            if found is None:
                raise _DoubtError
            self.stands = [(found, known)]
            return
        self._stand_at(
            (found, known)
            for stand, known in self.stands
            if (found := flow.move(stand, move)) is not None
        )

    def _part(self, name: str, option: str | None, ends: tuple[str | None, ...]) -> None:
        """The way on depends on how the called case has ended, which is not known yet."""
        self._stand_at(
            (found, (*known, end))
            for stand, known in self.stands
            for end in ends
            if (found := self.plan.flow.move(stand, (name, option, end))) is not None
        )

    def _stand_at(self, stands: Iterable[tuple[Stand, tuple[str | None, ...]]]) -> None:
        self.stands = list(stands)
        if not 0 < len(self.stands) <= _MOST_WAYS:
            raise _DoubtError

    def _call(
        self, entry: Mapping[str, Any], step: FastStep, completed: Instant
    ) -> tuple[str | None, ...]:
        """The ends with which the called case may have ended."""
        called, calls = entry.get("called_case"), step.calls
        if calls is None:
            return (None,)
        if type(called) is not str:
            if self.judge.not_kept_here(calls.process, self.started[0], completed[0]):
                return (None,)
            raise _DoubtError
        self.calls.append(Call(called, calls.process, entry["completed"], step.outcomes))
        return step.outcomes or (None,)

    def _look_back(self, step: FastStep, people: tuple[str, ...], completed: Instant) -> None:
        for other in step.apart:
            if other in self.done and not set(people).isdisjoint(self.done[other][0]):
                raise _DoubtError
        base = self._due_from(step)
        if base is not None:
            last = self.judge.deadline(step, base, self.plan)
            if last is not None and is_earlier(last, completed):
                raise _DoubtError

    def _due_from(self, step: FastStep) -> Instant | None:
        if step.due is None:
            return None
        if step.due_after == "start" and "start" not in self.done:
            return self.started
        return self.done[step.due_after][1] if step.due_after in self.done else None

    def keep(self, fits: Any) -> None:  # noqa: ANN401
        """Only the places that fit."""
        self.stands = [pair for pair in self.stands if fits(pair[0])]

    def nothing_overdue(self, today: int) -> None:
        """No step that has to come next should have been done by today."""
        if not self.plan.remembers:
            return
        for stand, _ in self.stands:
            for name in stand.expected:
                step = self.plan.steps[name]
                base = self._due_from(step)
                last = self.judge.deadline(step, base, self.plan) if base is not None else None
                if last is not None and last[0] < today:
                    raise _DoubtError

    def right(self) -> Right | None:
        """What the record rests on; None where it stands nowhere."""
        if not self.stands:
            return None
        ends = frozenset(known for _, known in self.stands) if self.calls else frozenset()
        return Right(tuple(self.calls), ends, frozenset(self.numbers))


def _contradicts(data: Mapping[str, Any], status: str) -> bool:
    """Whether the record says when it was closed or cancelled though it is not."""
    return (status != "closed" and "closed" in data) or (
        status != "cancelled" and "cancelled" in data
    )
