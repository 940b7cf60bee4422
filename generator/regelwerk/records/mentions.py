"""What a record names, found in its data wherever it stands: files, references, other cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def proofs(data: object) -> Iterator[Mapping[str, Any]]:
    """Every mapping that names a file or a reference, however deep."""
    if isinstance(data, Mapping):
        if isinstance(data.get("file"), str) or isinstance(data.get("reference"), str):
            yield data
        for value in data.values():
            yield from proofs(value)
    elif isinstance(data, list):
        for value in data:
            yield from proofs(value)


def called_cases(data: Mapping[str, Any]) -> Iterator[str]:
    """The ids of cases that the steps of a record name as called."""
    steps = data.get("steps")
    for step in steps if isinstance(steps, list) else ():
        called = step.get("called_case") if isinstance(step, Mapping) else None
        if isinstance(called, str):
            yield called
