"""Key figures in words: what is measured, the target and the period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.artifacts.view.speech import words_of
from regelwerk.model.process import Kpi

View = dict[str, Any]


def kpi_view(look: Lookup, kpi: Kpi) -> View:
    """One key figure; what the definition leaves out is empty."""
    unit, target = _unit(look, kpi.unit), _target(look, kpi)
    period = look.speech.say(f"period.{kpi.period}") if kpi.period else ""
    return {
        "id": kpi.id,
        "title": kpi.title,
        "unit": unit,
        "target": target,
        "period": period,
        "goal": ", ".join(part for part in (target or unit, period) if part),
        "measure": _measure(look, kpi),
    }


def _unit(look: Lookup, unit: str | None) -> str:
    if unit is None:
        return ""
    key = f"unit.{unit}"
    return look.speech.say(key) if look.speech.has(key) else unit


def _target(look: Lookup, kpi: Kpi) -> str:
    target = kpi.target
    if target is None or (target.min is None and target.max is None):
        return ""
    low = look.speech.number(target.min) if target.min is not None else ""
    high = look.speech.number(target.max) if target.max is not None else ""
    percent = kpi.unit == "%"
    if percent and target.min is not None and not high:
        low = look.speech.percent(target.min)
    if percent and target.max is not None:
        high = look.speech.percent(target.max)
    key = "target.range" if low and high else "target.min" if low else "target.max"
    words = look.speech.say(key, low=low, high=high)
    unit = _unit(look, kpi.unit)
    return f"{words} {unit}" if unit and not percent else words


def _measure(look: Lookup, kpi: Kpi) -> str:
    measure = kpi.measure
    if not measure:
        return ""
    (kind, what), *_ = measure.items()
    if kind == "count":
        return _selection(look, "count", what)
    if kind == "conformance_rate":
        return look.speech.say("conformance")
    if not isinstance(what, Mapping):
        return ""
    if kind == "share":
        return look.speech.say(
            "share",
            part=_selection(look, "part", what.get("where")),
            base=_selection(look, "part", what.get("of")),
        )
    if kind == "time":
        key = f"aggregate.{kpi.aggregate}" if kpi.aggregate else "aggregate"
        return look.speech.say(
            key,
            start=look.moment_of(str(what.get("from"))),
            end=look.moment_of(str(what.get("to"))),
        )
    if kind == "sum":
        return _sum(look, str(what.get("field")))
    if kind == "ratio":
        return look.speech.say(
            "ratio",
            part=_title(look, str(what.get("of"))),
            base=_title(look, str(what.get("per"))),
        )
    return ""


def _selection(look: Lookup, phrase: str, what: object) -> str:
    """`count:` or the parts of `share:`: all cases, or those of a step, an end or an option."""
    if not isinstance(what, Mapping) or not what:
        return look.speech.say(f"{phrase}.cases")
    (kind, value), *_ = what.items()
    id_ = str(value)
    if kind == "end":
        return look.speech.say(f"{phrase}.end", event=look.end(id_))
    if kind == "option":
        step_id, _, option_id = id_.partition(".")
        step = look.steps.get(step_id)
        option = step.decision.option(option_id) if step and step.decision else None
        label = option.label if option is not None else words_of(option_id)
        return look.speech.say(f"{phrase}.option", step=look.step(step_id), label=label)
    return look.speech.say(f"{phrase}.step", step=look.step(id_))


def _sum(look: Lookup, reference: str) -> str:
    step_id, _, field_id = reference.partition(".")
    step = look.steps.get(step_id)
    labels = [field.label for field in step.fields if field.id == field_id] if step else []
    label = labels[0] if labels else words_of(field_id)
    return look.speech.say("sum", field=label, step=look.step(step_id))


def _title(look: Lookup, id_: str) -> str:
    return next((kpi.title for kpi in look.process.kpis if kpi.id == id_), words_of(id_))
