"""What signatures are judged by: people and rules, the time zone, and where originals lie."""

from __future__ import annotations

from datetime import date, tzinfo

import msgspec

from regelwerk.approvals.originals import Originals
from regelwerk.approvals.trust import Trust
from regelwerk.model.moment import Moment, day_of, zone_named
from regelwerk.model.organization import Organization, Person
from regelwerk.model.project import Project


class Basis(msgspec.Struct, frozen=True):
    """The state of the organization by which signatures are judged.

    `trust` is the state that people and rules were taken from, None where it is the project's own.
    """

    project: Project
    zone: tzinfo
    originals: Originals
    trust: Trust | None = None

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
    return Basis(project, zone_named(project.organization.timezone), originals, trust)
