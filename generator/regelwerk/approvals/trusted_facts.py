"""What decides whether a signature counts: keys, rules, and who holds the roles that sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from regelwerk.approvals.digest import canonical
from regelwerk.approvals.public_key import KeyRefusedError, key_of_line, line_of_key
from regelwerk.model.organization import Organization, Person, RoleHolding, SigningKey, Stage
from regelwerk.model.project import Project

Facts = Mapping[str, Mapping[str, Any]]


def trusted_facts(project: Project) -> Facts:
    """The facts by part (`rules`, `roles`, `keys`, `holdings`), each by a name that people know.

    Titles, names, comments on keys, and roles that sign nothing are no part of it.
    """
    organization = project.organization
    signing = _signing_roles(organization)
    people = project.people.values()
    return {
        "rules": _rules(organization),
        "roles": {
            id_: sorted(organization.members(id_) - {id_})
            for id_ in sorted(signing)
            if organization.members(id_) != {id_}
        },
        "keys": {person.id: keys for person in people if (keys := _keys(person))},
        "holdings": {person.id: held for person in people if (held := _holdings(person, signing))},
    }


def facts_digest(facts: Facts) -> str:
    """`sha256:` and 64 hexadecimal digits over the canonical JSON (RFC 8785) of the facts."""
    return "sha256:" + sha256(canonical(facts)).hexdigest()


def changed_facts(before: Facts, after: Facts) -> Iterator[tuple[str, str]]:
    """Part and name of every fact that differs."""
    for part, old in before.items():
        new = after[part]
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield part, name


def _signing_roles(organization: Organization) -> set[str]:
    return {
        member
        for rule in organization.approval.values()
        for stage in rule
        if stage.role
        for member in organization.members(stage.role)
    }


def _rules(organization: Organization) -> dict[str, Any]:
    rules: dict[str, Any] = {
        f"approval.{name}": [_stage(stage) for stage in rule]
        for name, rule in organization.approval.items()
    }
    rules["first rule"] = next(iter(organization.approval), None)
    rules["paper_until"] = _day(organization.paper_until)
    rules["timezone"] = organization.timezone
    return rules


def _stage(stage: Stage) -> list[Any]:
    return [stage.id, stage.role, stage.count, sorted(stage.not_same_as)]


def _keys(person: Person) -> list[Any]:
    return sorted([_key(key), _day(key.since), _day(key.until)] for key in person.keys)


def _key(listed: SigningKey) -> str:
    try:
        return line_of_key(key_of_line(listed.key))
    except KeyRefusedError:
        return listed.key


def _holdings(person: Person, signing: set[str]) -> list[Any]:
    return sorted(
        (_holding(holding) for holding in person.roles if holding.role in signing), key=canonical
    )


def _holding(holding: RoleHolding) -> list[Any]:
    return [holding.role, _day(holding.since), _day(holding.until), holding.deputy]


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
