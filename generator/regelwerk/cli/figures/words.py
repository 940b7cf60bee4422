"""Numbers, targets and small pictures of figures for people."""

from __future__ import annotations

from collections.abc import Sequence

from regelwerk.model.figure import Cell, Judgement
from regelwerk.model.process import KpiTarget

_BARS = "▁▂▃▄▅▆▇█"
_NO_VALUE = "·"

JUDGEMENTS = {
    Judgement.MET: "met",
    Judgement.MISSED: "missed",
    Judgement.NO_TARGET: "",
    Judgement.NO_VALUE: "no value",
    Judgement.WITHHELD: "too few cases",
}


def number(value: float | None) -> str:
    """Up to four decimals, none where none is needed; empty for None."""
    if value is None:
        return ""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def rounded(value: float | None) -> str:
    """Up to two decimals, as people read them."""
    return number(None if value is None else round(value, 2))


def target_words(target: KpiTarget | None) -> str:
    """`≥ 10`, `≤ 5` or `1 to 5`."""
    if target is None or (target.min is None and target.max is None):
        return ""
    if target.min is not None and target.max is not None:
        return f"{number(target.min)} to {number(target.max)}"
    return f"≥ {number(target.min)}" if target.min is not None else f"≤ {number(target.max)}"


def judgement_words(cell: Cell) -> str:
    """Whether the target was met; while a period is not over, it is so only so far."""
    words = JUDGEMENTS[cell.judgement]
    judged = cell.judgement in (Judgement.MET, Judgement.MISSED)
    return f"{words} so far" if judged and not cell.complete else words


def sparkline(cells: Sequence[Cell]) -> str:
    """A bar for each value, from the smallest (or 0) to the largest; a dot where there is none."""
    values = [cell.value for cell in cells]
    known = [value for value in values if value is not None]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    return "".join(_NO_VALUE if value is None else _bar(value, low, high) for value in values)


def _bar(value: float, low: float, high: float) -> str:
    if high <= low:
        return _BARS[0]
    return _BARS[round((value - low) / (high - low) * (len(_BARS) - 1))]
