"""Whether faults of shape, which have findings of their own, leave the flow known."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.checks.names import may_mean
from regelwerk.checks.walk import Data, items_at, mapping_at, pairs_at, value_at
from regelwerk.diagnostics import Path
from regelwerk.model.process import Process, Step
from regelwerk.model.project import Definition

_PROCESS_KEYS: Mapping[str, type] = {
    "steps": list,
    "ends": dict,
    "documents": dict,
    "inputs": list,
    "outputs": list,
}
_STEP_KEYS: Mapping[str, type | tuple[type, ...]] = {
    "decision": dict,
    "parallel": dict,
    "calls": dict,
    "inputs": list,
    "outputs": list,
    "optional": bool,
    "next": (str, dict),
}


def flow_is_known(definition: Definition) -> bool:
    """Whether ways, documents and ends could be read as they are meant.

    If not, what seems to be missing from the flow may only be misspelled, and rules that conclude
    from what is not there keep quiet until the shape is right.
    """
    data = definition.data
    return definition.sound or (
        bool(definition.process.steps)
        and isinstance(data.get("ends"), dict)
        and _readable(data, _PROCESS_KEYS, Process.__struct_fields__)
        and _steps(data, ("steps",))
    )


def _steps(data: Data, path: Path) -> bool:
    steps = value_at(data, path)
    found = list(items_at(data, path))
    return (
        isinstance(steps, list)
        and len(found) == len(steps)
        and all(_step(data, at, step) for at, step in found)
    )


def _step(data: Data, at: Path, step: Data) -> bool:
    return (
        _readable(step, _STEP_KEYS, Step.__struct_fields__)
        and len({"decision", "parallel", "calls"} & step.keys()) <= 1
        and ("next" not in step or _leads_somewhere(step["next"]))
        and all(_steps(data, path) for path, _, _ in pairs_at(data, (*at, "parallel")))
        and (
            "decision" not in step
            or _options(mapping_at(step, ("decision", "options")), step["decision"])
        )
        and all(
            _leads_somewhere(target) for _, _, target in pairs_at(data, (*at, "calls", "outcomes"))
        )
    )


def _options(options: Data, decision: Data) -> bool:
    return isinstance(decision.get("options"), dict) and all(
        isinstance(option, dict) and _leads_somewhere(option.get("next"))
        for key, option in options.items()
        if not key.startswith("x-")
    )


def _leads_somewhere(target: object) -> bool:
    if isinstance(target, dict):
        return isinstance(target.get("end"), str) or target.get("join") is True
    return isinstance(target, str)


def _readable(
    data: Data, kinds: Mapping[str, type | tuple[type, ...]], known: tuple[str, ...]
) -> bool:
    """Whether every key that the flow depends on is of the right type, or really not there."""
    return all(
        isinstance(data[key], kind) if key in data else not may_mean(data, known, key)
        for key, kind in kinds.items()
    )
