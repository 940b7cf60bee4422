"""What an engine counts, before targets and ratios: one seam for two ways of computing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

import msgspec

from regelwerk.figures.measure import Direct, Selector
from regelwerk.figures.periods import first_of
from regelwerk.model.figure import PeriodKind


class Scope(msgspec.Struct, frozen=True):
    """Which days count, both included, and how they are grouped."""

    kind: PeriodKind
    first: date
    last: date

    def key(self, day: date) -> date | None:
        """The first day of the period that a day belongs to; None outside of all."""
        if not self.first <= day <= self.last:
            return None
        return self.first if self.kind == "range" else first_of(day, self.kind)


class Tally(msgspec.Struct, frozen=True):
    """One period: the value, how many cases went into it, how many lack what is measured."""

    value: float | None
    cases: int
    missing: int = 0


class Result(msgspec.Struct, frozen=True):
    """The tallies of one measure by the first day of their period; empty periods are left out.

    `undated` and `pending` are those of `Figure`.
    """

    tallies: Mapping[date, Tally]
    undated: int = 0
    pending: int = 0


class Engine(Protocol):
    """Something that knows the cases of one process, as they stood at the end of a day."""

    def first_day(self, selectors: Iterable[Selector]) -> date | None:
        """The first day on which any of it happened; None where nothing did."""

    def tally(self, measure: Direct, scope: Scope) -> Result:
        """Compute one measure."""
