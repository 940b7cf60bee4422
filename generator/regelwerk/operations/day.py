"""The day on which things are judged, and the organization's time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo

from regelwerk.model.moment import zone_named
from regelwerk.model.organization import Organization

Clock = Callable[[tzinfo], date]


def zone_of(organization: Organization) -> tzinfo:
    """The organization's time zone; UTC where its name is not known (a finding says so)."""
    return zone_named(organization.timezone)
