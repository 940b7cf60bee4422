"""What a key figure measures must exist."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from regelwerk.checks.names import Known, known_ends, known_kpis, known_steps
from regelwerk.checks.walk import Data, items_at, mapping_at, texts_at
from regelwerk.diagnostics import Path, Problem
from regelwerk.model.process import Process
from regelwerk.model.project import Definition, Project

_STEP = "reference/undefined-step"
_FIELD = "reference/undefined-field"
_KPI = "reference/undefined-kpi"


class _Names(msgspec.Struct, frozen=True):
    process: Process
    sound: bool
    steps: Known
    ends: Known
    kpis: Known


def undefined_in_kpi(_project: Project, definition: Definition) -> Iterator[Problem]:
    """Every step, option, end, field and key figure that a measure names exists.

    Otherwise the figure would be empty for ever, and look as if nothing had happened.
    """
    names = _Names(
        definition.process,
        definition.sound,
        known_steps(definition),
        known_ends(definition),
        known_kpis(definition),
    )
    for at, kpi in items_at(definition.data, ("kpis",)):
        path = (*at, "measure")
        measure = mapping_at(kpi, ("measure",))
        yield from _count(names, measure, path, "count")
        for part in ("where", "of"):
            yield from _count(names, mapping_at(measure, ("share",)), (*path, "share"), part)
        yield from _time(names, measure, path)
        for place, field in _texts(measure, path, "sum", "field"):
            yield from _step_part(names, place, field, "field")
        for part in ("of", "per"):
            for place, name in _texts(measure, path, "ratio", part):
                message = f"the process has no key figure `{name}`"
                yield from names.kpis.undefined(name, _KPI, place, message, "name a KPI's id")
        yield from _ratio_of_itself(names.process, measure, path, kpi.get("id"))


def _texts(data: Data, path: Path, *keys: str) -> Iterator[tuple[Path, str]]:
    for below, text in texts_at(data, keys):
        yield (*path, *below), text


def _count(names: _Names, data: Data, path: Path, key: str) -> Iterator[Problem]:
    for place, name in _texts(data, path, key, "step"):
        yield from _step(names, place, name)
    for place, name in _texts(data, path, key, "end"):
        message = f"the process has no end `{name}`"
        hint = "name one of `ends`"
        yield from names.ends.undefined(name, "reference/undefined-end", place, message, hint)
    for place, name in _texts(data, path, key, "option"):
        yield from _step_part(names, place, name, "option")


def _time(names: _Names, measure: Data, path: Path) -> Iterator[Problem]:
    for key, event in (("from", "start"), ("to", "end")):
        for place, name in _texts(measure, path, "time", key):
            if name != event:
                yield from _step(names, place, name)


def _step(names: _Names, place: Path, name: str) -> Iterator[Problem]:
    step = names.process.step(name)
    if step is not None and step.is_container:
        message = f"`{name}` only holds parallel branches; nobody does it"
        yield Problem(_STEP, place, message, "name one of the steps inside it")
    else:
        message = f"the process has no step `{name}`"
        yield from names.steps.undefined(name, _STEP, place, message, "name a step's id")


def _step_part(names: _Names, place: Path, name: str, kind: str) -> Iterator[Problem]:
    """`<step>.<option>` or `<step>.<field>`; only numbers can be summed up.

    Where a fault of shape left a step without any, its own finding says enough.
    """
    step_id, _, part = name.partition(".")
    step = names.process.step(step_id)
    if step is None or step.is_container:
        yield from _step(names, place, step_id)
        return
    if kind == "option":
        options = [option.id for option in step.decision.options] if step.decision else []
        message = f"the step `{step_id}` has no option `{part}`"
        hint = "name one of " + ", ".join(f"`{step_id}.{option}`" for option in options[:8])
        hint = hint if options else "write `<step>.<option>`, of a step that is a decision"
        known = Known(frozenset(options), names.sound or bool(options))
        yield from known.undefined(part, _STEP, place, message, hint)
        return
    fields = {field.id: field for field in step.fields}
    known = Known(frozenset(fields), names.sound or (bool(fields) and "" not in fields))
    message = f"the step `{step_id}` has no field `{part}`"
    yield from known.undefined(part, _FIELD, place, message, "write `<step>.<field>`")
    if part in fields and fields[part].type != "number":
        message = f"the field `{part}` of `{step_id}` holds no numbers that could be summed up"
        yield Problem(_FIELD, place, message, "name a field of the type `number`")


def _ratio_of_itself(process: Process, measure: Data, path: Path, id_: object) -> Iterator[Problem]:
    """A circle of ratios is found where it closes, at a figure that stands before this one."""
    ratios = {kpi.id: mapping_at(kpi.measure, ("ratio",)) for kpi in process.kpis}
    order = list(ratios)
    for part in ("of", "per"):
        for place, name in _texts(measure, path, "ratio", part):
            waiting, seen = [name], set[str]()
            while waiting:
                current = waiting.pop()
                if current not in seen:
                    seen.add(current)
                    parts = ratios.get(current, {})
                    waiting += [
                        text for key in ("of", "per") for _, text in texts_at(parts, (key,))
                    ]
            if id_ in seen and order.index(name) <= order.index(str(id_)):
                message = f"`{name}` is computed from `{id_}`, which is computed from it"
                yield Problem(_KPI, place, message, "name a key figure that is measured itself")
