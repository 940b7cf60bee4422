"""In which order steps were done: by their days, and on one day as the flow leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from regelwerk.model.form import FormStep

Entry = dict[str, Any]


class Done(msgspec.Struct, frozen=True):
    """A row of the form that is filled in, and its entry in a record."""

    row: FormStep
    entry: Entry


def in_order(done: Sequence[Done], back: Mapping[str, Mapping[str, str]]) -> list[Done]:
    """Sort rows as they were done.

    `done` comes in the order of the form, first rounds before further ones. `back` says for each
    decision which option leads to which earlier step.
    """
    flow = _as_the_flow_leads(done, back)
    days: list[str] = []
    for one in flow:
        day = one.entry.get("completed")
        days.append(day if isinstance(day, str) else days[-1] if days else "")
    order = sorted(range(len(flow)), key=lambda place: days[place])
    return [flow[place] for place in order]


def _as_the_flow_leads(done: Sequence[Done], back: Mapping[str, Mapping[str, str]]) -> list[Done]:
    """Each step once, and again from where a decision leads back to."""
    waiting: dict[str, list[Done]] = {}
    for one in sorted(done, key=lambda one: one.row.round):
        waiting.setdefault(one.row.id, []).append(one)
    steps = list(waiting)
    found: list[Done] = []
    place = 0
    while place < len(steps):
        step = steps[place]
        if not waiting[step]:
            place += 1
            continue
        one = waiting[step].pop(0)
        found.append(one)
        target = back.get(step, {}).get(str(one.entry.get("option")))
        if target is not None:
            earlier = [n for n in range(place + 1) if steps[n] == target]
            place = earlier[0] if earlier else place + 1
        elif not waiting[step] or _in_a_loop(steps, place, waiting, back):
            place += 1
    return found + [one for rest in waiting.values() for one in rest]


def _in_a_loop(
    steps: Sequence[str],
    place: int,
    waiting: Mapping[str, Sequence[Done]],
    back: Mapping[str, Mapping[str, str]],
) -> bool:
    """Whether a later decision that is still to come can lead back to the step or before it."""
    for later in range(place + 1, len(steps)):
        for target in back.get(steps[later], {}).values():
            if waiting[steps[later]] and target in steps[: place + 1]:
                return True
    return False
