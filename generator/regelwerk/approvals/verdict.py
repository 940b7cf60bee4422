"""The verdict about every version of a process on a day, and what is wrong with its approvals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from regelwerk.approvals.assessment import Assessment, assess
from regelwerk.approvals.basis import Basis, basis_of
from regelwerk.approvals.day_problems import day_problems, not_raised
from regelwerk.approvals.editorial import EDITORIAL, editorial_problems
from regelwerk.approvals.originals import Originals
from regelwerk.approvals.periods import Period, periods
from regelwerk.approvals.trust import Trust
from regelwerk.diagnostics import Problem
from regelwerk.model.project import FrozenVersion, ProcessFolder, Project
from regelwerk.model.span import add_calendar, parse_span
from regelwerk.model.version import Signature, StageVerdict, Status, Verdict


def judge_process(
    folder: ProcessFolder,
    project: Project,
    as_of: date,
    originals: Originals,
    trust: Trust | None = None,
) -> dict[str, tuple[Verdict, tuple[Problem, ...]]]:
    """Judge every frozen version of a process: version → verdict and problems, lowest first.

    What is dated later than `as_of` has not happened yet. Every problem names its file. With a
    trusted state, people, keys and rules are those of that state.
    """
    basis = basis_of(project, originals, trust)
    assessments = list(_assessments(folder, basis))
    reigns = periods(assessments)
    judged = {}
    for one in assessments:
        verdict = _verdict(one, reigns[one.frozen.version], as_of, basis)
        problems = (
            *one.problems,
            *day_problems(one, verdict, as_of, basis),
            *not_raised(folder.working, one.frozen),
        )
        judged[one.frozen.version] = (verdict, problems)
    return judged


def _assessments(folder: ProcessFolder, basis: Basis) -> Iterator[Assessment]:
    """Lowest version first, since a version may be judged by the one approved before it."""
    before = None
    for frozen in folder.versions:
        one = assess(frozen, basis, before)
        yield one
        if one.signed_on is not None:
            before = frozen


def working_problems(
    folder: ProcessFolder, project: Project, originals: Originals
) -> Iterator[Problem]:
    """What keeps the working definition from being approved by the rule it names."""
    working = folder.working
    if working is None or working.process.approval != EDITORIAL:
        return
    if folder.version(working.process.version) is not None:
        return
    judged = _assessments(folder, basis_of(project, originals))
    signed = [one.frozen for one in judged if one.signed_on is not None]
    yield from editorial_problems(working, signed[-1] if signed else None)


def in_force(
    folder: ProcessFolder, project: Project, day: date, originals: Originals
) -> FrozenVersion | None:
    """The version in force on a day, if there is one."""
    return reigns_over(folder, project, originals)(day)


def reigns_over(
    folder: ProcessFolder, project: Project, originals: Originals
) -> Callable[[date], FrozenVersion | None]:
    """Tells the version in force on any day; signatures are verified only once."""
    basis = basis_of(project, originals)
    assessments = list(_assessments(folder, basis))
    reigns = periods(assessments)

    def on(day: date) -> FrozenVersion | None:
        for one in assessments:
            verdict = _verdict(one, reigns[one.frozen.version], day, basis)
            if verdict.status is Status.EFFECTIVE:
                return one.frozen
        return None

    return on


def _verdict(one: Assessment, period: Period, as_of: date, basis: Basis) -> Verdict:
    stages = tuple(_until(stage, as_of, basis) for stage in one.stages)
    signed = one.signed_on is not None and one.signed_on <= as_of
    superseded = period.superseded_on is not None and period.superseded_on <= as_of
    withdrawn = one.withdrawn_on is not None and one.withdrawn_on <= as_of
    over = superseded or withdrawn
    ended = period.end is not None and period.end <= as_of
    status = _status(stages, signed=signed, superseded=superseded, withdrawn=withdrawn)
    if status is Status.APPROVED and period.covers(as_of):
        status = Status.EFFECTIVE
    return Verdict(
        version=one.frozen.version,
        status=status,
        stages=stages,
        effective_from=_effective_from(one, period, signed=signed, over=over, withdrawn=withdrawn),
        effective_until=_day_before(period.end) if ended and signed else None,
        on_paper=any(signature.method == "paper" for signature in _signatures(stages)),
        digest=one.digest,
        review_due=_review_due(one, as_of) if signed and not over else None,
        superseded_by=period.superseded_by if signed and superseded else None,
    )


def _status(
    stages: tuple[StageVerdict, ...], *, signed: bool, superseded: bool, withdrawn: bool
) -> Status:
    if withdrawn:
        return Status.WITHDRAWN
    if not signed:
        return Status.IN_APPROVAL if any(_signatures(stages)) else Status.DRAFT
    return Status.SUPERSEDED if superseded else Status.APPROVED


def _effective_from(
    one: Assessment, period: Period, *, signed: bool, over: bool, withdrawn: bool
) -> date | None:
    if signed:
        return period.first if over else one.since
    approvals = one.frozen.approvals
    if approvals is None or withdrawn:
        return None
    return approvals.effective_from


def _until(stage: StageVerdict, as_of: date, basis: Basis) -> StageVerdict:
    """The stage with the signatures there were on a day."""
    signatures = tuple(
        one for one in stage.signatures if one.moment is not None and basis.day(one.moment) <= as_of
    )
    return msgspec.structs.replace(stage, signatures=signatures)


def _signatures(stages: tuple[StageVerdict, ...]) -> Iterator[Signature]:
    return (signature for stage in stages for signature in stage.signatures)


def _day_before(day: date | None) -> date | None:
    return date.fromordinal(day.toordinal() - 1) if day is not None else None


def _review_due(one: Assessment, as_of: date) -> date | None:
    """`review_every` after the first day in force, or after the latest review that counts."""
    definition = one.frozen.definition
    every = definition.process.review_every if definition is not None else None
    span = parse_span(every) if every is not None else None
    if one.since is None or span is None or span.business_days or span.has_time:
        return None
    reviewed = (day for day in one.reviewed_on if day <= as_of)
    return add_calendar(max((one.since, *reviewed)), span)
