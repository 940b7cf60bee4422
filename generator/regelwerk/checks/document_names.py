"""Documents, and whom they come from and go to, must be known."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.names import Known, known_documents
from regelwerk.checks.walk import items_at, texts_at
from regelwerk.diagnostics import Path, Problem
from regelwerk.model.project import Definition, Project

PARTIES = {"inputs": "from", "outputs": "to"}


def undefined_document(_project: Project, definition: Definition) -> Iterator[Problem]:
    """Every document that a step or the process takes in or gives out is under `documents`.

    Only there it has a title, a form and a retention period.
    """
    known = known_documents(definition)
    for path, name in documents_named(definition):
        yield from known.undefined(
            name,
            "reference/undefined-document",
            path,
            f"the document `{name}` is not defined in this process",
            "define it under `documents`",
        )


def documents_named(definition: Definition) -> Iterator[tuple[Path, str]]:
    """Every place of a definition that names a document."""
    data = definition.data
    for key in PARTIES:
        yield from texts_at(data, (key,))
        for at, _ in items_at(data, (key,)):
            yield from texts_at(data, (*at, "document"))
    for step in definition.process.all_steps():
        for key in PARTIES:
            yield from texts_at(data, (*step.at, key))


def undefined_party(project: Project, definition: Definition) -> Iterator[Problem]:
    """A document of the process comes from, or goes to, `customer`, a process or a role.

    How processes hand over to one another is drawn from these names.
    """
    external = {
        step.calls.process
        for step in definition.process.all_steps()
        if step.calls is not None and step.calls.external
    }
    known = Known(
        frozenset({"customer", *project.processes, *project.organization.roles, *external}),
        project.sound or bool(project.organization.roles),
    )
    for key, party in PARTIES.items():
        for at, _ in items_at(definition.data, (key,)):
            for path, name in texts_at(definition.data, (*at, party)):
                yield from known.undefined(
                    name,
                    "reference/undefined-process",
                    path,
                    f"the project has no process `{name}`",
                    "name a process, a role, or `customer`",
                )
