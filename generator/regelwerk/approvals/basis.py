"""What signatures are judged by: people and rules, the time zone, and where originals lie."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo

import msgspec

from regelwerk.approvals.originals import Originals
from regelwerk.approvals.public_key import KeyRefusedError, key_of_line
from regelwerk.approvals.trust import Trust
from regelwerk.model.moment import Moment, day_of, zone_named
from regelwerk.model.organization import Organization, Person
from regelwerk.model.project import Project


class Basis(msgspec.Struct, frozen=True):
    """The state of the organization by which signatures are judged.

    `trust` is the state that people and rules were taken from, None where it is the project's own.
    `owners` are the ids of the people who hold a key, by its 32 bytes.
    """

    project: Project
    zone: tzinfo
    originals: Originals
    trust: Trust | None = None
    owners: Mapping[bytes, tuple[str, ...]] = {}

    @property
    def organization(self) -> Organization:
        """Who we are, with roles and approval rules."""
        return self.project.organization

    def person(self, id_: str) -> Person | None:
        """The person of that id."""
        return self.project.people.get(id_)

    def day(self, moment: Moment) -> date:
        """The calendar day of a moment where the organization is."""
        return day_of(moment, self.zone)


def basis_of(project: Project, originals: Originals, trust: Trust | None = None) -> Basis:
    """The basis that a project itself gives, or the trusted state in its place."""
    if trust is not None:
        project = msgspec.structs.replace(
            project, organization=trust.project.organization, people=trust.project.people
        )
    zone = zone_named(project.organization.timezone)
    return Basis(project, zone, originals, trust, owners_of(project.people))


def owners_of(people: Mapping[str, Person]) -> dict[bytes, tuple[str, ...]]:
    """Who holds each key, keys that cannot sign left out."""
    owners: dict[bytes, tuple[str, ...]] = {}
    for person in people.values():
        for listed in person.keys:
            try:
                key = key_of_line(listed.key)
            except KeyRefusedError:
                continue
            known = owners.get(key, ())
            owners[key] = known if person.id in known else (*known, person.id)
    return owners
