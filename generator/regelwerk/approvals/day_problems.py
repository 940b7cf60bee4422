"""What is wrong with a version's approvals on a day, and with the number of the next version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regelwerk.approvals.assessment import Assessment
from regelwerk.approvals.basis import Basis
from regelwerk.approvals.digest import digest
from regelwerk.diagnostics import Problem, Severity
from regelwerk.model.project import Definition, FrozenVersion
from regelwerk.model.version import Approvals, Signature, Status, Verdict


def day_problems(one: Assessment, verdict: Verdict, as_of: date, basis: Basis) -> Iterator[Problem]:
    """Stages not signed by that day, a review that is overdue, and approval on paper."""
    approvals, file = one.frozen.approvals, one.frozen.approvals_file
    if approvals is None:
        if one.frozen.definition is not None:
            yield _not_submitted(one.frozen.definition)
        return
    yield from _missing_stages(one, approvals, verdict, as_of)
    yield from _not_yet(one, approvals, verdict, as_of, basis)
    if verdict.status is Status.EFFECTIVE and verdict.review_due and verdict.review_due < as_of:
        yield Problem(
            "approval/review-overdue",
            ("reviews",) if approvals.reviews else (),
            f"version {verdict.version} was to be reviewed by {verdict.review_due}",
            "add a review under `reviews`, or bring out a new version",
            file=file,
        )
    paper = next(
        (signature for signature in _counting(verdict) if signature.method == "paper"), None
    )
    if paper is not None and all(stage.complete for stage in verdict.stages):
        yield Problem(
            "approval/unsigned-paper",
            (*paper.path, "method"),
            f"version {verdict.version} is approved on paper, which this tool cannot verify",
            file=file,
        )
        return  # that a person withdrew it on paper too is the same cause
    withdrawn = approvals.withdrawn
    on_paper = withdrawn is not None and withdrawn.signature.method == "paper"
    if withdrawn and on_paper and one.signed_on and verdict.status is Status.WITHDRAWN:
        yield Problem(
            "approval/unsigned-paper",
            (*withdrawn.signature.path, "method"),
            f"version {verdict.version} is withdrawn on paper, which this tool cannot verify",
            file=file,
        )


def not_raised(working: Definition | None, frozen: FrozenVersion) -> Iterator[Problem]:
    """The working definition says something else under the number of a frozen version."""
    if working is None or frozen.definition is None or working.process.version != frozen.version:
        return
    if digest(working.data, None) != digest(frozen.definition.data, None):
        yield Problem(
            "approval/version-not-raised",
            ("version",),
            f"version {frozen.version} is frozen and says something else",
            "raise `version`; what is frozen never changes",
            file=working.file,
        )


def _not_submitted(definition: Definition) -> Problem:
    return Problem(
        "approval/missing-stage",
        (),
        f"version {definition.version} is frozen, but no stage of its approval is signed: "
        "there is no readable approvals.yaml beside it",
        "add approvals.yaml with the digest and the signatures",
        severity=Severity.INFO,
        file=definition.file,
    )


def _missing_stages(
    one: Assessment, approvals: Approvals, verdict: Verdict, as_of: date
) -> Iterator[Problem]:
    """An error from the day on which the version should hold, unless it was withdrawn by then."""
    begun = approvals.effective_from is not None and approvals.effective_from <= as_of
    urgent = begun and verdict.status is not Status.WITHDRAWN
    for stage, signed in one.lacking:
        message = f"the stage `{stage.id}` is not signed"
        if stage.needed > 1:
            message = f"the stage `{stage.id}` has {signed} of the {stage.needed} signatures needed"
        yield Problem(
            "approval/missing-stage",
            ("signatures",) if approvals.signatures else (),
            message,
            "have it signed (`regelwerk versions sign`); without it version"
            f" {one.frozen.version} is not in force",
            severity=Severity.ERROR if urgent else Severity.INFO,
            file=one.frozen.approvals_file,
        )


def _not_yet(
    one: Assessment, approvals: Approvals, verdict: Verdict, as_of: date, basis: Basis
) -> Iterator[Problem]:
    """Signatures of a day that has not come; said of stages that wait for them."""
    if approvals.effective_from is not None and approvals.effective_from <= as_of:
        return  # then the version takes effect before it is approved, which is said already
    waiting = {stage.id for stage in verdict.stages if not stage.complete}
    for stage in one.stages:
        for signature in stage.signatures if stage.id in waiting else ():
            if signature.moment is not None and basis.day(signature.moment) > as_of:
                yield Problem(
                    "approval/missing-stage",
                    (*signature.path, "at"),
                    f"the stage `{stage.id}` is signed for {signature.at}, a day still to come",
                    severity=Severity.INFO,
                    file=one.frozen.approvals_file,
                )


def _counting(verdict: Verdict) -> Iterator[Signature]:
    return (signature for stage in verdict.stages for signature in stage.signatures)
