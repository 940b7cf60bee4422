"""What steps work with must be known: resources, e-mails, other processes, the register."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.names import Known, known_register, known_resources
from regelwerk.checks.walk import items_at, texts_at
from regelwerk.diagnostics import Problem
from regelwerk.model.project import Definition, Project


def undefined_resource(_project: Project, definition: Definition) -> Iterator[Problem]:
    """Every resource that a step uses is under `resources`.

    Otherwise the document cannot say what it is, and nobody provides it.
    """
    known = known_resources(definition)
    for step in definition.process.all_steps():
        for path, name in texts_at(definition.data, (*step.at, "resources")):
            yield from known.undefined(
                name,
                "reference/undefined-resource",
                path,
                f"the resource `{name}` is not defined in this process",
                "define it under `resources`",
            )


def undefined_email(project: Project, definition: Definition) -> Iterator[Problem]:
    """Every e-mail that a step names has its template, `templates/email/<name>.md`.

    Otherwise whoever does the step has nothing to send.
    """
    known = Known(project.emails)
    for step in definition.process.all_steps():
        yield from known.undefined(
            step.email or "",
            "reference/undefined-email",
            (*step.at, "email"),
            f"there is no e-mail template `{step.email}`",
            f"write it as templates/email/{step.email}.md",
        )


def undefined_process(project: Project, definition: Definition) -> Iterator[Problem]:
    """Every process that a step calls is kept in this project, or marked `external: true`.

    Otherwise nobody can look up what is to be done there, and how it may end.
    """
    known = Known(frozenset(project.processes))
    for step in definition.process.all_steps():
        if step.calls is not None and not step.calls.external:
            yield from known.undefined(
                step.calls.process,
                "reference/undefined-process",
                (*step.at, "calls", "process"),
                f"the project has no process `{step.calls.process}`",
                "write `external: true` beside it if it is kept elsewhere",
            )


def undefined_register(project: Project, definition: Definition) -> Iterator[Problem]:
    """Every applicable document that names an entry of the register finds it there.

    Otherwise the reader is sent to a document of unknown title and edition.
    """
    known = known_register(project)
    for at, _ in items_at(definition.data, ("applicable_documents",)):
        for path, name in texts_at(definition.data, (*at, "register")):
            yield from known.undefined(
                name,
                "reference/undefined-register",
                path,
                f"register.yaml has no entry `{name}`",
                "add it to register.yaml, or tell title and number here",
            )
