"""Accepted departures: each turns one finding into information, if it was rightly accepted."""

from __future__ import annotations

from collections.abc import Iterable

from regelwerk.diagnostics import CODES, Problem, Severity, did_you_mean
from regelwerk.model.case import Deviation
from regelwerk.model.moment import day_of
from regelwerk.records import words
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged

_NEVER = frozenset({"record/evidence-changed", "record/duplicate-case", "record/in-future"})
# These are about the whole case, though a deviation may name the step at which it ended.
_WHOLE_CASE = frozenset({"record/not-ended", "record/wrong-end", "record/version-not-effective"})


def weigh(judged: Judged, findings: Iterable[Finding]) -> list[Problem]:
    """The findings as problems, accepted ones as information, and what is wrong with deviations."""
    findings = list(findings)
    accepted: dict[int, Deviation] = {}
    refused: list[Problem] = []
    for deviation, number in _matches(judged.case.deviations, findings):
        if number is None:
            refused.append(_unused(judged, deviation))
            continue
        if deviation.approved_by.id not in judged.world.people:
            continue  # an unknown person is reported already
        problem = _refusal(judged, deviation, findings[number])
        if problem is None:
            accepted[number] = deviation
        else:
            refused.append(problem)
    problems = [_problem(judged, finding, accepted.get(n)) for n, finding in enumerate(findings)]
    return problems + refused


def _matches(
    deviations: tuple[Deviation, ...], findings: list[Finding]
) -> list[tuple[Deviation, int | None]]:
    """For each deviation the finding it means; a finding is meant once.

    `occurrence` is the step's entry; where none fits, the step's finding of that code.
    """
    taken: dict[int, int] = {}
    for exact in (True, False):
        for place, deviation in enumerate(deviations):
            if place in taken.values():
                continue
            number = _match(deviation, findings, taken, exact=exact)
            if number is not None:
                taken[number] = place
    meant = {place: number for number, place in taken.items()}
    return [(deviation, meant.get(place)) for place, deviation in enumerate(deviations)]


def _match(
    deviation: Deviation, findings: list[Finding], taken: dict[int, int], *, exact: bool
) -> int | None:
    same = [
        number
        for number, finding in enumerate(findings)
        if finding.code == deviation.finding
        and (finding.step == deviation.step or (not exact and finding.code in _WHOLE_CASE))
    ]
    if exact:
        same = [n for n in same if findings[n].occurrence == deviation.occurrence]
    else:
        same = same[deviation.occurrence - 1 : deviation.occurrence]
    return next((number for number in same if number not in taken), None)


def _refusal(judged: Judged, deviation: Deviation, finding: Finding) -> Problem | None:
    code, person = deviation.finding, deviation.approved_by
    if code in _NEVER or code.startswith("record/unknown-"):
        return Problem(
            "record/deviation-not-authorised",
            (*deviation.at, "finding"),
            f"`{code}` cannot be accepted by anybody",
            "correct the record and remove the deviation",
        )
    if person.id in finding.by:
        return Problem(
            "record/deviation-not-authorised",
            person.at,
            f"{person.id} accepted a departure at {_at(judged, finding)} and did that step as well",
            "somebody else in the accountable role has to accept it",
        )
    roles, title, where = _accountable(judged, finding)
    day = day_of(deviation.on, judged.world.zone) if deviation.on is not None else None
    holdings = judged.world.people[person.id].roles
    held = [holding for holding in holdings if holding.role in roles]
    if day is None or any(holding.covers(day) for holding in held):
        return None
    return Problem(
        "record/deviation-not-authorised",
        person.at,
        f"{person.id} accepted a departure at {_at(judged, finding)} on {day.isoformat()} but did "
        f"not hold the role {title} on that day, which is accountable{where}",
        f"somebody who holds the role {title} has to accept it",
    )


def _at(judged: Judged, finding: Finding) -> str:
    if finding.step is None:
        return "the case as a whole"
    return words.step_name(finding.step, judged.compiled)


def _accountable(judged: Judged, finding: Finding) -> tuple[frozenset[str], str, str]:
    """The roles that may accept, their title, and the line that says so.

    They are the step's accountable one, or the owner for the whole case.
    """
    compiled = judged.compiled
    plan = compiled.steps.get(finding.step) if finding.step is not None else None
    if plan is None and compiled.owner_roles:
        title = words.role_name(compiled.process.owner, compiled)
        return compiled.owner_roles, title, words.source(compiled, ("owner",))
    if plan is None:
        plans = [visit.plan for visit in judged.replayed.visits if visit.plan is not None]
        plan = plans[-1] if plans else None
    if plan is None:
        return frozenset(), "of an owner", ""
    step = plan.step
    at = (*step.at, "accountable") if step.accountable is not None else ("owner",)
    if step.accountable is None and compiled.process.owner is None:
        at = (*step.at, "responsible")
    title = words.role_name(plan.accountable, compiled)
    return plan.accountable_roles, title, words.source(compiled, at)


def _unused(judged: Judged, deviation: Deviation) -> Problem:
    steps = judged.compiled.steps
    step = f" at {words.step_name(deviation.step, judged.compiled)}" if deviation.step else ""
    meant = ""
    if deviation.finding not in CODES:
        meant = did_you_mean(deviation.finding, CODES)
    elif deviation.step is not None and deviation.step not in steps:
        meant = did_you_mean(deviation.step, steps)
    return Problem(
        "record/unused-deviation",
        deviation.at,
        f"`{deviation.finding}`{step} was accepted by {deviation.approved_by.id}, but there is no "
        f"such finding (occurrence {deviation.occurrence})",
        meant or "correct `finding`, `step` or `occurrence`, or remove the deviation",
    )


def _problem(judged: Judged, finding: Finding, deviation: Deviation | None) -> Problem:
    if deviation is None:
        return Problem(finding.code, finding.path, finding.message, finding.hint)
    reason = f": {' '.join(deviation.reason.split())}" if deviation.reason else ""
    return Problem(
        finding.code,
        finding.path,
        f"{finding.message}; accepted by {deviation.approved_by.id} on "
        f"{words.day(deviation.on, judged.world.zone)}{reason}",
        severity=Severity.INFO,
    )
