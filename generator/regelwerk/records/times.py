"""Times that contradict the order of the steps, the case's own times, or today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, tzinfo

from regelwerk.model.case import Case, Entry
from regelwerk.model.moment import Moment, day_of, is_before
from regelwerk.model.process import Path
from regelwerk.records import words
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged
from regelwerk.records.visit import How, Visit

# How a message calls the step of an id.
NameOf = Callable[[str], str]


def time_order(judged: Judged) -> Iterator[Finding]:
    """A step ends after it began, after the case began, and not before the step it follows.

    In a parallel each branch has its own order. Where the order is at fault already, or a time
    lies in the future, times are not compared.
    """
    started = judged.case.started
    before_start = started is not None and judged.is_future(started)
    for visit in judged.replayed.visits:
        if visit.how is How.AFTER:
            continue
        message = _own_fault(judged, visit)
        if not message and started is not None and not before_start:
            begun = _earliest(judged, visit.entry)
            if begun is not None and is_before(begun, started, judged.world.zone):
                before_start = True
                message = _before_case(judged, visit.entry, begun, started)
        if not message:
            message = _too_early(judged, visit)
        if message:
            yield judged.finding(
                visit.entry,
                "record/time-order",
                message,
                "correct the dates, or the order of the steps",
            )
    yield from _closing(judged)


def _own_fault(judged: Judged, visit: Visit) -> str:
    began, ended = visit.entry.started, visit.entry.completed
    if began is None or ended is None or judged.is_future(began):
        return ""
    if not is_before(ended, began, judged.world.zone):
        return ""
    did = words.did(visit.entry, judged.compiled)
    return f"{did}, before it was begun on {words.day(began, judged.world.zone)}"


def _before_case(judged: Judged, entry: Entry, begun: Moment, started: Moment) -> str:
    zone = judged.world.zone
    if begun == entry.completed:
        did = words.did(entry, judged.compiled)
    else:
        step = words.step_name(entry.step, judged.compiled)
        did = f"{step} was begun on {words.day(begun, zone)}"
    return f"{did}, before the case began on {words.day(started, zone)}"


def _earliest(judged: Judged, entry: Entry) -> Moment | None:
    began, ended = entry.started, entry.completed
    if began is None or ended is None:
        return began if ended is None else ended
    return began if is_before(began, ended, judged.world.zone) else ended


def _too_early(judged: Judged, visit: Visit) -> str:
    ended, earlier = visit.entry.completed, visit.earlier
    if visit.how is not How.ON or ended is None or earlier is None or judged.is_future(ended):
        return ""
    if not is_before(ended, earlier, judged.world.zone):
        return ""
    did = words.did(visit.entry, judged.compiled)
    before = next(
        (
            words.step_name(one.entry.step, judged.compiled)
            for one in reversed(judged.replayed.visits)
            if one.entry.index < visit.entry.index and one.entry.completed == earlier
        ),
        "the step before it",
    )
    where = words.source(judged.compiled, visit.plan.step.at) if visit.plan is not None else ""
    day = words.day(earlier, judged.world.zone)
    return f"{did}, but {before}, after which it comes, only on {day}{where}"


def _closing(judged: Judged) -> Iterator[Finding]:
    case, zone = judged.case, judged.world.zone
    closing: list[tuple[Moment | None, Path, str]] = [
        (case.closed if case.status == "closed" else None, ("closed",), "closed"),
        (
            case.cancelled_on if case.status == "cancelled" else None,
            ("cancelled", "on"),
            "cancelled",
        ),
    ]
    for moment, path, word in closing:
        if moment is None or judged.is_future(moment):
            continue
        late = next(
            (
                (when, entry)
                for when, entry in _backwards(case)
                if is_before(moment, when, zone) and not judged.is_future(when)
            ),
            None,
        )
        if late is not None:
            when, entry = late
            what = "the case began"
            if entry is not None:
                what = f"{words.step_name(entry.step, judged.compiled)} was done"
            yield Finding(
                code="record/time-order",
                path=path,
                message=f"the case was {word} on {words.day(moment, zone)}, but {what} on "
                f"{words.day(when, zone)}",
                hint="correct one of the two dates",
            )


def _backwards(case: Case) -> Iterator[tuple[Moment, Entry | None]]:
    """The case's start, and when each step was done, from the last one on."""
    if case.started is not None:
        yield case.started, None
    for entry in reversed(case.entries):
        if entry.completed is not None:
            yield entry.completed, entry


def in_future(case: Case, as_of: date, zone: tzinfo, name: NameOf) -> Iterator[Finding]:
    """The first time in the record that has not come yet; `name` tells how to call a step."""
    for moment, path, what, entry in _moments(case):
        if moment is not None and day_of(moment, zone) > as_of:
            if entry is not None:
                by = words.people(actor.id for actor in entry.by)
                what = f"{name(entry.step)} is said to have been {what} by {by} on"
            yield Finding(
                code="record/in-future",
                path=path,
                message=f"{what} {words.day(moment, zone)}, which is after {as_of.isoformat()}",
                hint="correct the date",
                step=entry.step if entry is not None else None,
                occurrence=entry.occurrence if entry is not None else 1,
            )
            return


def _moments(case: Case) -> Iterator[tuple[Moment | None, Path, str, Entry | None]]:
    """Every time in the record, what it tells, and the entry in which it stands."""
    yield case.started, ("started",), "the case is said to have begun on", None
    for entry in case.entries:
        yield entry.started, entry.at, "begun", entry
        yield entry.completed, entry.at, "done", entry
    yield case.closed, ("closed",), "the case is said to have been closed on", None
    yield case.cancelled_on, ("cancelled", "on"), "the case is said to be cancelled since", None
    if case.erased is not None:
        at = (*case.erased.at, "on")
        yield case.erased.on, at, "the record is said to have been erased on", None
    for deviation in case.deviations:
        yield deviation.on, (*deviation.at, "on"), "a departure is said to be accepted on", None
