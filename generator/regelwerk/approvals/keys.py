"""Keys in people.yaml that can sign nothing: of another kind, damaged, or held by two people."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.approvals.public_key import KeyRefusedError, fingerprint, key_of_line
from regelwerk.diagnostics import Problem
from regelwerk.model.organization import Person
from regelwerk.model.project import PEOPLE_FILE, Project


def key_problems(project: Project) -> Iterator[Problem]:
    """A finding for each such key, at the key."""
    owners: dict[bytes, Person] = {}
    for person in project.people.values():
        for index, listed in enumerate(person.keys):
            where = (person.id, "keys", index, "key")
            try:
                key = key_of_line(listed.key)
            except KeyRefusedError as error:
                yield _problem(where, f"this key cannot sign: {error}")
                continue
            owner = owners.setdefault(key, person)
            if owner.id != person.id:
                yield _problem(
                    where,
                    f"the key {fingerprint(key)} is that of {owner.name} already",
                    "a key belongs to one person",
                )


def _problem(where: tuple[str | int, ...], message: str, hint: str = "") -> Problem:
    hint = hint or "make a key with `ssh-keygen -t ed25519` and copy the line of its .pub file"
    return Problem("schema/value", where, message, hint, file=PEOPLE_FILE)
