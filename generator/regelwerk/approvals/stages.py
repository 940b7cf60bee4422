"""The stages of an approval rule: which signatures count for which, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

import msgspec

from regelwerk.approvals.basis import Basis
from regelwerk.approvals.signer import is_known, signer_problems
from regelwerk.approvals.subject import Signed
from regelwerk.diagnostics import Problem, did_you_mean
from regelwerk.model.moment import Moment, is_before
from regelwerk.model.organization import Organization, Stage
from regelwerk.model.process import Process
from regelwerk.model.version import Signature, StageVerdict

Present = Mapping[str, tuple[Signature, ...]]


class Tally(msgspec.Struct, frozen=True):
    """The stages with the signatures that count, whatever their day.

    `lacking` are the stages for which too few have signed at all, with how many have.
    """

    stages: tuple[StageVerdict, ...] = ()
    lacking: tuple[tuple[StageVerdict, int], ...] = ()
    problems: tuple[Problem, ...] = ()


def rule_of(process: Process, organization: Organization) -> tuple[Stage, ...]:
    """The stages that a definition must go through; none where its rule is not defined."""
    if process.approval is not None:
        return organization.approval.get(process.approval, ())
    return next(iter(organization.approval.values()), ())


def empty_stages(rule: Iterable[Stage]) -> tuple[StageVerdict, ...]:
    """The stages of a rule before anybody has signed."""
    return tuple(
        StageVerdict(id=stage.id, title=stage.title, role=stage.role, needed=max(stage.count, 1))
        for stage in rule
    )


def tally(rule: tuple[Stage, ...], subject: Signed, basis: Basis) -> Tally:
    """Judge every signature of a version; one with a problem does not count."""
    signatures = subject.approvals.signatures
    known = [stage.id for stage in rule]
    present, problems = _by_stage(signatures, known)
    spoiled = {problem.path[:2] for problem in problems}
    stages = []
    earlier: Signature | None = None
    for stage, empty in zip(rule, empty_stages(rule), strict=True):
        here = present[stage.id]
        found = [
            *(
                problem
                for signature in here
                for problem in signer_problems(
                    signature, (stage.role,) if stage.role else (), subject, basis
                )
            ),
            *_same_person(stage, here, present),
            *_too_early(here, earlier, basis),
        ]
        spoiled |= {problem.path[:2] for problem in found}
        problems += found
        counting = tuple(one for one in here if one.path not in spoiled and is_known(one, basis))
        stages.append(msgspec.structs.replace(empty, signatures=_one_a_person(counting)))
        complete = len(stages[-1].signatures) >= empty.needed
        earlier = _completing(counting if complete else here, empty.needed, basis) or earlier
    lacking = tuple(
        (stage, len(present[stage.id])) for stage in stages if len(present[stage.id]) < stage.needed
    )
    return Tally(tuple(stages), lacking, tuple(_once_an_original(problems)))


def completed_on(stages: Iterable[StageVerdict], basis: Basis) -> date | None:
    """The day on which the last stage was complete; None where one is not, or there is none."""
    days = []
    for stage in stages:
        signed = sorted(signed_days(stage, basis))
        if len(signed) < stage.needed:
            return None
        days.append(signed[stage.needed - 1])
    return max(days, default=None)


def signed_days(stage: StageVerdict, basis: Basis) -> list[date]:
    """The days of the signatures that count for a stage."""
    return [basis.day(one.moment) for one in stage.signatures if one.moment is not None]


def _by_stage(
    signatures: tuple[Signature, ...], known: list[str]
) -> tuple[dict[str, tuple[Signature, ...]], list[Problem]]:
    """Signatures by stage; a misspelled stage is filed under the one that was meant."""
    present: dict[str, tuple[Signature, ...]] = dict.fromkeys(known, ())
    problems = []
    for signature in signatures:
        stage = signature.stage
        if stage and known and stage not in present:
            hint = did_you_mean(stage, known)
            meant = next((one for one in known if f"`{one}`" in hint), None)
            hint = hint or "one of " + ", ".join(f"`{one}`" for one in known)
            message = f"the approval rule has no stage `{stage}`"
            problems.append(Problem("schema/value", (*signature.path, "stage"), message, hint))
            if meant is None:
                continue
            stage = meant
        if stage in present:
            present[stage] = (*present[stage], signature)
    return present, problems


def _same_person(stage: Stage, here: tuple[Signature, ...], present: Present) -> Iterator[Problem]:
    for signature in here:
        others = (
            other
            for other in stage.not_same_as
            if any(one.by == signature.by for one in present.get(other, ()))
        )
        other = next(others, None) if signature.by else None
        if other is not None:
            yield Problem(
                "approval/same-person",
                (*signature.path, "by"),
                f"`{signature.by}` signs `{stage.id}` and has signed `{other}` as well",
                "these two stages must be signed by different people",
            )
    people = [signature.by for signature in here]
    if len(set(people)) >= stage.count:
        return
    for index, signature in enumerate(here):
        if signature.by and signature.by in people[:index]:
            yield Problem(
                "approval/same-person",
                (*signature.path, "by"),
                f"`{signature.by}` has signed `{stage.id}` already",
                f"the stage needs {stage.count} different people",
            )


def _too_early(
    here: tuple[Signature, ...], earlier: Signature | None, basis: Basis
) -> Iterator[Problem]:
    """Signatures of a stage from before the stage that comes first was complete."""
    if earlier is None or earlier.moment is None:
        return
    for signature in here:
        if signature.moment is not None and is_before(signature.moment, earlier.moment, basis.zone):
            yield Problem(
                "approval/out-of-order",
                (*signature.path, "at"),
                f"signed on {signature.at}, before `{earlier.stage}` was signed on {earlier.at}",
                "the stages of an approval rule are signed in their order",
            )


def _completing(here: tuple[Signature, ...], needed: int, basis: Basis) -> Signature | None:
    """The signature that completed a stage; the latest where it is not complete."""

    def when(moment: Moment) -> tuple[date, datetime]:
        first = datetime.min.replace(tzinfo=UTC)
        return basis.day(moment), moment if isinstance(moment, datetime) else first

    signed = [
        (when(one.moment), index, one)
        for index, one in enumerate(_one_a_person(here))
        if one.moment is not None
    ]
    return sorted(signed)[min(needed, len(signed)) - 1][2] if signed else None


def _one_a_person(signatures: Iterable[Signature]) -> tuple[Signature, ...]:
    first: dict[str, Signature] = {}
    for signature in signatures:
        first.setdefault(signature.by, signature)
    return tuple(first.values())


def _once_an_original(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Several signatures may name one original; what is wrong with it is said once."""
    said: set[str] = set()
    for problem in problems:
        if "original" in problem.path:
            if problem.message in said:
                continue
            said.add(problem.message)
        yield problem
