"""In which role somebody signs: the one that is asked for, or the nearest they hold."""

from __future__ import annotations

from datetime import date

from regelwerk.model.organization import Organization, Person, RoleHolding


def holding_for(
    person: Person,
    roles: tuple[str, ...],
    wanted: str | None,
    day: date,
    organization: Organization,
) -> RoleHolding | None:
    """The holding that fits one of the roles (`wanted`: that very one); None where none does.

    A role held in one's own right goes before one held as a deputy, the role itself before a
    member of it.
    """
    fitting = [wanted] if wanted else _with_members(roles, organization)
    held = [holding for holding in person.roles if holding.covers(day)]
    return next(
        (
            holding
            for deputy in (False, True)
            for role in fitting
            for holding in held
            if holding.role == role and holding.deputy is deputy
        ),
        None,
    )


def _with_members(roles: tuple[str, ...], organization: Organization) -> list[str]:
    found = []
    for role in roles:
        found += [role, *sorted(organization.members(role) - {role})]
    return found
