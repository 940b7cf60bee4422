"""What a version keeps besides its definition: names and titles as they are when it is frozen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regelwerk.approvals.stages import rule_of
from regelwerk.model.organization import Organization, RegisterEntry
from regelwerk.model.process import Process
from regelwerk.model.project import Project


def context_of(process: Process, project: Project) -> dict[str, Any]:
    """The content of context.yaml: only what this definition, its rule and its signers name.

    People are those who hold a role that must sign; nobody else's name is kept. Whoever signs a
    stage that asks for no role keeps their name in the signature.
    """
    organization = project.organization
    roles = _with_members(set(_roles(process, organization)), organization)
    signing = _with_members(
        {stage.role for stage in rule_of(process, organization) if stage.role}, organization
    )
    kept: dict[str, Any] = {
        "organization": {"name": organization.name},
        "languages": list(organization.languages),
        "standards": list(organization.standards),
        "roles": {id_: role.title for id_, role in organization.roles.items() if id_ in roles},
        "people": {
            person.id: person.name
            for person in project.people.values()
            if any(holding.role in signing for holding in person.roles)
        },
        "stages": {stage.id: stage.title for stage in rule_of(process, organization)},
        "processes": {
            id_: title
            for id_ in project.processes
            if id_ in set(_processes(process)) and (title := project.title_of_process(id_))
        },
        "register": {
            id_: _registered(entry)
            for id_, entry in project.register.items()
            if any(document.register == id_ for document in process.applicable_documents)
        },
        "terms": {
            id_: {"title": term.title, "definition": term.definition}
            for id_, term in organization.terms.items()
            if term.definition
        },
    }
    return {key: value for key, value in kept.items() if value}


def _roles(process: Process, organization: Organization) -> Iterator[str | None]:
    yield from process.participants
    yield process.owner
    for step in process.all_steps():
        yield from (step.responsible, step.accountable)
        yield from (*step.supporting, *step.consulted, *step.informed)
    for risk in process.risks:
        yield risk.owner
    for stage in rule_of(process, organization):
        yield stage.role


def _with_members(roles: set[str | None], organization: Organization) -> set[str]:
    return {member for role in roles if role for member in organization.members(role)}


def _processes(process: Process) -> Iterator[str | None]:
    for use in (*process.inputs, *process.outputs):
        yield use.party
    for step in process.all_steps():
        if step.calls is not None:
            yield step.calls.process


def _registered(entry: RegisterEntry) -> dict[str, str]:
    texts = {"title": entry.title, "number": entry.number, "edition": entry.edition}
    return {key: text for key, text in texts.items() if text}
