"""What a renderer is given: one definition, the verdict about it, a day, and names for ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

import msgspec

from regelwerk.diagnostics import Path, Problem
from regelwerk.model.figure import Figure
from regelwerk.model.project import Definition, Project
from regelwerk.model.translations import Translations
from regelwerk.model.version import Verdict


class Artifact(msgspec.Struct, frozen=True):
    """A generated file: its path relative to the output folder (with `/`) and its bytes."""

    path: str
    content: bytes


class Template(msgspec.Struct, frozen=True):
    """A template file: how to name it to a person, and its bytes."""

    file: str
    content: bytes


class FrontMatter(Protocol):
    """What the head of a text template holds, with the place of every key."""

    @property
    def data(self) -> Any:  # noqa: ANN401
        """The data as read; None where it could not be read."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it, its shape included."""

    def place(self, path: Path, /) -> tuple[int, int]:
        """Line and column (both from 1) of the key or item at the path."""


class TemplateSource(Protocol):
    """Templates by area (`document`, `checklist`, `email`, `handbook`) and name."""

    def read(self, area: str, name: str) -> Template | None:
        """The project's template, else the packaged one, else None."""

    def names(self, area: str) -> tuple[str, ...]:
        """Every name there is in an area, sorted; `sub/name` for files in folders."""

    def front_matter(self, area: str, text: str) -> FrontMatter:
        """Read the YAML at the head of a template and check it against the area's schema."""


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Words for ids, as they are now or as they were when a version was frozen.

    `translations` are the generator's own words, in `language` and others. `stages` are titles of
    approval stages that were frozen; where one is missing, the rule has it.
    """

    organization: str
    roles: Mapping[str, str]
    people: Mapping[str, str]
    processes: Mapping[str, str]
    standards: tuple[str, ...]
    language: str
    translations: Translations = {}
    stages: Mapping[str, str] = {}

    def role(self, id_: str) -> str:
        """The role's title."""
        return self.roles.get(id_, id_)

    def person(self, id_: str) -> str:
        """The person's name."""
        return self.people.get(id_, id_)

    def process(self, id_: str) -> str:
        """The process's title."""
        return self.processes.get(id_, id_)


class VersionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One version in a process's history, with the verdict about it on the day of the build."""

    version: str
    verdict: Verdict
    change: str | None = None


class BuildContext(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one version's artifacts are made from.

    `working` is True for the working definition (an unreleased DRAFT). `versions` are the frozen
    versions kept here, highest first. `as_of` is the day of the build; nothing prints it. `figures`
    are there for the handbook, and for a document where somebody asked for them.
    """

    project: Project
    definition: Definition
    verdict: Verdict
    names: Names
    as_of: date
    working: bool
    versions: tuple[VersionEntry, ...] = ()
    figures: tuple[Figure, ...] = ()


def resolve_names(
    project: Project,
    frozen_context: Mapping[str, Any] | None,
    signers: Mapping[str, str] | None = None,
) -> Names:
    """Names as they are now, overlaid with those a frozen version was approved with.

    `signers` are names that signatures keep of people whom the frozen context does not name.

    What is of the wrong type in the frozen context is passed over: there it is only information.
    """
    organization = project.organization
    frozen = frozen_context or {}
    titles = {
        folder: title
        for folder in project.processes
        if (title := project.title_of_process(folder)) is not None
    }
    languages = _words(frozen.get("languages")) or organization.languages
    return Names(
        organization=_texts(frozen.get("organization")).get("name") or organization.name,
        roles={key: role.title for key, role in organization.roles.items()}
        | _texts(frozen.get("roles")),
        people={key: person.name for key, person in project.people.items()}
        | dict(signers or {})
        | _texts(frozen.get("people")),
        processes=titles | _texts(frozen.get("processes")),
        standards=_words(frozen.get("standards")) or organization.standards,
        language=languages[0],
        translations=project.translations,
        stages=_texts(frozen.get("stages")),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {key: text for key, text in value.items() if isinstance(text, str)}
