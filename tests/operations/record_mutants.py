"""Records with something changed in them: values of other records, keys and steps put about."""

from __future__ import annotations

import copy
from collections import defaultdict
from random import Random
from typing import Any


class Mutants:
    """Makes records from records; the same seed makes the same ones."""

    def __init__(self, records: list[dict[str, Any]], seed: int) -> None:
        self._records = records
        self._random = Random(seed)  # noqa: S311
        self._values: dict[str, list[Any]] = defaultdict(list)
        for record in records:
            self._gather(record)

    def one(self) -> dict[str, Any]:
        record = copy.deepcopy(self._random.choice(self._records))
        for _ in range(self._random.choice([0, 1, 1, 1, 2, 3])):
            self._change(record)
        return record

    def _gather(self, value: Any) -> None:
        if isinstance(value, dict):
            for key, below in value.items():
                self._values[key].append(below)
                self._gather(below)
        elif isinstance(value, list):
            for below in value:
                self._gather(below)

    def _change(self, record: dict[str, Any]) -> None:
        random = self._random
        steps = record.get("steps")
        kind = random.random()
        if kind < 0.5 and isinstance(steps, list) and steps:
            self._reorder(steps)
            return
        holders = list(_holders(record))
        holder = random.choice(holders)
        if not holder:
            return
        key = random.choice(list(holder))
        if kind < 0.6:
            del holder[key]
        elif kind < 0.65:
            holder[random.choice(list(self._values))] = holder[key]
        elif kind < 0.7:
            holder[key] = random.choice([None, "", " ", 1, 2**60, 1.5, True, [], {}, "\x07", "ü"])
        elif self._values[key]:
            holder[key] = copy.deepcopy(random.choice(self._values[key]))

    def _reorder(self, steps: list[Any]) -> None:
        random = self._random
        place = random.randrange(len(steps))
        kind = random.randrange(4)
        if kind == 0:
            del steps[place]
        elif kind == 1:
            steps.insert(random.randrange(len(steps)), copy.deepcopy(steps[place]))
        elif kind == 2:
            steps.insert(random.randrange(len(steps)), steps.pop(place))
        elif isinstance(steps[place], dict):
            steps[place]["completed"] = random.choice(self._values["completed"])


def _holders(value: Any):
    if isinstance(value, dict):
        yield value
        for below in value.values():
            yield from _holders(below)
    elif isinstance(value, list):
        for below in value:
            yield from _holders(below)
