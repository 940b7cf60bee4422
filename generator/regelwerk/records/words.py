"""Sentences about a case: who did what when, what was expected, and which line says so.

Each function gives the message and the hint.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from regelwerk.diagnostics import did_you_mean
from regelwerk.model.case import Entry
from regelwerk.model.moment import Moment
from regelwerk.model.process import Path
from regelwerk.records.tables import Compiled, StepPlan, Way

Words = tuple[str, str]

_ACCEPT = ", or have the departure accepted under `deviations`"


def day(moment: Moment | None, zone: tzinfo) -> str:
    """A moment as it is read where the organization is: `2022-06-01`, `2022-06-01 10:15`."""
    if isinstance(moment, datetime):
        local = moment.astimezone(zone)
        return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
    return moment.isoformat() if moment is not None else "an unknown day"


def people(ids: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    names = list(ids)
    if len(names) < 2:
        return "".join(names) or "somebody"
    return ", ".join(names[:-1]) + " and " + names[-1]


def step_name(step: str, compiled: Compiled) -> str:
    """A step by title and id: `“Decide” (decide)`."""
    title = compiled.titles.get(step)
    return f"“{title}” (`{step}`)" if title else f"`{step}`"


def role_name(role: str | None, compiled: Compiled) -> str:
    """A role by its title."""
    return compiled.role_titles.get(role or "", role or "nobody")


def source(compiled: Compiled, at: Path) -> str:
    """` (process.yaml:84)`: where the definition says so; empty where that is not known."""
    line = compiled.line(at)
    return f" ({compiled.file}:{line})" if line is not None else ""


def did(entry: Entry, compiled: Compiled) -> str:
    """`“Decide” (decide) was done by anna.beispiel on 2022-06-01`."""
    return f"{step_name(entry.step, compiled)} was done {by_and_on(entry, compiled.zone)}"


def by_and_on(entry: Entry, zone: tzinfo) -> str:
    """`by anna.beispiel on 2022-06-01`."""
    return f"by {people(actor.id for actor in entry.by)} on {day(entry.completed, zone)}"


def end_name(end: str, compiled: Compiled) -> str:
    """An end by its id and event, and where the definition says so."""
    known = compiled.process.ends.get(end)
    event = f" (“{known.event}”)" if known is not None and known.event else ""
    return f"`{end}`{event}{source(compiled, ('ends', end)) if known is not None else ''}"


def unknown_step(entry: Entry, compiled: Compiled) -> Words:
    """A step that is not in the definition, or a parallel."""
    if entry.step in compiled.containers:
        message = (
            f"{did(entry, compiled)}, but only holds steps that go on side by side and is "
            "not recorded itself"
        )
        return message, "record the steps inside it"
    known = "known steps: " + ", ".join(f"`{step}`" for step in compiled.steps)
    message = (
        f"`{entry.step}` was done {by_and_on(entry, compiled.zone)}, but is not a step of version "
        f"{compiled.version} of “{compiled.process.title}”"
    )
    return message, did_you_mean(entry.step, compiled.steps) or known


def order(entry: Entry, plan: StepPlan, before: str | None, compiled: Compiled) -> Words:
    """A step to which no way leads forward from `before`, the step done last (None: none yet)."""
    after = f"after {step_name(before, compiled)}" if before is not None else "at that point"
    message = (
        f"{did(entry, compiled)} out of order: {after}, the process no longer leads to it"
        f"{source(compiled, plan.step.at)}"
    )
    return message, f"put the steps into the order in which they were done{_ACCEPT}"


def skipped(step: str, entry: Entry, compiled: Compiled) -> Words:
    """A step that was left out before another."""
    found = compiled.steps.get(step)
    where = source(compiled, found.step.at) if found is not None else ""
    message = (
        f"{step_name(step, compiled)} was skipped: it comes before "
        f"{step_name(entry.step, compiled)}, which was done by "
        f"{people(actor.id for actor in entry.by)} on {day(entry.completed, compiled.zone)}{where}"
    )
    return message, f"record the step where it was done{_ACCEPT}"


def repeated(entry: Entry, earlier: Entry | None, compiled: Compiled) -> Words:
    """A step done twice in a pass; `earlier` is when it had been done."""
    plan = compiled.steps[entry.step]
    before = f" {by_and_on(earlier, compiled.zone)}" if earlier is not None else ""
    message = (
        f"{did(entry, compiled)}, but it had been done already{before} and is not repeatable"
        f"{source(compiled, plan.step.at)}"
    )
    return message, f"remove the entry if it is there twice by mistake{_ACCEPT}"


def incomplete(entry: Entry, container: str, missing: tuple[str, ...], compiled: Compiled) -> Words:
    """The case went on before a parallel was done."""
    steps = people(step_name(step, compiled) for step in missing)
    found = compiled.process.step(container)
    where = source(compiled, found.at) if found is not None else ""
    message = (
        f"{did(entry, compiled)} before all branches of {step_name(container, compiled)} were "
        f"done; missing: {steps}{where}"
    )
    return message, f"record the missing steps before it, where they were done{_ACCEPT}"


def after_end(entry: Entry, end: str, compiled: Compiled) -> Words:
    """Something was done after the end."""
    message = f"{did(entry, compiled)} after the case had reached its end {end_name(end, compiled)}"
    return message, f"record what follows as a case of its own{_ACCEPT}"


def contradiction(
    entry: Entry, decided: StepPlan, taken: Way, way: Way, compiled: Compiled
) -> Words:
    """Another way was taken than was decided."""
    message = (
        f"{did(entry, compiled)}, but {step_name(decided.step.id, compiled)} had "
        f"{'been answered' if taken.kind == 'option' else 'ended'} with "
        f"{choice_name(decided, taken)}; this way belongs to {choice_name(decided, way)}"
        f"{source(compiled, way.at)}"
    )
    return message, f"correct what was decided, or the step{_ACCEPT}"


def choice_name(plan: StepPlan, way: Way) -> str:
    """An option by id and label, an outcome by its end."""
    if way.kind == "option" and plan.step.decision is not None:
        option = plan.step.decision.option(way.label)
        return f"`{way.label}` (“{option.label}”)" if option is not None else f"`{way.label}`"
    return f"`{way.label}`" if way.label else "another end"


def no_option(entry: Entry, plan: StepPlan, compiled: Compiled) -> Words:
    """A decision without an option, or with one that does not exist."""
    known = ", ".join(f"`{option}`" for option in plan.options)
    where = source(compiled, (*plan.step.at, "decision", "options"))
    if entry.option is None:
        message = f"{did(entry, compiled)}, but the record does not say what was decided{where}"
        return message, f"add `option:` with one of {known}"
    message = f"{did(entry, compiled)} with `{entry.option}`, which is none of its options{where}"
    return message, did_you_mean(entry.option, plan.options) or f"one of {known}"


def loop_limit(entry: Entry, plan: StepPlan, most: int, compiled: Compiled) -> Words:
    """An option was chosen too often."""
    way = plan.options[entry.option or ""]
    times = {1: "once", 2: "twice"}.get(most, f"{most} times")
    message = (
        f"{did(entry, compiled)} with {choice_name(plan, way)} once more, which may be chosen "
        f"{times} at most{source(compiled, way.at)}"
    )
    return message, f"decide otherwise{_ACCEPT}"
