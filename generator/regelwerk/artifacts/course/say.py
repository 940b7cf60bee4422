"""A course in words, for those who hear it instead of seeing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regelwerk.artifacts.view.speech import Speech
from regelwerk.model.figure import Cell, Figure, Judgement
from regelwerk.model.process import KpiTarget

Words = Mapping[str, str]


def amount(value: float, unit: str | None, speech: Speech) -> str:
    """The value as the language writes numbers, with its unit; up to two decimals."""
    rounded = round(value, 2)
    if unit == "%":
        return speech.percent(rounded)
    if unit is not None and speech.has(f"unit.{unit}"):
        unit = speech.say(f"unit.{unit}")
    return f"{speech.number(rounded)} {unit}" if unit else speech.number(rounded)


def target_text(target: KpiTarget | None, unit: str | None, speech: Speech, words: Words) -> str:
    """`at least 10`; empty without a target."""
    if target is None or (target.min is None and target.max is None):
        return ""
    low = amount(target.min, unit, speech) if target.min is not None else ""
    high = amount(target.max, unit, speech) if target.max is not None else ""
    key = "range" if low and high else "min" if low else "max"
    return words[key].format(low=low, high=high)


def description(figure: Figure, cells: Sequence[Cell], speech: Speech, words: Words) -> str:
    """Every period that is drawn, with its value and how it stands to the target."""
    parts = [words["summary"].format(title=figure.title)]
    target = target_text(figure.target, figure.unit, speech, words)
    if target:
        parts.append(words["target"].format(target=target))
    parts.append("; ".join(cell_text(figure, cell, speech, words) for cell in cells) + ".")
    return " ".join(parts)


def cell_text(figure: Figure, cell: Cell, speech: Speech, words: Words) -> str:
    """One period: `2025-Q1: 12, target met`."""
    if cell.value is None:
        key = "withheld" if cell.judgement is Judgement.WITHHELD else "no-value"
        return words[key].format(period=cell.period.label)
    told = words["value"].format(
        period=cell.period.label, value=amount(cell.value, figure.unit, speech)
    )
    if not cell.complete:
        more = [words["running"]]
    else:
        more = [words[key] for key in ("met", "missed") if cell.judgement == key]
    return ", ".join([told, *more])
