"""Roles and documents that are defined and then never used."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.document_names import documents_named
from regelwerk.checks.names import known_documents
from regelwerk.checks.role_names import roles_named, roles_named_elsewhere
from regelwerk.checks.shape import flow_is_known
from regelwerk.diagnostics import Problem, did_you_mean
from regelwerk.model.project import ORGANIZATION_FILE, Definition, Project


def unused_document(_project: Project, definition: Definition) -> Iterator[Problem]:
    """Every document of a process is taken in or given out, by a step or by the whole.

    One that is not is either superfluous, or forgotten where it is made or needed.
    """
    if not flow_is_known(definition):
        return
    used = {name for _, name in documents_named(definition)}
    documents = known_documents(definition).names
    misspelled = used - documents
    for document in definition.process.documents:
        if document not in used and not _is_meant(document, misspelled):
            yield Problem(
                "reference/unused-document",
                ("documents", document),
                f"no step and no process takes in or gives out `{document}`",
                "name it as an input or output, or remove it",
            )


def unused_role(project: Project) -> Iterator[Problem]:
    """Every role of the organization is named by a process, an approval rule or a person.

    One that is not is superfluous, or its work has been forgotten. Where a definition could not be
    read as a whole, nobody knows what it uses, and nothing is said.
    """
    if not project.sound or not _all_read(project):
        return
    used = {role for _, _, role in roles_named_elsewhere(project)}
    used.update(role for each in project.definitions() for _, role in roles_named(each))
    misspelled = used - project.organization.roles.keys()
    for role in project.organization.roles:
        if role not in used and not _is_meant(role, misspelled):
            yield Problem(
                "reference/unused-role",
                ("roles", role),
                f"no process, approval rule or person uses the role `{role}`",
                "use it, or remove it",
                file=ORGANIZATION_FILE,
            )


def _is_meant(name: str, misspelled: set[str]) -> bool:
    """Whether a misspelled name, which has its own finding, looks like this one."""
    return any(did_you_mean(other, [name]) for other in misspelled)


def _all_read(project: Project) -> bool:
    return all(
        folder.working is not None and all(version.definition for version in folder.versions)
        for folder in project.processes.values()
    ) and all(definition.sound for definition in project.definitions())
