"""Measures as typed values, with every name a step ever had resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, cast

import msgspec

from regelwerk.model.process import Kpi

Aggregate = Literal["median", "mean", "p90", "max"]
TimeUnit = Literal["min", "h", "d", "BD"]
# All ids under which a step of the definition stands in records.
NamesOf = Callable[[str], frozenset[str]]


class Cases(msgspec.Struct, frozen=True):
    """Every case, at its start."""


class Done(msgspec.Struct, frozen=True):
    """Every completion of a step; `option` is the answer given with it, None for any."""

    steps: frozenset[str]
    option: str | None = None


class Closed(msgspec.Struct, frozen=True):
    """The closing of a case; `end` is the end it reached, None for any."""

    end: str | None = None


Selector = Cases | Done | Closed


class Count(msgspec.Struct, frozen=True):
    """How often something happened."""

    what: Selector


class Share(msgspec.Struct, frozen=True):
    """Of the cases that satisfy `of`, the percentage that also satisfies `where`."""

    where: Selector
    of: Selector


class Time(msgspec.Struct, frozen=True):
    """From the first `first` to the last `last` of each case."""

    first: Selector
    last: Selector
    aggregate: Aggregate
    unit: TimeUnit


class Sum(msgspec.Struct, frozen=True):
    """The numbers in a field, over all completions of a step."""

    step: Done
    field: str


class Conformance(msgspec.Struct, frozen=True):
    """The percentage of closed cases without a departure that nobody accepted."""


class Ratio(msgspec.Struct, frozen=True):
    """One key figure divided by another, by their ids."""

    of: str
    per: str


Direct = Count | Share | Time | Sum | Conformance
Measure = Direct | Ratio


def read_measure(kpi: Kpi, names_of: NamesOf) -> Measure | None:
    """The measure of a key figure; None where the tool does not measure it.

    A time without `aggregate` is a median, without `unit` it is in days.
    """
    if not kpi.measure:
        return None
    (kind, what), *_ = kpi.measure.items()
    part = what if isinstance(what, Mapping) else {}
    match kind:
        case "count":
            return Count(_selector(what, names_of))
        case "share":
            return Share(
                _selector(part.get("where"), names_of), _selector(part.get("of"), names_of)
            )
        case "time":
            unit = kpi.unit if kpi.unit in ("min", "h", "d", "BD") else "d"
            return Time(
                _moment(part.get("from"), names_of),
                _moment(part.get("to"), names_of),
                kpi.aggregate or "median",
                cast("TimeUnit", unit),
            )
        case "sum":
            step, _, field = str(part.get("field")).partition(".")
            return Sum(Done(names_of(step)), field)
        case "conformance_rate":
            return Conformance()
        case "ratio":
            return Ratio(str(part.get("of")), str(part.get("per")))
        case _:
            return None


def subject(measure: Direct) -> Selector:
    """What places a case in a period."""
    match measure:
        case Count(what):
            return what
        case Share(_, of):
            return of
        case Sum(step, _):
            return step
        case Conformance():
            return Closed()
        case Time():
            return measure.last


def unit_of(kpi: Kpi, measure: Measure | None) -> str | None:
    """The unit in which the value is given; shares and rates are percentages."""
    if isinstance(measure, Share | Conformance):
        return "%"
    if isinstance(measure, Time):
        return measure.unit
    return kpi.unit


def _selector(what: object, names_of: NamesOf) -> Selector:
    if not isinstance(what, Mapping):
        return Cases()
    if "end" in what:
        return Closed(str(what["end"]))
    if "option" in what:
        step, _, option = str(what["option"]).partition(".")
        return Done(names_of(step), option)
    return Done(names_of(str(what.get("step"))))


def _moment(name: object, names_of: NamesOf) -> Selector:
    if name == "start":
        return Cases()
    return Closed() if name == "end" else Done(names_of(str(name)))
