"""Whether a closed case has reached an end, and the one it names."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.diagnostics import did_you_mean
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
    elif case.end is not None and case.end not in replayed.ends:
        last = next((v.entry for v in reversed(replayed.visits) if v.how is How.ON), None)
        unknown = case.end not in judged.compiled.process.ends
        hint = did_you_mean(case.end, replayed.ends) if unknown else ""
        reached = words.people(f"`{end}`" for end in sorted(replayed.ends))
        yield Finding(
            code="record/wrong-end",
            path=("end",),
            message=f"the case is said to have ended with `{case.end}`, but its steps lead to "
            f"{reached}",
            hint=hint or f"expected: {reached}",
            step=last.step if last is not None else None,
            occurrence=last.occurrence if last is not None else 1,
            by=last.people if last is not None else frozenset(),
        )


def _not_ended(judged: Judged) -> Finding:
    expected = [step for step in judged.compiled.steps if step in judged.replayed.expected]
    names = words.people(words.step_name(step, judged.compiled) for step in expected)
    said = f"; still to be done: {names}" if expected else ""
    return Finding(
        code="record/not-ended",
        path=("status",),
        message=f"the case is closed but has not reached an end{said}",
        hint="record the steps that are missing, or leave the case open",
    )
