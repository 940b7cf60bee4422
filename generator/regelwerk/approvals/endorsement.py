"""Signatures under a change of people, keys or rules, judged by the state that it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from regelwerk.approvals.basis import Basis, basis_of
from regelwerk.approvals.digest import canonical
from regelwerk.approvals.originals import Originals
from regelwerk.approvals.stages import empty_stages, tally
from regelwerk.approvals.trust import Trust
from regelwerk.approvals.trusted_facts import changed_facts, facts_digest, trusted_facts
from regelwerk.diagnostics import Problem, Severity
from regelwerk.model.organization import Organization, Person, Stage
from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE, TRUST_FILE, Project
from regelwerk.model.version import Approvals, Signature

RULE = "trust"

_FILES = {
    "rules": ORGANIZATION_FILE,
    "roles": ORGANIZATION_FILE,
    "keys": PEOPLE_FILE,
    "holdings": PEOPLE_FILE,
}
_WORDS = {
    "rules": "the rule `{}`",
    "roles": "what the role `{}` includes",
    "keys": "the keys of `{}`",
    "holdings": "which signing roles `{}` holds",
}


class Endorsement(msgspec.Struct, frozen=True):
    """One signature of trust.yaml: that the state `before` may be replaced by `after` (digests)."""

    before: str
    after: str
    signature: Signature


class ChangeOfTrust(msgspec.Struct, frozen=True):
    """A change as its signers see it; what they sign names no process, so it fits no version."""

    before: str
    after: str
    approvals: Approvals
    folder: str = "process"

    def statement(self, signature: Signature, more: Mapping[str, str] | None) -> bytes:
        """The canonical JSON (RFC 8785) that is signed; what is absent is null."""
        return canonical(
            {
                "before": self.before,
                "after": self.after,
                "stage": signature.stage,
                "by": signature.by,
                "role": signature.role,
                "deputy": True if signature.deputy else None,
                "at": signature.at,
                "comment": signature.comment,
                **(more or {}),
            }
        )


def change_of_trust(
    before: Project, after: Project, endorsements: tuple[Endorsement, ...]
) -> ChangeOfTrust | None:
    """The change from one state to another with the signatures made for it; None: no change."""
    old, new = (facts_digest(trusted_facts(project)) for project in (before, after))
    if old == new:
        return None
    fitting = tuple(one.signature for one in endorsements if (one.before, one.after) == (old, new))
    return ChangeOfTrust(old, new, Approvals(version="", digest=new, signatures=fitting))


def rule_for_trust(organization: Organization) -> tuple[Stage, ...]:
    """The stages that such a change goes through: the rule `trust`, else the first one."""
    rules = organization.approval
    return rules.get(RULE) or next(iter(rules.values()), ())


def trust_problems(
    project: Project, trust: Trust, endorsements: tuple[Endorsement, ...], originals: Originals
) -> Iterator[Problem]:
    """What is wrong with a change of people, keys or rules since the trusted state.

    A stage that nobody can sign with a key, by the trusted state, cannot be asked for: so the
    first keys come in with a warning, and whoever merges them answers for them.
    """
    change = change_of_trust(trust.project, project, endorsements)
    if change is None:
        return
    rule = rule_for_trust(trust.project.organization)
    basis = basis_of(project, originals, trust)
    counted = tally(rule, change, basis)
    for problem in (*counted.problems, *_on_paper(change)):
        yield msgspec.structs.replace(problem, file=TRUST_FILE)
    able = {stage.id for stage in rule if can_be_signed(stage, basis, trust.as_of)}
    missing = [
        stage
        for stage in counted.stages
        if stage.id in able and sum(one.method == "ssh" for one in stage.signatures) < stage.needed
    ]
    if missing:
        waiting = ", ".join(f"`{stage.id}`" for stage in missing)
        yield from _said(
            project, trust, Severity.ERROR,
            f"and {trust.name} asks for signatures: {waiting}",
            "sign with `regelwerk versions endorse`; keep it apart from what the new keys sign",
        )  # fmt: skip
    elif len(able) < len(empty_stages(rule)) or not rule:
        yield from _said(
            project, trust, Severity.WARNING,
            f"and {trust.name} has no keys that could sign for all stages",
            "compare fingerprints with the people themselves before this becomes trusted",
        )  # fmt: skip


def can_be_signed(stage: Stage, basis: Basis, day: date) -> bool:
    """Whether enough people hold both the stage's role and a good key on a day."""
    organization = basis.organization
    roles = organization.members(stage.role) if stage.role else None
    able = [
        person
        for person in basis.project.people.values()
        if any(key.covers(day) for key in person.keys) and _may(person, roles, day)
    ]
    return len(able) >= max(stage.count, 1)


def _may(person: Person, roles: frozenset[str] | None, day: date) -> bool:
    return roles is None or any(
        holding.role in roles and holding.covers(day) for holding in person.roles
    )


def _on_paper(change: ChangeOfTrust) -> Iterator[Problem]:
    for signature in change.approvals.signatures:
        if signature.method != "ssh":
            yield Problem(
                "approval/paper-not-allowed",
                (*signature.path, "method"),
                "a change of what is trusted cannot be signed on paper: nobody could verify it",
                "sign with `regelwerk versions endorse`",
            )


def _said(
    project: Project, trust: Trust, severity: Severity, message: str, hint: str
) -> Iterator[Problem]:
    """One finding for each file whose facts differ."""
    by_file: dict[str, list[str]] = {}
    facts = (trusted_facts(trust.project), trusted_facts(project))
    for part, name in changed_facts(*facts):
        by_file.setdefault(_FILES[part], []).append(_WORDS[part].format(name))
    for file, changed in by_file.items():
        shown = ", ".join(changed[:4]) + (f" and {len(changed) - 4} more" if changed[4:] else "")
        yield Problem(
            "approval/untrusted-change",
            (),
            f"changed since {trust.name}: {shown}, {message}",
            hint,
            severity=severity,
            file=file,
        )
