"""Whether one signature counts by itself: who signed, in which role, on which day, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from regelwerk.approvals.basis import Basis
from regelwerk.approvals.kept_names import new_name_problem
from regelwerk.approvals.originals import original_problem
from regelwerk.approvals.ssh import ssh_problem
from regelwerk.approvals.subject import Signed
from regelwerk.approvals.trust import Trust
from regelwerk.diagnostics import Problem
from regelwerk.model.organization import Person
from regelwerk.model.version import Signature


def signer_problems(
    signature: Signature,
    roles: tuple[str, ...],
    subject: Signed,
    basis: Basis,
    more: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """What keeps a signature from counting; `roles` are those that may sign, none: anybody.

    `more` is what was signed besides the usual. Where person, role or day are not known there is
    nothing to judge; other rooms say so, but of a state that is trusted only this one can.
    """
    person = basis.person(signature.by)
    if person is None or signature.moment is None or not is_known(signature, basis):
        if basis.trust is not None and signature.moment is not None and signature.by:
            yield _unknown(signature, person, basis.trust)
        return
    day = basis.day(signature.moment)
    yield from _role_problems(signature, person, roles, day, basis)
    days = (day, *_day_of_arrival(signature, subject, basis))
    if signature.method == "ssh":
        problem = ssh_problem(signature, person, days, subject.statement(signature, more), basis)
    else:
        problem = _paper_problem(signature, days, basis)
    if problem is not None:
        yield problem
    if len(days) > 1:
        problem = new_name_problem(signature, basis)
        if problem is not None:
            yield problem
    problem = original_problem(signature, subject.folder, basis.originals)
    if problem is not None:
        yield problem


def _day_of_arrival(signature: Signature, subject: Signed, basis: Basis) -> tuple[date, ...]:
    """The day of judgement for what the trusted state does not hold yet.

    Whoever signs writes the day; so a key that has run out could sign for a day when it was good.
    """
    trust = basis.trust
    if trust is None or trust.holds(subject.folder, signature):
        return ()
    return (trust.as_of,)


def _unknown(signature: Signature, person: Person | None, trust: Trust) -> Problem:
    if person is None:
        message, key = f"{trust.name} does not know `{signature.by}`", "by"
    else:
        message, key = f"{trust.name} does not know the role `{signature.role}`", "role"
    return Problem(
        "approval/role-not-held",
        (*signature.path, key),
        message,
        "people and roles first become part of what is trusted, then they sign",
    )


def is_known(signature: Signature, basis: Basis) -> bool:
    """Whether it can be judged: stage and day can be read, person and role are defined."""
    return (
        bool(signature.stage)
        and signature.moment is not None
        and basis.person(signature.by) is not None
        and (signature.role is None or signature.role in basis.organization.roles)
    )


def _role_problems(
    signature: Signature, person: Person, roles: tuple[str, ...], day: date, basis: Basis
) -> Iterator[Problem]:
    organization = basis.organization
    wanted, key = roles, "by"
    if signature.role is not None:
        wanted, key = (signature.role,), "role"
        if roles and not any(signature.role in organization.members(role) for role in roles):
            yield Problem(
                "approval/role-not-held",
                (*signature.path, key),
                f"`{signature.role}` is not the role that must sign here",
                f"sign as {_either(roles)}",
            )
            return
    if not wanted:
        return
    fitting = frozenset(member for role in wanted for member in organization.members(role))
    held = [holding for holding in person.roles if holding.role in fitting and holding.covers(day)]
    if not held:
        yield Problem(
            "approval/role-not-held",
            (*signature.path, key),
            f"{person.name} did not hold the role {_either(wanted)} on {day}"
            + (f", says {basis.trust.name}" if basis.trust is not None else ""),
            "let somebody sign who held it, or complete the person's `roles` in people.yaml",
        )
    elif all(holding.deputy for holding in held) and not signature.deputy:
        yield Problem(
            "approval/role-not-held",
            signature.path,
            f"{person.name} held the role {_either(wanted)} only as a deputy on {day}",
            "say `deputy: true`",
        )
    elif signature.deputy and not any(holding.deputy for holding in held):
        yield Problem(
            "approval/role-not-held",
            (*signature.path, "deputy"),
            f"{person.name} held the role {_either(wanted)} on {day}, but not as a deputy",
            "remove `deputy: true`",
        )


def _paper_problem(signature: Signature, days: tuple[date, ...], basis: Basis) -> Problem | None:
    last = basis.organization.paper_until
    late = next((day for day in days if last is not None and day > last), None)
    if late is None:
        return None
    return Problem(
        "approval/paper-not-allowed",
        (*signature.path, "method"),
        f"signed on paper on {days[0]}; paper counted until {last}"
        if late == days[0]
        else f"a signature on paper arrives on {late}; paper counted until {last}",
        "sign with `method: ssh`, or change `paper_until` in organization.yaml",
    )


def _either(roles: tuple[str, ...]) -> str:
    return " or ".join(f"`{role}`" for role in roles)
