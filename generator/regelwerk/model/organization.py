"""Who we are: the organization, its roles and approval rules, its people and its register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from regelwerk.model.process import Term


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A role; `includes` names its member roles (transitive): a member's holder holds it too."""

    id: str
    title: str
    includes: tuple[str, ...] = ()


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """One stage of an approval rule: `count` people who hold `role` (None: anybody) must sign."""

    id: str
    title: str
    role: str | None = None
    count: int = 1
    not_same_as: tuple[str, ...] = ()


class Exclusion(msgspec.Struct, frozen=True, kw_only=True):
    """A clause of a standard that does not apply, and why (ISO 9001:2015, 4.3)."""

    clause: str
    reason: str


class Organization(msgspec.Struct, frozen=True, kw_only=True):
    """The organization; `approval` maps a rule's name to its stages in signing order."""

    name: str
    languages: tuple[str, ...] = ("en",)
    standards: tuple[str, ...] = ()
    timezone: str = "UTC"
    country: str | None = None
    roles: Mapping[str, Role] = {}
    approval: Mapping[str, tuple[Stage, ...]] = {}
    paper_until: date | None = None
    terms: Mapping[str, Term] = {}
    exclusions: tuple[Exclusion, ...] = ()

    def members(self, role: str) -> frozenset[str]:
        """The role itself and every role it includes, directly or through others."""
        found: set[str] = set()
        waiting = [role]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                known = self.roles.get(current)
                waiting.extend(known.includes if known else ())
        return frozenset(found)


class RoleHolding(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a role from when until when; both days included, open where None."""

    role: str
    since: date | None = None
    until: date | None = None
    deputy: bool = False

    def covers(self, day: date) -> bool:
        """Whether the role is held on that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class SigningKey(msgspec.Struct, frozen=True, kw_only=True):
    """A public key in OpenSSH form, valid from and until (both days included)."""

    key: str
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the key is good on that day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who does steps or signs versions."""

    id: str
    name: str
    email: str | None = None
    external: bool = False
    roles: tuple[RoleHolding, ...] = ()
    keys: tuple[SigningKey, ...] = ()


class RegisterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A controlled document kept elsewhere (ISO 9001:2015, 7.5.3)."""

    id: str
    title: str
    kind: str
    number: str | None = None
    edition: str | None = None
    owner: str | None = None
    file: str | None = None
    url: str | None = None
    review_every: str | None = None
    retention: str | None = None
