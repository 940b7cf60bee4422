"""Names that signatures keep: unsigned, but documents show them, so whoever changes one is told."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.approvals.basis import Basis
from regelwerk.diagnostics import Problem, Severity
from regelwerk.model.version import Approvals, Signature

_HINT = (
    "people may be renamed later, then nothing is to be done; else restore what "
    "`regelwerk versions sign` wrote"
)


def kept_name_problems(approvals: Approvals, basis: Basis) -> Iterator[Problem]:
    """A finding for each kept name that people.yaml does not give to whoever signed.

    A warning where it is somebody else's name, for information where it is nobody's: the person
    may have been renamed since.
    """
    for signature in approvals.signatures:
        person = basis.person(signature.by)
        if signature.name is None or person is None or signature.name == person.name:
            continue
        others = [one.id for one in basis.project.people.values() if one.name == signature.name]
        whose = f", which is that of `{others[0]}`" if others else ""
        yield Problem(
            "approval/other-name",
            (*signature.path, "name"),
            f"documents show the name {signature.name} for `{signature.by}`{whose}; people.yaml "
            f"says {person.name}",
            _HINT,
            severity=Severity.WARNING if others else Severity.INFO,
        )


def new_name_problem(signature: Signature, basis: Basis) -> Problem | None:
    """What is wrong with the name that a signature brings which the trusted state does not hold."""
    person, trust = basis.person(signature.by), basis.trust
    if trust is None or person is None or signature.name in (None, person.name):
        return None
    return Problem(
        "approval/other-name",
        (*signature.path, "name"),
        f"the signature shows the name {signature.name} for `{signature.by}`; {trust.name} says "
        f"{person.name}",
        "sign again with `regelwerk versions sign`, which writes the name",
        severity=Severity.ERROR,
    )
