"""What names there are, and the finding for a name that is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from regelwerk.checks.walk import Data, items_at, mapping_at, value_at
from regelwerk.diagnostics import Path, Problem, did_you_mean
from regelwerk.model.process import Process, Step
from regelwerk.model.project import Definition, Project

_MOST_UNKNOWN = 200
# What could be the name of anything; what could not has a finding of shape already.
_NAME = re.compile(r"[a-z][a-z0-9.-]*")


class Known(msgspec.Struct, frozen=True):
    """The names of one kind. Not `certain` where faults of shape may have hidden some of them."""

    names: frozenset[str]
    certain: bool = True

    def undefined(
        self, name: str, code: str, path: Path, message: str, hint: str, file: str = ""
    ) -> Iterator[Problem]:
        """The finding for a name that is not known; a similar name makes a better hint."""
        if self.certain and name not in self.names and _NAME.fullmatch(name):
            hint = did_you_mean(name, sorted(self.names)) or hint
            yield Problem(code, path, message, hint, file=file)


def known_roles(project: Project) -> Known:
    """The roles of organization.yaml."""
    roles = project.organization.roles
    return Known(frozenset(roles), project.sound or bool(roles))


def known_rules(project: Project) -> Known:
    """The approval rules of organization.yaml."""
    rules = project.organization.approval
    return Known(frozenset(rules), project.sound or bool(rules))


def known_people(project: Project) -> Known:
    """The people of people.yaml."""
    return Known(frozenset(project.people), project.sound or bool(project.people))


def known_register(project: Project) -> Known:
    """The entries of register.yaml."""
    return Known(frozenset(project.register), project.sound or bool(project.register))


def known_steps(definition: Definition) -> Known:
    """Every step, parallel ones included."""
    names = frozenset(step.id for step in definition.process.all_steps() if step.id)
    return Known(names, definition.sound or all_steps_named(definition.data, ("steps",)))


def known_ends(definition: Definition) -> Known:
    """The ends of the process."""
    return Known(frozenset(definition.process.ends), _whole(definition, "ends", dict))


def known_documents(definition: Definition) -> Known:
    """The documented information of the process."""
    return Known(frozenset(definition.process.documents), _whole(definition, "documents", dict))


def known_resources(definition: Definition) -> Known:
    """The resources of the process."""
    return Known(frozenset(definition.process.resources), _listed(definition, "resources"))


def known_kpis(definition: Definition) -> Known:
    """The key figures of the process."""
    names = frozenset(kpi.id for kpi in definition.process.kpis if kpi.id)
    return Known(names, _listed(definition, "kpis"))


def may_mean(data: Data, known: Iterable[str], key: str) -> bool:
    """Whether an unknown key in the data is, as its finding says, a misspelling of `key`."""
    names = {*known, key}
    others = [other for other in data if other not in names and not other.startswith("x-")]
    if len(others) > _MOST_UNKNOWN:
        return True  # one of so many may well be
    return any(f"`{key}`" in did_you_mean(other, names) for other in others)


def all_steps_named(data: Data, path: Path) -> bool:
    """Whether every item of a list of steps is a mapping with an id, and no branch is hidden."""
    steps = value_at(data, path)
    if not isinstance(steps, list) or len(list(items_at(data, path))) != len(steps):
        return False
    return all(
        isinstance(step.get("id"), str)
        and not may_mean(step, Step.__struct_fields__, "parallel")
        and all(
            all_steps_named(data, (*at, "parallel", branch))
            for branch in mapping_at(step, ("parallel",))
            if not branch.startswith("x-")
        )
        for at, step in items_at(data, path)
    )


def _whole(definition: Definition, key: str, kind: type) -> bool:
    if definition.sound:
        return True
    if key in definition.data:
        return isinstance(definition.data[key], kind)
    return not may_mean(definition.data, Process.__struct_fields__, key)


def _listed(definition: Definition, key: str) -> bool:
    items = [item for _, item in items_at(definition.data, (key,))]
    return _whole(definition, key, list) and all(isinstance(item.get("id"), str) for item in items)
