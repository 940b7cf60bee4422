"""A role that includes itself."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.diagnostics import Problem
from regelwerk.model.project import ORGANIZATION_FILE, Project


def role_cycle(project: Project) -> Iterator[Problem]:
    """No role includes itself, directly or through others.

    In a circle every role would be every other, and whoever holds one would hold them all. The
    finding stands where the circle closes, reading from the top.
    """
    roles = project.organization.roles
    done: set[str] = set()
    for root in roles:
        way: list[str] = []
        waiting: list[tuple[str, int]] = [(root, 0)] if root not in done else []
        while waiting:
            role, index = waiting.pop()
            if index == 0:
                way.append(role)
            includes = roles[role].includes
            if index == len(includes):
                done.add(way.pop())
                continue
            waiting.append((role, index + 1))
            member = includes[index]
            if member in way:
                circle = [*way[way.index(member) :], member]
                yield Problem(
                    "reference/role-cycle",
                    ("roles", role, "includes", index),
                    "the role includes itself: " + " → ".join(circle),
                    f"take `{member}` out of the roles that `{role}` includes",
                    file=ORGANIZATION_FILE,
                )
            elif member in roles and member not in done:
                waiting.append((member, 0))
