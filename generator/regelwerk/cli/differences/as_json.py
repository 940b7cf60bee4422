"""A comparison for machines: every change with its sentence, its place and its values."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from regelwerk.artifacts.comparison import Comparison, Told
from regelwerk.model.difference import Change


def render(comparison: Comparison) -> str:
    """One object; `old` and `new` of a change are the definition's own values, null if absent."""
    data = {
        "process": comparison.process,
        "title": comparison.title,
        "old": comparison.old,
        "new": comparison.new,
        "extent": comparison.extent,
        "changes": [_change(told, change) for told in comparison.told for change in told.changes],
        "summary": {
            "changes": comparison.count,
            "prose": comparison.prose,
            "substance": comparison.count - comparison.prose,
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _change(told: Told, change: Change) -> dict[str, Any]:
    place = change.place
    return {
        "kind": change.kind,
        "weight": change.weight,
        "part": place.part,
        "id": place.id,
        "number": told.number,
        "title": told.title,
        "detail": place.detail,
        "detail_id": place.detail_id,
        "field": change.field,
        "old": _value(change.old),
        "new": _value(change.new),
        "sentence": told.sentence,
    }


def _value(value: object) -> Any:  # noqa: ANN401
    """A value as JSON, without places in files and without what is not there."""
    return _tidy(msgspec.to_builtins(value))


def _tidy(value: object) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {
            key: _tidy(inner)
            for key, inner in value.items()
            if key != "at" and inner not in (None, "", [], {})
        }
    if isinstance(value, list | tuple):
        return [_tidy(inner) for inner in value]
    return value
