"""The figures in plain Python, one case after another: the definition that others must equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, tzinfo
from math import fsum

import msgspec

from regelwerk.figures.elapsed import aggregate, elapsed
from regelwerk.figures.happenings import Happenings, happenings, order_key
from regelwerk.figures.measure import (
    Closed,
    Conformance,
    Count,
    Direct,
    Done,
    Selector,
    Share,
    Sum,
    Time,
    subject,
)
from regelwerk.figures.tally import Result, Scope, Tally
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.case import Case
from regelwerk.model.moment import Moment, day_of, is_before

# What one case adds on a day: a number, or None where what is measured is missing.
Seen = tuple[date, float | None]


class JudgedCase(msgspec.Struct, frozen=True):
    """A case, and whether it conforms to its version; None where nobody has looked."""

    case: Case
    conforms: bool | None = None


class Reference:
    """The cases of one process as they stood at the end of the day `until`."""

    def __init__(
        self, cases: Iterable[JudgedCase], zone: tzinfo, calendar: BusinessCalendar, until: date
    ) -> None:
        self._cases = tuple(cases)
        self._zone = zone
        self._calendar = calendar
        self._until = until

    def first_day(self, selectors: Iterable[Selector]) -> date | None:
        """The first day on which any of it happened; None where nothing did."""
        every = tuple(selectors)
        return min(
            (
                day
                for judged in self._cases
                for what in every
                for day in self._days(what, judged.case)
            ),
            default=None,
        )

    def tally(self, measure: Direct, scope: Scope) -> Result:
        """Compute one measure, all periods of the scope at once."""
        values: dict[date, list[float]] = {}
        cases: dict[date, int] = {}
        missing: dict[date, int] = {}
        undated = pending = 0
        for judged in self._cases:
            undated += self._happenings(subject(measure), judged.case).undated
            pending += isinstance(measure, Time) and self._is_pending(measure, judged.case)
            seen = [
                (key, value)
                for day, value in self._seen(measure, judged, scope)
                if (key := scope.key(day)) is not None
            ]
            for key, value in seen:
                if value is not None:
                    values.setdefault(key, []).append(value)
            for key in {key for key, value in seen if value is not None}:
                cases[key] = cases.get(key, 0) + 1
            for key in {key for key, value in seen if value is None}:
                missing[key] = missing.get(key, 0) + 1
        reduce = _reducer(measure)
        return Result(
            tallies={
                key: Tally(
                    value=reduce(values[key]) if key in values else None,
                    cases=cases.get(key, 0),
                    missing=missing.get(key, 0),
                )
                for key in sorted({*values, *missing})
            },
            undated=undated,
            pending=pending,
        )

    def _seen(self, measure: Direct, judged: JudgedCase, scope: Scope) -> Iterator[Seen]:
        case = judged.case
        match measure:
            case Count(what):
                yield from ((day, 1.0) for day in self._days(what, case))
            case Share(where, of):
                also = float(bool(self._happenings(where, case).moments))
                once = {scope.key(day): day for day in self._days(of, case)}
                yield from ((day, also) for day in once.values())
            case Sum(step, field):
                yield from self._numbers(step, field, case)
            case Conformance():
                value = None if judged.conforms is None else float(judged.conforms)
                yield from ((day, value) for day in self._days(Closed(), case))
            case Time():
                yield from self._times(measure, case)

    def _numbers(self, step: Done, field: str, case: Case) -> Iterator[Seen]:
        for entry in case.entries:
            if entry.step in step.steps and entry.completed is not None:
                day = day_of(entry.completed, self._zone)
                if day <= self._until:
                    yield day, _number(entry.fields.get(field))

    def _times(self, measure: Time, case: Case) -> Iterator[Seen]:
        lasts = self._happenings(measure.last, case).moments
        if not lasts:
            return
        last = max(lasts, key=self._order)
        firsts = self._happenings(measure.first, case).moments
        first = min(firsts, key=self._order, default=None)
        day = day_of(last, self._zone)
        if first is None or is_before(last, first, self._zone):
            yield day, None
        else:
            yield day, elapsed(first, last, measure.unit, self._zone, self._calendar)

    def _is_pending(self, measure: Time, case: Case) -> bool:
        last = self._happenings(measure.last, case)
        first = self._happenings(measure.first, case)
        return bool(first.moments) and not (last.moments or last.undated) and self._is_open(case)

    def _is_open(self, case: Case) -> bool:
        """Whether work went on at the end of the day, though it may have ended since."""
        over = {"closed": case.closed, "cancelled": case.cancelled_on}
        if case.status not in over:
            return case.status is not None
        ended = over[case.status]
        return ended is not None and day_of(ended, self._zone) > self._until

    def _happenings(self, what: Selector, case: Case) -> Happenings:
        return happenings(what, case, self._zone, self._until)

    def _days(self, what: Selector, case: Case) -> list[date]:
        return [day_of(moment, self._zone) for moment in self._happenings(what, case).moments]

    def _order(self, moment: Moment) -> tuple[float, bool]:
        return order_key(moment, self._zone)


def _number(value: object) -> float | None:
    """A number that was written as one; `true` and `"5"` are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _reducer(measure: Direct) -> Callable[[Sequence[float]], float]:
    match measure:
        case Time():
            return lambda values: aggregate(values, measure.aggregate)
        case Share() | Conformance():
            return lambda values: 100 * fsum(values) / len(values)
        case _:
            return fsum
