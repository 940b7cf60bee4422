"""What a key figure came to, period by period; numbers only, nothing of any single case."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from regelwerk.model.process import KpiTarget

PeriodKind = Literal["month", "quarter", "year", "range"]


class Judgement(StrEnum):
    """How a value stands to its target."""

    MET = "met"
    MISSED = "missed"
    NO_TARGET = "no-target"
    NO_VALUE = "no-value"
    WITHHELD = "withheld"


class Period(msgspec.Struct, frozen=True):
    """A calendar month, quarter or year, or a free range of days; both days included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def label(self) -> str:
        """`2026-03`, `2026-Q1`, `2026`, or the range as an interval (ISO 8601)."""
        match self.kind:
            case "month":
                return f"{self.first.year:04}-{self.first.month:02}"
            case "quarter":
                return f"{self.first.year:04}-Q{(self.first.month + 2) // 3}"
            case "year":
                return f"{self.first.year:04}"
            case "range":
                return f"{self.first.isoformat()}/{self.last.isoformat()}"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One period's value.

    `cases` went into it, `missing` belong to the period but lack what is measured. Both and the
    value are None where too few cases stand behind it (WITHHELD). `complete` is False while the
    period is not over on the day of judgement.
    """

    period: Period
    value: float | None
    cases: int | None
    missing: int | None
    judgement: Judgement
    complete: bool


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A key figure of a process with its cells in order of time; no cells where not `measured`.

    `undated`: cases that belong to no period, since a date cannot be read. `pending`: for times,
    cases under way that have passed `from` and not yet reached `to`. None: withheld.
    """

    id: str
    title: str
    measured: bool
    unit: str | None = None
    target: KpiTarget | None = None
    cells: tuple[Cell, ...] = ()
    undated: int | None = 0
    pending: int | None = 0
