"""Until when a step is due, and what was done or is still open after that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.case import Entry
from regelwerk.model.moment import Moment, day_of, is_before
from regelwerk.model.span import Span, add_calendar
from regelwerk.records import words
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged
from regelwerk.records.tables import StepPlan
from regelwerk.records.visit import How

_START = -1


def deadline(base: Moment, span: Span, calendar: BusinessCalendar, zone: tzinfo) -> Moment | None:
    """The last day, or the last moment for a span of hours from a date-time; None: beyond any.

    The day of `base` is not counted; a day is due until it ends, in the organization's time zone.
    """
    day = day_of(base, zone)
    if span.business_days:
        return calendar.add(day, span.business_days)
    last = add_calendar(day, span)
    if last is None or not span.has_time:
        return last
    more = timedelta(hours=span.hours, minutes=span.minutes)
    try:
        if isinstance(base, datetime):
            local = base.astimezone(zone)
            # Hours are real hours: added to the instant, whatever the clocks do in between.
            moved = datetime.combine(last, local.timetz()).replace(fold=local.fold)
            return (moved.astimezone(base.tzinfo) + more).astimezone(zone)
        return (datetime.combine(last, time()) + more).date()
    except OverflowError:
        return None


class _Deadlines:
    """Deadlines of one case; each counts once, for the first completion after what set it off."""

    def __init__(self, judged: Judged) -> None:
        self.judged = judged
        self.latest: dict[str, Entry] = {}
        self.met: set[tuple[str, int]] = set()

    def of(self, plan: StepPlan) -> tuple[Moment, Moment] | None:
        """What the deadline of a step counts from, and the deadline; None where none is open."""
        step, judged = plan.step, self.judged
        if step.due is None or plan.due is None:
            return None
        earlier = self.latest.get(step.due.after)
        trigger = _START if step.due.after == "start" else earlier.index if earlier else None
        if trigger is None or (step.id, trigger) in self.met:
            return None
        base = judged.case.started if earlier is None else earlier.completed
        if base is None or judged.is_future(base):
            return None
        self.met.add((step.id, trigger))
        last = deadline(base, plan.due, judged.world.calendar, judged.world.zone)
        return (base, last) if last is not None else None

    def done(self, entry: Entry) -> None:
        self.latest[entry.step] = entry


def still_to_do(judged: Judged) -> Iterator[tuple[StepPlan, Moment | None]]:
    """The steps that have to be done next, each with its deadline if it has one."""
    deadlines = _Deadlines(judged)
    for visit in judged.replayed.visits:
        done = visit.entry.completed is not None and visit.how is not How.AFTER
        if visit.plan is not None and done:
            deadlines.of(visit.plan)
        deadlines.done(visit.entry)
    for step, plan in judged.compiled.steps.items():
        if step in judged.replayed.expected:
            span = deadlines.of(plan)
            yield plan, span[1] if span is not None else None


def overdue(judged: Judged) -> Iterator[Finding]:
    """Steps done after they were due, and in a case that is not closed, steps still to be done."""
    deadlines = _Deadlines(judged)
    zone = judged.world.zone
    for visit in judged.replayed.visits:
        entry, plan = visit.entry, visit.plan
        if plan is not None and visit.how is not How.AFTER and entry.completed is not None:
            span = deadlines.of(plan)
            if (
                span is not None
                and is_before(span[1], entry.completed, zone)
                and not judged.is_future(entry.completed)
            ):
                yield judged.finding(
                    entry,
                    "record/overdue",
                    f"{words.did(entry, judged.compiled)}; {_due(judged, plan, *span)}",
                    "correct the day, or have the delay accepted under `deviations`",
                )
        deadlines.done(entry)
    if judged.case.listed and judged.case.status not in (None, "closed"):
        yield from _still_open(judged, deadlines)


def _still_open(judged: Judged, deadlines: _Deadlines) -> Iterator[Finding]:
    today = judged.world.as_of
    cancelled = judged.case.cancelled_on
    if judged.case.status == "cancelled" and cancelled is not None:
        today = min(today, day_of(cancelled, judged.world.zone))
    for step, plan in judged.compiled.steps.items():
        if step not in judged.replayed.expected:
            continue
        span = deadlines.of(plan)
        if span is not None and day_of(span[1], judged.world.zone) < today:
            yield Finding(
                code="record/overdue",
                path=("steps",),
                message=f"{words.step_name(step, judged.compiled)} had not been done by "
                f"{today.isoformat()}; {_due(judged, plan, *span)}",
                hint="do the step and record it",
                step=step,
                occurrence=1 + sum(entry.step == step for entry in judged.case.entries),
            )


def _due(judged: Judged, plan: StepPlan, base: Moment, last: Moment) -> str:
    after = plan.step.due.after if plan.step.due is not None else "start"
    since = "the start of the case" if after == "start" else words.step_name(after, judged.compiled)
    return (
        f"it was due by {words.day(last, judged.world.zone)}, counted from {since} on "
        f"{_day(base, judged.world.zone)}"
        f"{words.source(judged.compiled, (*plan.step.at, 'due'))}"
    )


def _day(moment: Moment, zone: tzinfo) -> date:
    return day_of(moment, zone)
