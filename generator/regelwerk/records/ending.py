"""Whether a closed case has reached an end, and the one it names."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.diagnostics import did_you_mean
from regelwerk.model.case import Entry
from regelwerk.records import words
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged
from regelwerk.records.visit import How


def ending(judged: Judged) -> Iterator[Finding]:
    """An open, held or cancelled case need not have ended, nor one whose steps are unreadable."""
    case, replayed = judged.case, judged.replayed
    if case.status != "closed" or replayed.lost or not case.listed:
        return
    if not replayed.ends:
        yield _not_ended(judged)
    elif case.end is not None and case.end not in replayed.ends and not _went_on(judged):
        last = next((v.entry for v in reversed(replayed.visits) if v.how is How.ON), None)
        unknown = case.end not in judged.compiled.process.ends
        hint = did_you_mean(case.end, replayed.ends) if unknown else ""
        ends = sorted(replayed.ends)
        reached = words.people(words.end_name(end, judged.compiled) for end in ends)
        after = f", the last of which {_last(last, judged)}" if last is not None else ""
        yield Finding(
            code="record/wrong-end",
            path=("end",),
            message=f"the case is said to have ended with `{case.end}`, but its steps{after}, lead "
            f"to {reached}",
            hint=hint or f"expected: {words.people(f'`{end}`' for end in ends)}",
            step=last.step if last is not None else None,
            occurrence=last.occurrence if last is not None else 1,
            by=last.people if last is not None else frozenset(),
        )


def _went_on(judged: Judged) -> bool:
    """Whether the case went on after its end, to the one it names; `after-end` says so already."""
    last = judged.replayed.visits[-1] if judged.replayed.visits else None
    if last is None or last.how is not How.AFTER or last.plan is None:
        return False
    plan = last.plan
    ways = (*plan.options.values(), *plan.outcomes.values(), *filter(None, [plan.onward]))
    return any(way.end == judged.case.end for way in ways)


def _last(entry: Entry, judged: Judged) -> str:
    step = words.step_name(entry.step, judged.compiled)
    return f"was {step} {words.by_and_on(entry, judged.compiled.zone)}"


def _not_ended(judged: Judged) -> Finding:
    compiled = judged.compiled
    names = [
        words.step_name(step, compiled) + words.source(compiled, plan.step.at)
        for step, plan in compiled.steps.items()
        if step in judged.replayed.expected
    ]
    said = f"; still to be done: {words.people(names)}" if names else ""
    return Finding(
        code="record/not-ended",
        path=("status",),
        message=f"the case is closed but has not reached an end{said}",
        hint="record the steps that are missing, or leave the case open",
    )
