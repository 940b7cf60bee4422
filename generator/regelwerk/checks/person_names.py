"""People who are named must be known."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.names import known_people
from regelwerk.checks.signatures import signatures
from regelwerk.diagnostics import Problem
from regelwerk.model.project import Project


def undefined_person(project: Project) -> Iterator[Problem]:
    """Everybody who signed a version, a review or a withdrawal is in people.yaml.

    A signature counts only if its signer's roles and keys are known; so people are ended with
    `until` and never deleted.
    """
    people = known_people(project)
    for folder in project.processes.values():
        for frozen in folder.versions:
            for signature in signatures(frozen):
                yield from people.undefined(
                    signature.by,
                    "reference/undefined-person",
                    (*signature.path, "by"),
                    f"`{signature.by}` is not in people.yaml",
                    "add the person to people.yaml; who has left keeps the entry, with `until`",
                    frozen.approvals_file,
                )
