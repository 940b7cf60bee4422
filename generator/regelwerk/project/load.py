"""Load a project: every definition file read, checked against its schema and built."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

import msgspec

from regelwerk.diagnostics import Problem
from regelwerk.model.ids import version_key
from regelwerk.model.project import (
    ORGANIZATION_FILE,
    PEOPLE_FILE,
    REGISTER_FILE,
    TRUST_FILE,
    Definition,
    FrozenVersion,
    ProcessFolder,
    Project,
)
from regelwerk.project.build_organization import (
    build_approvals,
    build_organization,
    build_people,
    build_register,
)
from regelwerk.project.build_process import build_process
from regelwerk.project.clauses import clause_catalogues
from regelwerk.project.defaults import packaged
from regelwerk.project.reading import read_with_digest
from regelwerk.project.schemas import SchemaSet
from regelwerk.project.source import Source
from regelwerk.project.templates import is_text
from regelwerk.project.translations import read_translations


class Loaded(msgspec.Struct, frozen=True):
    """A project, the files it came from, and what was wrong with their shape.

    `problems` name their file. `schemas` can check further data, such as records.
    """

    root: FilePath
    project: Project
    sources: Mapping[str, Source]
    problems: tuple[Problem, ...]
    schemas: SchemaSet


def load(root: FilePath) -> Loaded:
    """Read the whole project but its records; never raises for what a user wrote."""
    loader = _Loader(root)
    project = loader.project()
    return Loaded(root, project, loader.sources, tuple(loader.problems), loader.schemas)


class _Loader:
    def __init__(self, root: FilePath) -> None:
        self.root = root
        self.schemas = SchemaSet(root)
        self.sources: dict[str, Source] = {}
        self.problems: list[Problem] = []

    def project(self) -> Project:
        organization, organization_sound = self._read(ORGANIZATION_FILE, "organization")
        people, people_sound = self._read(PEOPLE_FILE, "people")
        register, register_sound = self._read(REGISTER_FILE, "register")
        self._read(TRUST_FILE, "trust")
        processes = self._processes()
        built = build_organization(organization or {})
        translations, problems = read_translations(
            self.root, [*built.languages, *_frozen_languages(processes)]
        )
        self.problems += problems
        return Project(
            organization=built,
            people=build_people(people or {}),
            register=build_register(register or {}),
            processes=processes,
            emails=email_names(self.root),
            clauses=clause_catalogues(self.root),
            translations=translations,
            sound=organization_sound and people_sound and register_sound,
        )

    def _read(self, file: str, schema: str) -> tuple[dict[str, Any] | None, bool]:
        """The data (None where there is none) and whether its shape is right."""
        path = self.root / file
        if not os.path.lexists(path):
            return None, True
        tree, digest = read_with_digest(path)
        self.sources[file] = Source(file, tree, digest)
        problems = list(tree.problems)
        if tree.readable:
            reported = {problem.path for problem in problems}
            shape = self.schemas.check(schema, tree.data)
            problems += [problem for problem in shape if problem.path not in reported]
        self.problems += [msgspec.structs.replace(problem, file=file) for problem in problems]
        return (tree.data if isinstance(tree.data, dict) else None), not problems

    def _processes(self) -> dict[str, ProcessFolder]:
        folders = sorted(
            path
            for path in (self.root / "process").iterdir()
            if path.is_dir() and not path.name.startswith(".") and self._is_named(path)
        )
        found = (self._process(path) for path in folders if _holds_process(path))
        return {folder.id: folder for folder in found}

    def _is_named(self, path: FilePath) -> bool:
        """Whether a folder's name is text; files that name it could not be written otherwise."""
        name = path.relative_to(self.root).as_posix()
        shown = os.fsencode(name).decode("utf-8", "backslashreplace")
        if shown != name:
            message = "the name of this folder is not UTF-8"
            self.problems.append(Problem("yaml/encoding", (), message, "rename it", file=shown))
        return shown == name

    def _process(self, path: FilePath) -> ProcessFolder:
        folder = f"process/{path.name}"
        names = [
            child.name
            for child in (path / "versions").glob("*")
            if child.is_dir() and not child.name.startswith(".") and self._is_named(child)
        ]
        names.sort(key=lambda name: (version_key(name) or (0, 0), name))
        return ProcessFolder(
            id=path.name,
            folder=folder,
            working=self._definition(f"{folder}/process.yaml", path.name, None),
            versions=tuple(self._version(f"{folder}/versions/{name}", path.name) for name in names),
        )

    def _definition(self, file: str, process: str, version: str | None) -> Definition | None:
        data, sound = self._read(file, "process")
        if data is None:
            return None
        built = build_process(data, process)
        return Definition(file=file, data=data, process=built, sound=sound, version=version)

    def _version(self, folder: str, process: str) -> FrozenVersion:
        version = folder.rsplit("/", 1)[1]
        context, _ = self._read(f"{folder}/context.yaml", "context")
        approvals, approvals_sound = self._read(f"{folder}/approvals.yaml", "approvals")
        definition = self._definition(f"{folder}/process.yaml", process, version)
        frozen_files = (f"{folder}/process.yaml", f"{folder}/context.yaml")
        return FrozenVersion(
            version=version,
            folder=folder,
            definition=definition,
            context=context,
            approvals=build_approvals(approvals, sound=approvals_sound)
            if approvals is not None
            else None,
            faulty_files=tuple(
                file
                for file in frozen_files
                if file in self.sources and self.sources[file].tree.problems
            ),
        )


def _holds_process(path: FilePath) -> bool:
    return os.path.lexists(path / "process.yaml") or (path / "versions").is_dir()


def _frozen_languages(processes: Mapping[str, ProcessFolder]) -> Iterator[str]:
    """The languages in which frozen versions were approved."""
    for folder in processes.values():
        for frozen in folder.versions:
            languages = (frozen.context or {}).get("languages")
            if isinstance(languages, list):
                yield from (one for one in languages if isinstance(one, str))


def email_names(root: FilePath) -> frozenset[str]:
    """The names of the e-mail templates in the project, else of the packaged ones."""
    places = (root / "templates" / "email", packaged("templates") / "email")
    return frozenset(
        path.stem
        for place in places
        if place.is_dir()
        for path in place.glob("*.md")
        if is_text(path.name)
    )
