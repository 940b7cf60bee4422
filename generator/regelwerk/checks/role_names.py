"""Roles that are named must be defined."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.names import Known, known_roles
from regelwerk.checks.signatures import signatures
from regelwerk.checks.walk import items_at, texts_at
from regelwerk.diagnostics import Path, Problem
from regelwerk.model.organization import Organization
from regelwerk.model.project import (
    ORGANIZATION_FILE,
    PEOPLE_FILE,
    REGISTER_FILE,
    Definition,
    Project,
)

STEP_ROLES = ("responsible", "accountable", "supporting", "consulted", "informed")


def undefined_role(project: Project, definition: Definition) -> Iterator[Problem]:
    """Every role that a definition names is defined in organization.yaml.

    Nobody can hold a role that is not defined, so nobody could do the step.
    """
    roles = known_roles(project)
    for path, role in roles_named(definition):
        yield from _undefined(roles, path, role)


def roles_named(definition: Definition) -> Iterator[tuple[Path, str]]:
    """Every place of a definition that names a role."""
    data = definition.data
    yield from texts_at(data, ("owner",))
    yield from texts_at(data, ("participants",))
    for step in definition.process.all_steps():
        for key in STEP_ROLES:
            yield from texts_at(data, (*step.at, key))
    for at, _ in items_at(data, ("risks",)):
        yield from texts_at(data, (*at, "owner"))


def undefined_role_elsewhere(project: Project) -> Iterator[Problem]:
    """Every role that organization, people, register or a signature names is defined.

    A holder of a misspelled role holds nothing, and a stage with one can never be signed.
    """
    roles = known_roles(project)
    for file, path, role in roles_named_elsewhere(project):
        yield from _undefined(roles, path, role, file)


def roles_named_elsewhere(project: Project) -> Iterator[tuple[str, Path, str]]:
    """Every place outside of definitions that names a role, with its file."""
    yield from _in_organization(project.organization)
    for id_, person in project.people.items():
        for index, holding in enumerate(person.roles):
            yield PEOPLE_FILE, (id_, "roles", index, "role"), holding.role
    for id_, entry in project.register.items():
        if entry.owner is not None:
            yield REGISTER_FILE, (id_, "owner"), entry.owner
    for folder in project.processes.values():
        for frozen in folder.versions:
            for signature in signatures(frozen):
                if signature.role is not None:
                    yield frozen.approvals_file, (*signature.path, "role"), signature.role


def _in_organization(organization: Organization) -> Iterator[tuple[str, Path, str]]:
    for id_, role in organization.roles.items():
        for index, member in enumerate(role.includes):
            yield ORGANIZATION_FILE, ("roles", id_, "includes", index), member
    for rule, stages in organization.approval.items():
        for index, stage in enumerate(stages):
            if stage.role is not None:
                yield ORGANIZATION_FILE, ("approval", rule, index, "role"), stage.role


def _undefined(roles: Known, path: Path, role: str, file: str = "") -> Iterator[Problem]:
    message = f"the role `{role}` is not defined in organization.yaml"
    hint = "define it under `roles` in organization.yaml"
    yield from roles.undefined(role, "reference/undefined-role", path, message, hint, file)
