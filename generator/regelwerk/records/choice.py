"""Which ways are open after a step: by its option, by the end of the case it called, or onward."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from regelwerk.model.case import Entry
from regelwerk.records.tables import StepPlan, Way

# The end of the case that an entry called; None where it is not known.
EndOfCall = Callable[[StepPlan, Entry], str | None]


class Choice(msgspec.Struct, frozen=True):
    """The ways open after an entry; `taken` where it is one by option or outcome."""

    ways: tuple[Way, ...]
    taken: Way | None = None
    fault: str = ""

    @property
    def leads_back(self) -> bool:
        """Whether the entry ends the pass."""
        return bool(self.ways) and all(way.back for way in self.ways)


def choose(plan: StepPlan, entry: Entry, end_of_call: EndOfCall) -> Choice:
    """After a missing or unknown option, any option's way is open."""
    if plan.step.decision is not None:
        taken = plan.options.get(entry.option) if entry.option is not None else None
        if taken is not None:
            return Choice((taken,), taken)
        fault = "record/missing-decision" if entry.option is None else "record/unknown-option"
        return Choice(
            tuple(plan.options.values()), None, "" if "option" in entry.unreadable else fault
        )
    onward = () if plan.onward is None else (plan.onward,)
    if not plan.outcomes:
        return Choice(onward)
    end = end_of_call(plan, entry)
    taken = plan.outcomes.get(end) if end is not None else None
    if taken is not None:
        return Choice((taken,), taken)
    if end is not None and onward:
        return Choice(onward, onward[0])
    return Choice((*plan.outcomes.values(), *onward))


def others(plan: StepPlan, taken: Way | None) -> tuple[Way, ...]:
    """The ways of the options or outcomes that were not chosen."""
    if taken is None:
        return ()
    ways = tuple(plan.options.values()) or tuple(plan.outcomes.values())
    return tuple(way for way in ways if way is not taken)
