"""One version by itself: is it what was approved, who has signed it, from when could it hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from regelwerk.approvals.basis import Basis
from regelwerk.approvals.editorial import editorial_problems
from regelwerk.approvals.identity import digest_of, identity_problems
from regelwerk.approvals.kept_names import kept_name_problems
from regelwerk.approvals.signer import is_known, signer_problems
from regelwerk.approvals.stages import Tally, completed_on, empty_stages, rule_of, tally
from regelwerk.approvals.subject import Subject, subject_of
from regelwerk.diagnostics import Problem
from regelwerk.model.organization import Stage
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Signature, StageVerdict


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """Facts about a version that do not depend on the day on which one asks.

    `signed_on`: the day of the signature that completed it. `since`: the first day it could be in
    force. `withdrawn_on`, `reviewed_on`: days of the withdrawal and of reviews that count.
    """

    frozen: FrozenVersion
    digest: str | None
    stages: tuple[StageVerdict, ...] = ()
    lacking: tuple[tuple[StageVerdict, int], ...] = ()
    signed_on: date | None = None
    since: date | None = None
    withdrawn_on: date | None = None
    reviewed_on: tuple[date, ...] = ()
    problems: tuple[Problem, ...] = ()


def assess(frozen: FrozenVersion, basis: Basis, before: FrozenVersion | None) -> Assessment:
    """Judge a version's digest, signatures, reviews and withdrawal; problems are of its approvals.

    Where the approvals are not those of this definition, or their shape is wrong, none counts.
    `before` is the latest lower version that is fully signed.
    """
    found = digest_of(frozen)
    rule = rule_of(frozen.definition.process, basis.organization) if frozen.definition else ()
    approvals = frozen.approvals
    editorial = tuple(editorial_problems(frozen.definition, before))
    if approvals is None:
        return Assessment(
            frozen=frozen, digest=found, stages=empty_stages(rule), problems=editorial
        )
    problems = [*identity_problems(frozen, approvals, found), *editorial]
    valid = approvals.sound and not problems
    subject = subject_of(frozen, approvals)
    counted = tally(rule, subject, basis)
    signed_on = completed_on(counted.stages, basis) if valid else None
    problems += counted.problems
    if basis.trust is None:
        problems += kept_name_problems(approvals, basis)
    if basis.project.sound or basis.organization.approval:
        problems += _rule_problem(frozen, rule, valid=valid)
    effective = approvals.effective_from
    if signed_on is not None and effective is not None and effective < signed_on:
        problems.append(_too_soon(effective, signed_on))
    withdrawn_on, withdrawal_problems = _withdrawal(subject, rule, basis)
    reviewed_on, review_problems = _reviews(subject, rule, basis, counted)
    return Assessment(
        frozen=frozen,
        digest=found,
        stages=counted.stages if valid else empty_stages(rule),
        lacking=counted.lacking,
        signed_on=signed_on,
        since=max(effective, signed_on) if effective and signed_on else None,
        withdrawn_on=withdrawn_on if valid else None,
        reviewed_on=reviewed_on,
        problems=tuple(
            msgspec.structs.replace(problem, file=problem.file or frozen.approvals_file)
            for problem in (*problems, *withdrawal_problems, *review_problems)
        ),
    )


def _rule_problem(
    frozen: FrozenVersion, rule: tuple[Stage, ...], *, valid: bool
) -> Iterator[Problem]:
    if rule or not valid or frozen.definition is None:
        return
    name = frozen.definition.process.approval
    which = f"the approval rule `{name}`" if name else "an approval rule"
    yield Problem(
        "approval/missing-stage",
        (),
        f"organization.yaml does not define {which}, so nobody can have approved this version",
        "define the rule with its stages; rules that a frozen version names are not deleted",
    )


def _too_soon(effective: date, signed_on: date) -> Problem:
    return Problem(
        "approval/effective-before-approved",
        ("effective_from",),
        f"the version takes effect on {effective}, but was signed by all only on {signed_on}",
        f"the first day can be {signed_on}",
    )


def _withdrawal(
    subject: Subject, rule: tuple[Stage, ...], basis: Basis
) -> tuple[date | None, list[Problem]]:
    """Whoever may sign the rule's last stage may withdraw the version."""
    withdrawn = subject.approvals.withdrawn
    if withdrawn is None:
        return None, []
    signature = withdrawn.signature
    roles = (rule[-1].role,) if rule and rule[-1].role else ()
    more = {"reason": withdrawn.reason}
    problems = list(signer_problems(signature, roles, subject, basis, more))
    if problems or signature.moment is None or not is_known(signature, basis):
        return None, problems
    return basis.day(signature.moment), []


def _reviews(
    subject: Subject, rule: tuple[Stage, ...], basis: Basis, counted: Tally
) -> tuple[tuple[date, ...], list[Problem]]:
    """Whoever holds the role of any stage of the rule may review; only what is approved.

    Days are those of reviews that found nothing to change: a review that asks for a change does
    not put off the next one.
    """
    roles = tuple(dict.fromkeys(stage.role for stage in rule if stage.role))
    approved_on = completed_on(counted.stages, basis)
    days: list[date] = []
    problems: list[Problem] = []
    for review in subject.approvals.reviews:
        signature = review.signature
        more = {"result": review.result}
        found = list(signer_problems(signature, roles, subject, basis, more))
        if signature.moment is not None and is_known(signature, basis):
            day = basis.day(signature.moment)
            if approved_on is not None and day < approved_on:
                found.append(_too_early(signature, day, approved_on))
            if not found and review.result == "unchanged":
                days.append(day)
        problems += found
    return tuple(days), problems


def _too_early(review: Signature, day: date, approved_on: date) -> Problem:
    return Problem(
        "approval/out-of-order",
        (*review.path, "at"),
        f"reviewed on {day}, before the version was approved on {approved_on}",
        "a review confirms a version that is approved",
    )
