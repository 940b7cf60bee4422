"""Recipients resolved to addresses, or to gaps where nothing is known."""

from __future__ import annotations

from regelwerk.artifacts.email.recipients import Mailbox, Recipient, checked_address
from regelwerk.artifacts.email.values import Gap, Value, Values
from regelwerk.model.context import BuildContext


def addresses_of(
    context: BuildContext, recipients: tuple[Recipient, ...], values: Values, *, with_roles: bool
) -> tuple[tuple[Mailbox, ...], tuple[Gap, ...]]:
    """The addresses that are known, and what is to be filled in by hand.

    `with_roles`: roles stand for whoever holds them on the day, and not for themselves.
    """
    known: dict[str, Mailbox] = {}
    gaps: list[Gap] = []
    for recipient in recipients:
        found, gap = _resolve(context, recipient, values, with_roles=with_roles)
        for address in found:
            known.setdefault(address.address.casefold(), address)
        if gap is not None:
            gaps.append(gap)
    return tuple(known.values()), tuple(gaps)


def _resolve(
    context: BuildContext, recipient: Recipient, values: Values, *, with_roles: bool
) -> tuple[list[Mailbox], Gap | None]:
    people = context.project.people
    if recipient.kind == "address":
        return [Mailbox("", recipient.id)], None
    if recipient.kind == "person":
        person = people.get(recipient.id)
        if person is not None and person.email:
            return [_address(person.name, person.email, f"people.yaml, {person.id}")], None
        origin = f"`email` of {recipient.id} in people.yaml"
        return [], Gap(context.names.person(recipient.id), origin, ("person", recipient.id))
    if recipient.kind == "role":
        held = context.project.organization.members(recipient.id)
        holders = [
            _address(person.name, person.email, f"people.yaml, {person.id}")
            for person in people.values()
            if with_roles
            and person.email
            and any(role.role in held and role.covers(context.as_of) for role in person.roles)
        ]
        origin = f"people.yaml: whoever holds the role {recipient.id} and has an `email`"
        gap = Gap(context.names.role(recipient.id), origin, ("role", recipient.id))
        return holders, (None if holders else gap)
    value: Value = values["steps", recipient.step, "fields", recipient.id]
    if isinstance(value, Gap):
        return [], value
    address = checked_address(
        value.text.strip(" "), f"field {recipient.id} of the step {recipient.step}"
    )
    return [Mailbox("", address)], None


def _address(name: str, email: str, origin: str) -> Mailbox:
    return Mailbox(name, checked_address(email, origin))
