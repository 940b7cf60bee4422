"""Tell at once that a record departs from nothing, or leave it to the rules: many records fast.

Nothing is said here. Whatever is not plainly right is in doubt, and `check_record` judges it; what
is called right here has no problem there, which the tests show case by case.

A record is read by a type made from its definition (`record_types`), which vouches for keys, values
and answers; its course through the flow is looked up (`courses`, filled by the replay itself). Left
to compare are people and days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from regelwerk.model.moment import parse_moment
from regelwerk.records.courses import Course, Done, find_course
from regelwerk.records.due import deadline
from regelwerk.records.evidence import EvidenceState
from regelwerk.records.fast_plan import NOT_NAMED, FastPlan, FastStep, Spans
from regelwerk.records.index import CaseEntry
from regelwerk.records.instant import Instant, Instants, is_earlier
from regelwerk.records.plans import FastPlans
from regelwerk.records.record_types import NOTHING, EvidenceRead, SourceRead
from regelwerk.records.right import Call, Right
from regelwerk.records.world import World

_MOST_KEPT = 20_000
_MOST_COURSES = 5_000
_LONGEST_KEPT = 200  # steps of a course
_ALWAYS = (1, 9_999_999)
_NEVER = (1, 0)
_RIGHT = Right()
_RIGHT_WITH_NUMBERS = Right(numbers=True)

_CASE = re.compile(
    r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z))[a-z0-9][a-z0-9._-]{0,63}",
    re.ASCII | re.IGNORECASE,
)
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_URL = re.compile(r"https?://[!-~]+")


class _DoubtError(Exception):
    """Something is not plainly right."""


_DOUBTS = (_DoubtError, KeyError, ValueError, OverflowError)


class FastJudge:
    """Reads and judges records by tables that are made once for each definition."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._instants = Instants(world.zone)
        self._people = world.people
        self._today = world.as_of.toordinal()
        self._plans = FastPlans(world.definitions)
        self._courses: dict[tuple[Any, ...], Course | None] = {}
        self._in_force: dict[tuple[str, int], str | None] = {}
        self._deadlines: dict[tuple[FastStep, Instant | int], Instant | None] = {}

    def read(self, content: bytes) -> Any:  # noqa: ANN401 - a record's type is made at run time
        """A record in JSON as its definition wants it; None where that is in doubt.

        Of a key given twice the last value is read; whoever calls has to notice.
        """
        return self._plans.read(content)

    def judge(self, record: Any, file: str) -> Right | None:  # noqa: ANN401
        """What makes a record that was read right; None where that is in doubt.

        `file` is where it stands. Its texts must hold no unusual blanks or control characters.
        """
        try:
            return self._judge(record, record.plan, file)
        except _DOUBTS:
            return None

    def holds(self, right: Right, cases: Mapping[str, CaseEntry]) -> bool:
        """Whether the called cases are there, closed in time, and ended as the way on demands."""
        ends: list[str | None] = []
        for call in right.calls:
            found = cases.get(call.case)
            if found is None or found.process != call.process or found.status != "closed":
                return False
            if found.closed is None:
                return False
            if is_earlier(self._instants.of(call.completed), self._instants.at(found.closed)):
                return False
            if call.outcomes:
                known = found.end is None or found.end in call.outcomes
                ends.append(found.end if known else NOT_NAMED)
        return tuple(ends) in right.ends

    def _judge(self, record: Any, plan: FastPlan, file: str) -> Right:  # noqa: ANN401
        steps, days, read = record.steps, self._instants.days, self._instants.of
        started = self._moment(record.started)
        if self._version_in_force(plan.process, started[0]) != plan.version:
            raise _DoubtError
        self._head(record, plan, file)
        moments = [days.get(entry.completed) or read(entry.completed) for entry in steps]
        moments.insert(0, started)
        on = [moment[0] for moment in moments]
        micros = [moment[1] for moment in moments if moment[1] is not None]
        if on != sorted(on) or micros != sorted(micros):
            raise _DoubtError
        plans = [entry.plan for entry in steps]
        for entry, step, moment in zip(steps, plans, moments[1:], strict=True):
            first, last = step.longest.get(entry.by, _NEVER)
            if (
                not first <= moment[0] <= last
                or entry.role is not UNSET
                or entry.started is not UNSET
                or entry.remarks[0] <= " "
            ):
                self._person(entry, moment, started)
        way = [
            step.done or self._contents(entry, step, record, file)
            for entry, step in zip(steps, plans, strict=True)
        ]
        course = self._course(plan, tuple(way))
        latest = (on[-1], micros[-1] if micros else None)
        stands = self._stands(record, course, moments, latest)
        self._look_back(record, course, moments)
        if plan.calls:
            calls = tuple(_calls(record))
            return Right(calls, frozenset(stands) if calls else frozenset(), plan.numbers)
        return _RIGHT_WITH_NUMBERS if plan.numbers else _RIGHT

    def _look_back(self, record: Any, course: Course, moments: list[Instant]) -> None:  # noqa: ANN401
        """Nobody did two steps that need different people, and nothing was done too late."""
        for one, other in course.apart:
            if not _differ(record.steps[one - 1].by, record.steps[other - 1].by):
                raise _DoubtError
        for number, base, step in course.due:
            limit = self._deadline(step, moments[base], record, base)
            if limit is not None and is_earlier(limit, moments[number]):
                raise _DoubtError

    def _stands(
        self,
        record: Any,  # noqa: ANN401
        course: Course,
        moments: list[Instant],
        latest: Instant,
    ) -> list[tuple[str | None, ...]]:
        """The ends of called cases with which the record's own end, or its waiting, is right."""
        today = self._today
        stands = course.stands
        if record.status == "closed":
            closed = self._moment(record.closed)
            if _precedes(closed, latest):
                raise _DoubtError
            stands = tuple(one for one in stands if record.end in one[0])
            if not stands:
                raise _DoubtError
        else:
            if latest[0] > today:
                raise _DoubtError
            if record.status == "cancelled":
                cancelled = self._moment(record.cancelled.on)
                if cancelled[1] is not None or _precedes(cancelled, latest):
                    raise _DoubtError
                today = min(today, cancelled[0])
            for base, step in course.waiting:
                limit = self._deadline(step, moments[base], record, base)
                if limit is not None and limit[0] < today:
                    raise _DoubtError
        return [ends for _, ends in stands]

    def _version_in_force(self, process: str, day: int) -> str | None:
        key = (process, day)
        if key not in self._in_force:
            if len(self._in_force) >= _MOST_KEPT:
                self._in_force.clear()
            self._in_force[key] = self._world.in_force(process, self._world.as_of.fromordinal(day))
        return self._in_force[key]

    def _head(self, record: Any, plan: FastPlan, file: str) -> None:  # noqa: ANN401
        is_closed, is_cancelled = record.status == "closed", record.status == "cancelled"
        if (record.closed is UNSET) is is_closed or (record.end is UNSET) is is_closed:
            raise _DoubtError
        if (record.cancelled is UNSET) is is_cancelled or not _CASE.fullmatch(record.case):
            raise _DoubtError
        if not _is_seen(record.subject) or not record.subject.isprintable():
            raise _DoubtError
        if is_cancelled:
            cancelled = record.cancelled
            if cancelled.by not in self._people or not _is_seen(cancelled.reason):
                raise _DoubtError
        if record.inputs is not UNSET:
            for name in plan.inputs:
                evidence = getattr(record.inputs, name)
                if evidence is not UNSET:
                    self._evidence(evidence, file)
        if record.source is not UNSET:
            self._source(record.source, file)

    def _source(self, source: SourceRead, file: str) -> None:
        if source.file is not UNSET:
            self._file(source.file, source.sha256, file)
        elif source.sha256 is not UNSET:
            raise _DoubtError
        if source.entered_by is not UNSET and source.entered_by not in self._people:
            raise _DoubtError

    def _moment(self, text: str) -> Instant:
        """A moment that can be read and is not in the future."""
        found = self._instants.of(text)
        if found[0] > self._today:
            raise _DoubtError
        return found

    def _person(self, entry: Any, moment: Instant, started: Instant) -> None:  # noqa: ANN401
        """Who did it was allowed to on that day, and began it neither too early nor too late."""
        if not _is_seen(entry.remarks):
            raise _DoubtError
        role = None if entry.role is UNSET else entry.role
        for person in _people(entry.by):
            spans = self._spans(entry.plan, person, role)
            if not any(first <= moment[0] <= last for first, last in spans):
                raise _DoubtError
        if entry.started is not UNSET:
            begun = self._instants.of(entry.started)
            if is_earlier(moment, begun) or is_earlier(begun, started) or begun[0] > self._today:
                raise _DoubtError

    def _spans(self, step: FastStep, person: str, role: str | None) -> Spans:
        """The days, first and last, on which a person held a role responsible for the step."""
        known = step.holders.get((person, role))
        if known is None:
            known = self._held(step.roles, person, role)
            if len(step.holders) < _MOST_KEPT:
                step.holders[person, role] = known
                if known and role is None:
                    step.longest[person] = max(known, key=lambda span: span[1] - span[0])
        return known

    def _held(self, roles: frozenset[str] | None, person: str, role: str | None) -> Spans:
        holdings = self._people[person].roles
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
            for holding in holdings
            if holding.role in roles
        )

    def _contents(self, entry: Any, step: FastStep, record: Any, file: str) -> Done:  # noqa: ANN401
        """What was done, for the course; its values and evidence are as they should be."""
        if step.values and entry.fields is not UNSET:
            self._values(entry.fields, step)
        for output in step.outputs:
            self._evidence(getattr(entry.outputs, output), file)
        if step.options:
            return step.options[entry.option]
        return self._called(entry, record) if step.is_call else step.plain

    def _called(self, entry: Any, record: Any) -> Done:  # noqa: ANN401
        """What was done where a step calls another process."""
        step, called = entry.plan, entry.called_case
        if type(called) is str:
            return step.called if step.calls is not None else step.plain  # type: ignore[no-any-return]
        if called is not UNSET and not _is_seen(called.reference):
            raise _DoubtError
        if step.calls is None:
            return step.plain  # type: ignore[no-any-return]
        for text in (record.started, entry.completed):
            if self._version_in_force(step.calls.process, self._moment(text)[0]) is None:
                return step.plain  # type: ignore[no-any-return]
        raise _DoubtError

    def _values(self, fields: Any, step: FastStep) -> None:  # noqa: ANN401
        """Dates are real days, numbers are short and plainly written, texts are not blank."""
        for name in step.texts:
            text = getattr(fields, name)
            if text is not UNSET and text[0] <= " ":
                raise _DoubtError
        for name in step.numbers:
            number = getattr(fields, name)
            if number is not UNSET and not _NUMBER.fullmatch(number):
                raise _DoubtError
        for name in step.dates:
            date = getattr(fields, name)
            if date is not UNSET and self._instants.of(date)[1] is not None:
                raise _DoubtError

    def _evidence(self, evidence: EvidenceRead, file: str) -> None:
        """Either a reference, or a file that is there and is the one that was recorded."""
        if evidence.reference is not UNSET:
            if evidence.file is not UNSET or evidence.sha256 is not UNSET:
                raise _DoubtError
            if evidence.reference[0] <= " " or evidence.system[0] <= " ":
                raise _DoubtError
            if evidence.url is not UNSET and not _URL.fullmatch(evidence.url):
                raise _DoubtError
            if not evidence.system.isprintable():
                raise _DoubtError
        elif evidence.file is UNSET or evidence.system is not NOTHING or evidence.url is not UNSET:
            raise _DoubtError
        else:
            self._file(evidence.file, evidence.sha256, file)

    def _file(self, name: str, sha256: Any, file: str) -> None:  # noqa: ANN401
        digest = None if sha256 is UNSET else sha256
        if digest is not None and _SHA256.fullmatch(digest) is None:
            raise _DoubtError
        if self._world.evidence.state(file, name, digest) is not EvidenceState.PRESENT:
            raise _DoubtError

    def _course(self, plan: FastPlan, way: tuple[Done, ...]) -> Course:
        """The course of a case: what was done, by its definition."""
        key = way or (plan,)
        try:
            course = self._courses[key]
        except KeyError:
            course = find_course(plan.flow, plan.steps, way)
            if len(self._courses) >= _MOST_COURSES:
                self._courses.clear()
            if len(way) <= _LONGEST_KEPT:
                self._courses[key] = course
        if course is None:
            raise _DoubtError from None
        return course

    def _deadline(
        self,
        step: FastStep,
        base: Instant,
        record: Any,  # noqa: ANN401
        number: int,
    ) -> Instant | None:
        """Until when a step is due, counted from an entry (0: the start); None: beyond all."""
        span = step.due
        if span is None:
            return None
        key = (step, base if step.due_to_the_hour else base[0])
        if key not in self._deadlines:
            if len(self._deadlines) >= _MOST_KEPT:
                self._deadlines.clear()
            text = record.steps[number - 1].completed if number else record.started
            moment = parse_moment(text)
            if moment is None:
                raise _DoubtError
            last = deadline(moment, span, self._world.calendar, self._world.zone)
            self._deadlines[key] = self._instants.at(last) if last is not None else None
        return self._deadlines[key]


def _calls(record: Any) -> list[Call]:  # noqa: ANN401
    """The cases kept here that the steps of a record called."""
    return [
        Call(entry.called_case, entry.plan.calls.process, entry.completed, entry.plan.outcomes)
        for entry in record.steps
        if entry.plan.calls is not None and type(entry.called_case) is str
    ]


def _is_seen(text: str) -> bool:
    """Whether it begins with something to see."""
    return text[0] > " "


def _people(by: str | tuple[str, ...]) -> tuple[str, ...]:
    people = (by,) if isinstance(by, str) else by
    if not people or len(set(people)) < len(people):
        raise _DoubtError
    return people


def _differ(by: str | tuple[str, ...], others: str | tuple[str, ...]) -> bool:
    """Whether nobody is in both."""
    if isinstance(by, str) and isinstance(others, str):
        return by != others
    return set(_people(by)).isdisjoint(_people(others))


def _precedes(moment: Instant, latest: Instant) -> bool:
    """Whether a moment is before the latest day, or before the latest second known."""
    if moment[0] < latest[0]:
        return True
    return moment[1] is not None and latest[1] is not None and moment[1] < latest[1]
