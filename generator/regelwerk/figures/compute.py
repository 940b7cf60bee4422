"""The key figures of a process: measured, grouped into periods, held against their targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from regelwerk.errors import UsageError
from regelwerk.figures.measure import (
    Cases,
    Count,
    Measure,
    Ratio,
    Selector,
    Sum,
    read_measure,
    subject,
    unit_of,
)
from regelwerk.figures.names import names_of
from regelwerk.figures.periods import count_between, periods_between
from regelwerk.figures.tally import Engine, Result, Scope, Tally
from regelwerk.model.figure import Cell, Figure, Judgement, Period, PeriodKind
from regelwerk.model.process import Kpi, KpiTarget, Process

MAX_PERIODS = 1200

_NOTHING = Tally(None, 0)
_ZERO = Tally(0.0, 0)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for.

    `as_of` is the day at whose end the cases are looked at. Left out: `first` is the first day on
    which a case started or anything measured happened, `last` is `as_of`, `kind` is each figure's
    own period, else `fallback`. `not_before` bounds a `first` that is left out.
    Where fewer than `min_cases` stand behind a number (but any at all), it is withheld.
    """

    as_of: date
    first: date | None = None
    last: date | None = None
    kind: PeriodKind | None = None
    fallback: PeriodKind = "range"
    not_before: date | None = None
    min_cases: int = 0


def measures_of(process: Process, earlier: Iterable[Process]) -> dict[str, Measure]:
    """The measures of a definition by the figure's id; `earlier` are all its other versions."""
    versions = tuple(earlier)
    measures = {
        kpi.id: read_measure(kpi, lambda step: names_of(step, process, versions))
        for kpi in process.kpis
    }
    return {id_: measure for id_, measure in measures.items() if measure is not None}


def figures_of(
    process: Process, measures: Mapping[str, Measure], engine: Engine, window: Window
) -> Iterator[Figure]:
    """Every key figure of the definition, in its order; UsageError for an impossible window."""
    last = min(window.last or window.as_of, window.as_of)
    first = window.first or engine.first_day(_subjects(measures)) or last
    if window.first is None and window.not_before is not None:
        first = max(first, window.not_before)
    if first > last and window.first is None:
        first = last  # asked for days before the first of all: nothing happened on them
    if first > last:
        raise UsageError(
            f"the range begins on {first.isoformat()}, after its end on {last.isoformat()}",
            "give a --from that is not later than --to and the day of judgement",
        )
    for kpi in process.kpis:
        measure = measures.get(kpi.id)
        if measure is None:
            yield unmeasured(kpi)
        else:
            kind = window.kind or kpi.period or window.fallback
            yield _figure(kpi, measure, measures, engine, _scope(first, last, kind), window)


def unmeasured(kpi: Kpi) -> Figure:
    """A key figure that the definition does not tell how to measure."""
    return Figure(id=kpi.id, title=kpi.title, measured=False, unit=kpi.unit, target=kpi.target)


def _subjects(measures: Mapping[str, Measure]) -> frozenset[Selector]:
    """The start of cases, and whatever places them in a period."""
    direct = (measure for measure in measures.values() if not isinstance(measure, Ratio))
    return frozenset((Cases(), *map(subject, direct)))


def _scope(first: date, last: date, kind: PeriodKind) -> tuple[Scope, tuple[Period, ...]]:
    """Whole periods, so that a period's figure does not depend on what was asked for."""
    if count_between(first, last, kind) > MAX_PERIODS:
        raise UsageError(
            f"from {first.isoformat()} to {last.isoformat()} there are more than {MAX_PERIODS} "
            "periods",
            "give a later --from; a record may have a wrong date",
        )
    periods = tuple(periods_between(first, last, kind))
    return Scope(kind, periods[0].first, periods[-1].last), periods


def _figure(
    kpi: Kpi,
    measure: Measure,
    measures: Mapping[str, Measure],
    engine: Engine,
    scoped: tuple[Scope, tuple[Period, ...]],
    window: Window,
) -> Figure:
    scope, periods = scoped
    result = _Measuring(measures, engine, scope, periods).result(measure, frozenset({kpi.id}))

    def shown(number: int) -> int | None:
        return None if 0 < number < window.min_cases else number

    return Figure(
        id=kpi.id,
        title=kpi.title,
        measured=True,
        unit=unit_of(kpi, measure),
        target=kpi.target,
        cells=tuple(
            _cell(period, result.tallies[period.first], kpi.target, window) for period in periods
        ),
        undated=shown(result.undated),
        pending=shown(result.pending),
    )


class _Measuring(msgspec.Struct, frozen=True):
    """Computes measures in one scope; ratios from their parts, in the ratio's own periods."""

    measures: Mapping[str, Measure]
    engine: Engine
    scope: Scope
    periods: tuple[Period, ...]

    def result(self, measure: Measure, above: frozenset[str]) -> Result:
        """A tally for every period; `above` are the figures that are computed from this one."""
        if isinstance(measure, Ratio):
            return self._ratio(measure, above)
        found = self.engine.tally(measure, self.scope)
        empty = _ZERO if isinstance(measure, Count | Sum) else _NOTHING
        tallies = {p.first: found.tallies.get(p.first, empty) for p in self.periods}
        return Result(tallies, found.undated, found.pending)

    def _ratio(self, ratio: Ratio, above: frozenset[str]) -> Result:
        of, per = self._part(ratio.of, above), self._part(ratio.per, above)
        tallies = {
            period.first: _quotient(of.tallies[period.first], per.tallies[period.first])
            for period in self.periods
        }
        return Result(tallies, max(of.undated, per.undated), max(of.pending, per.pending))

    def _part(self, id_: str, above: frozenset[str]) -> Result:
        measure = self.measures.get(id_)
        if measure is None or id_ in above:
            return Result({period.first: _NOTHING for period in self.periods})
        return self.result(measure, above | {id_})


def _quotient(of: Tally, per: Tally) -> Tally:
    """As few cases as its smaller part has stand behind a ratio; at least as many are missing."""
    known = of.value is not None and per.value is not None and per.value != 0
    value = of.value / per.value if known and of.value is not None and per.value else None
    return Tally(value, min(of.cases, per.cases), max(of.missing, per.missing))


def _cell(period: Period, tally: Tally, target: KpiTarget | None, window: Window) -> Cell:
    withheld = max(tally.cases, tally.missing) > 0 and any(
        0 < number < window.min_cases for number in (tally.cases, tally.missing)
    )
    return Cell(
        period=period,
        value=None if withheld else tally.value,
        cases=None if withheld else tally.cases,
        missing=None if withheld else tally.missing,
        judgement=Judgement.WITHHELD if withheld else judge(tally.value, target),
        complete=period.last <= window.as_of,
    )


def judge(value: float | None, target: KpiTarget | None) -> Judgement:
    """How a value stands to its target; both bounds are met where they are reached."""
    if value is None:
        return Judgement.NO_VALUE
    if target is None or (target.min is None and target.max is None):
        return Judgement.NO_TARGET
    low = target.min is None or value >= target.min
    high = target.max is None or value <= target.max
    return Judgement.MET if low and high else Judgement.MISSED
