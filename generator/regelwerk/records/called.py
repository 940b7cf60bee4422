"""The case of the process that a step calls."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.model.case import Entry
from regelwerk.model.moment import day_of, is_before
from regelwerk.records import words
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged
from regelwerk.records.tables import StepPlan
from regelwerk.records.visit import How
from regelwerk.records.world import World


def end_of_call(world: World, plan: StepPlan, entry: Entry) -> str | None:
    """The end at which the called case was closed; None where that is not known."""
    calls = plan.step.calls
    found = world.cases.cases.get(entry.called) if entry.called is not None else None
    if calls is None or calls.external or found is None or found.process != calls.process:
        return None
    return found.end if found.status == "closed" else None


def called_cases(judged: Judged) -> Iterator[Finding]:
    """The called case exists, belongs to that process, and was closed when the step was done."""
    for visit in judged.replayed.visits:
        plan, entry = visit.plan, visit.entry
        if plan is None or visit.how is How.AFTER or "called_case" in entry.unreadable:
            continue
        calls = plan.step.calls
        if calls is None or calls.external:
            continue
        reason = _reason(judged, entry, calls.process)
        if reason:
            at = (*plan.step.at, "calls")
            yield judged.finding(
                entry,
                "record/called-case",
                f"{words.did(entry, judged.compiled)}, but {reason}"
                f"{words.source(judged.compiled, at)}",
                "name the case of the called process under `called_case`",
                ("called_case",) if "called_case" in entry.keys else (),
            )


def _reason(judged: Judged, entry: Entry, process: str) -> str:
    if entry.called is None:
        if not _in_force(judged, entry, process):
            return ""
        if entry.called_reference:
            return (
                f"the record names only a reference, though `{process}` is kept here and was in "
                "force"
            )
        return f"the record names no case of `{process}`"
    found = judged.world.cases.cases.get(entry.called)
    if found is None:
        return f"there is no case `{entry.called}`"
    if found.process != process:
        return f"`{entry.called}` is a case of `{found.process}`, not of `{process}`"
    if found.status != "closed":
        return f"the case `{entry.called}` is not closed"
    late = (
        found.closed is not None
        and entry.completed is not None
        and is_before(entry.completed, found.closed, judged.world.zone)
    )
    if late:
        closed = words.day(found.closed, judged.world.zone)
        return f"the case `{entry.called}` was closed only on {closed}"
    return ""


def _in_force(judged: Judged, entry: Entry, process: str) -> bool:
    """Whether the called process had a version in force all the while."""
    moments = (judged.case.started, entry.completed)
    days = [day_of(moment, judged.world.zone) for moment in moments if moment is not None]
    return bool(days) and all(judged.world.in_force(process, day) is not None for day in days)
