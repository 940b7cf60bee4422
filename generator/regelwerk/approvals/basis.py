"""What signatures are judged by: the project, its time zone, and where originals lie."""

from __future__ import annotations

from datetime import date, tzinfo

import msgspec

from regelwerk.approvals.originals import Originals
from regelwerk.model.moment import Moment, day_of, zone_named
from regelwerk.model.organization import Organization, Person
from regelwerk.model.project import Project


class Basis(msgspec.Struct, frozen=True):
    """The state of the organization that is trusted when signatures are judged."""

    project: Project
    zone: tzinfo
    originals: Originals

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


def basis_of(project: Project, originals: Originals) -> Basis:
    """The basis that a project itself gives."""
    return Basis(project, zone_named(project.organization.timezone), originals)
