"""Whether one signature counts by itself: who signed, in which role, on which day, and how."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regelwerk.approvals.basis import Basis
from regelwerk.approvals.originals import original_problem
from regelwerk.diagnostics import Problem
from regelwerk.model.organization import Person
from regelwerk.model.version import Signature


def signer_problems(
    signature: Signature, roles: tuple[str, ...], folder: str, basis: Basis
) -> Iterator[Problem]:
    """What keeps a signature from counting; `roles` are those that may sign, none: anybody.

    Where person, role or day are not known there is nothing to judge; other rooms say so.
    """
    person = basis.person(signature.by)
    if person is None or signature.moment is None or not is_known(signature, basis):
        return
    day = basis.day(signature.moment)
    yield from _role_problems(signature, person, roles, day, basis)
    yield from _method_problems(signature, day, basis)
    problem = original_problem(signature, folder, basis.originals)
    if problem is not None:
        yield problem


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
            f"{person.name} did not hold the role {_either(wanted)} on {day}",
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


def _method_problems(signature: Signature, day: date, basis: Basis) -> Iterator[Problem]:
    if signature.method == "ssh":
        key = ("signature",) if signature.signature is not None else ()
        yield Problem(
            "approval/bad-signature",
            (*signature.path, *key),
            "an SSH signature cannot be verified by this version of the tool, so it does not count",
            "use a version of regelwerk that verifies SSH signatures",
        )
        return
    last = basis.organization.paper_until
    if last is not None and day > last:
        yield Problem(
            "approval/paper-not-allowed",
            (*signature.path, "method"),
            f"signed on paper on {day}; paper counted until {last}",
            "sign with `method: ssh`, or change `paper_until` in organization.yaml",
        )


def _either(roles: tuple[str, ...]) -> str:
    return " or ".join(f"`{role}`" for role in roles)
