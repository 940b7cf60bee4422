"""Small projects for tests of the rules: a clean one, changed in one place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from regelwerk.checks.run import check_project
from regelwerk.diagnostics import Problem, path_text
from regelwerk.model.project import Definition, FrozenVersion, ProcessFolder, Project
from regelwerk.project.build_organization import (
    build_approvals,
    build_organization,
    build_people,
    build_register,
)
from regelwerk.project.build_process import build_process
from regelwerk.project.reading import parse

Data = dict[str, Any]

ORGANIZATION = """
name: Example
standards: ["ISO 9001:2015", "EN 9100:2018"]
roles: {clerk: {title: Clerk}, manager: {title: Manager}, ceo: {title: CEO}}
approval:
  standard: [{stage: created, title: Creation}, {stage: approved, title: Approval, role: ceo}]
"""
PEOPLE = """
anna: {name: Anna, roles: [{role: clerk}]}
bert: {name: Bert, roles: [{role: manager}]}
cora: {name: Cora, roles: [{role: ceo}]}
"""
PROCESS = """
id: one
document: P-1
title: One
version: "1.0"
category: core
owner: manager
purpose: Something is made.
start: {event: Something is needed}
steps:
  - {id: first, title: First, responsible: clerk}
  - {id: last, title: Last, responsible: manager, next: {end: done}}
ends:
  done: {event: It is made, success: true}
"""


def yaml(text: str) -> Any:
    """Data as the tool reads it; a test's own text has no faults."""
    tree = parse(text, is_json=False)
    assert not tree.problems
    return tree.data


class World:
    """What a project is made from, free to be changed before it is checked."""

    def __init__(self) -> None:
        self.organization: Data = yaml(ORGANIZATION)
        self.people: Data = yaml(PEOPLE)
        self.register: Data = {}
        self.processes: dict[str, Data] = {"one": yaml(PROCESS)}
        self.frozen: dict[tuple[str, str], tuple[Data | None, Data | None]] = {}
        self.unsound: set[str] = set()
        self.sound = True
        self.clauses = {"ISO 9001:2015": frozenset({"5", "5.1", "5.1.1", "8", "8.2", "8.2.1"})}

    @property
    def one(self) -> Data:
        """The working definition of the process `one`."""
        return self.processes["one"]

    def add(self, id_: str, **changes: Any) -> Data:
        """Another process, like `one` but for its id, its number and what is said."""
        data = copy.deepcopy(yaml(PROCESS)) | {"id": id_, "document": f"P-{id_}"} | changes
        self.processes[id_] = data
        return data

    def project(self) -> Project:
        """The frozen values."""
        ids = sorted({*self.processes, *(process for process, _ in self.frozen)})
        return Project(
            organization=build_organization(self.organization),
            people=build_people(self.people),
            register=build_register(self.register),
            processes={id_: self._folder(id_) for id_ in ids},
            emails=frozenset({"invitation"}),
            clauses=self.clauses,
            sound=self.sound,
        )

    def problems(self) -> list[Problem]:
        """Everything the rules find."""
        return list(check_project(self.project()))

    def found(self) -> list[tuple[str, str]]:
        """Code and path of everything the rules find."""
        return [(problem.code, path_text(problem.path)) for problem in self.problems()]

    def _folder(self, id_: str) -> ProcessFolder:
        folder = f"process/{id_}"
        working = self.processes.get(id_)
        return ProcessFolder(
            id=id_,
            folder=folder,
            working=self._definition(f"{folder}/process.yaml", id_, working, None)
            if working is not None
            else None,
            versions=tuple(
                FrozenVersion(
                    version=version,
                    folder=f"{folder}/versions/{version}",
                    definition=self._definition(
                        f"{folder}/versions/{version}/process.yaml", id_, data, version
                    )
                    if data is not None
                    else None,
                    context=None,
                    approvals=build_approvals(approvals) if approvals is not None else None,
                )
                for (process, version), (data, approvals) in self.frozen.items()
                if process == id_
            ),
        )

    def _definition(self, file: str, id_: str, data: Data, version: str | None) -> Definition:
        return Definition(
            file=file,
            data=data,
            process=build_process(data, id_),
            sound=id_ not in self.unsound,
            version=version,
        )


def found_after(change: Callable[[World], object]) -> list[tuple[str, str]]:
    """Code and path of what the rules find in the clean project after a change."""
    world = World()
    change(world)
    return world.found()


def with_steps(steps: str, **changes: Any) -> list[tuple[str, str]]:
    """What the rules find where the process `one` has these steps, and further changes."""
    world = World()
    world.one["steps"] = yaml(steps)
    world.one.update(changes)
    return world.found()
