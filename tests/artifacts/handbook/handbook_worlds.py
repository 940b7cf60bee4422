"""Handbooks to look at: the example project's, and one in which every text is nasty."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.artifacts.handbook.render import render_handbook
from regelwerk.artifacts.handbook.surroundings import NOTHING_ELSE, Surroundings
from regelwerk.artifacts.view.sample import sample_context
from regelwerk.model.context import BuildContext, resolve_names
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.context import releases
from regelwerk.operations.examine import examine
from regelwerk.project.load import load
from regelwerk.project.templates import TemplateFolder

SACRED = 'R&D <Vertrieb> "quoted" {{ x }} {% y %} ü 漢字 `*s* _x_ # | \\ &amp; </title>'
_TEXTS = (
    *("title", "subtitle", "event", "label", "help", "definition", "note", "question", "action"),
    *("form", "number", "edition", "unit", "name"),
)
_DAY = date(2026, 11, 20)


CONTRACT = Path(__file__).parents[2] / "examples/contract"
"""A project with a version that another one took the place of."""


@cache
def project_contexts(root: Path) -> dict[str, BuildContext]:
    """What a build of the project makes, by folder."""
    loaded = load(root)
    verdicts = examine(loaded, _DAY).verdicts
    return {
        release.folder: release.context
        for folder in loaded.project.processes.values()
        for release in releases(loaded.project, folder, verdicts[folder.id], _DAY)
    }


def pages_of(
    contexts: dict[str, BuildContext],
    root: Path,
    files: dict[str, bytes] | None = None,
    surroundings: Surroundings = NOTHING_ELSE,
) -> dict[str, bytes]:
    """The rendered handbook, by path."""
    made = files if files is not None else artifact_files(contexts)
    return {
        artifact.path: artifact.content
        for artifact in render_handbook(contexts, made, TemplateFolder(root), surroundings)
    }


def artifact_files(contexts: dict[str, BuildContext]) -> dict[str, bytes]:
    """Stand-ins for the built artifacts of every version."""
    names = ("document.docx", "checklist.docx", "process.svg", "process.png")
    return {
        f"{folder}/{name}": f"{folder} {name}".encode()
        for folder, context in contexts.items()
        for name in (
            *names,
            *(
                f"emails/{step.email}{suffix}"
                for step in context.definition.process.work_steps()
                if step.email
                for suffix in (".eml", ".html")
            ),
        )
    }


def nasty_contexts() -> dict[str, BuildContext]:
    """A version in force and a draft in which every text of one line is nasty."""
    sample = _in_force(sample_context())
    process = _spoil(sample.definition.process)
    organization = _spoil(sample.project.organization)
    register = _spoil(sample.project.register)
    project = msgspec.structs.replace(
        sample.project, organization=organization, register=register, people=sample.project.people
    )
    definition = msgspec.structs.replace(sample.definition, process=process)
    released = msgspec.structs.replace(
        sample, project=project, definition=definition, names=resolve_names(project, None)
    )
    draft = msgspec.structs.replace(
        released, working=True, verdict=Verdict(version="1.1", status=Status.DRAFT)
    )
    return {"sample/1.1": released, "sample/draft": draft}


def _in_force(context: BuildContext) -> BuildContext:
    verdict = msgspec.structs.replace(
        context.verdict, status=Status.EFFECTIVE, effective_until=None, superseded_by=None
    )
    return msgspec.structs.replace(context, verdict=verdict)


def _spoil(value: Any, name: str = "") -> Any:
    if isinstance(value, msgspec.Struct):
        changed = {field: _spoil(getattr(value, field), field) for field in value.__struct_fields__}
        return msgspec.structs.replace(value, **changed)
    if isinstance(value, dict):
        return {key: _spoil(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return tuple(_spoil(entry) for entry in value)
    return f"{value} {SACRED}" if isinstance(value, str) and name in _TEXTS else value


def spoiled_texts(context: BuildContext) -> set[str]:
    """Every nasty text of a definition that a reader must find."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, str) and SACRED in value:
            found.add(value)
        elif isinstance(value, dict | list | tuple):
            for entry in value.values() if isinstance(value, dict) else value:
                walk(entry)

    walk(msgspec.to_builtins(context.definition.process))
    return found
