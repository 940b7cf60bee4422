"""What decides how an artifact comes out; where none of it has changed, it is not made again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE, Definition
from regelwerk.operations.context import Release
from regelwerk.operations.writing import sha256_of
from regelwerk.project.load import Loaded
from regelwerk.project.templates import TemplateFolder

SHARED = (ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE)


def inputs_of(loaded: Loaded, release: Release) -> dict[str, str]:
    """SHA-256 of the files that decide this release, by path."""
    process = release.folder.split("/", 1)[0]
    return {
        file: source.sha256
        for file, source in sorted(loaded.sources.items())
        if file in SHARED or file.startswith(f"process/{process}/")
    }


def facts_of(release: Release) -> tuple[object, ...]:
    """What else decides a release: its verdicts, the names of things, what it says of others.

    Only the processes count whose ids stand in the definition; no other can be named by it.
    """
    context = release.context
    project, definition = context.project, context.definition
    named = {definition.process.id, *_texts_within(definition.data)}
    others = {
        process: (bool(folder.versions), _ends(project.latest(process)))
        for process, folder in project.processes.items()
        if process in named
    }
    titles = {id_: title for id_, title in context.names.processes.items() if id_ in named}
    names = msgspec.structs.replace(context.names, processes=titles)
    return (context.verdict, context.versions, names, context.working, others)


def _ends(definition: Definition | None) -> list[tuple[str, str, bool]]:
    ends = definition.process.ends.values() if definition is not None else ()
    return [(end.id, end.event, end.success) for end in ends]


def _texts_within(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts_within(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts_within(item)


def area_digests(root: Path, area: str) -> dict[str, str]:
    """SHA-256 of every template of an area by file, the packaged ones too."""
    templates = TemplateFolder(root)
    for name in templates.names(area):
        templates.read(area, name)
    return {file: sha256_of(content) for file, content in sorted(templates.used.items())}
