"""The definitions that stand for their processes where processes are compared."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.model.project import Definition, Project


def current_definitions(project: Project) -> Iterator[tuple[str, Definition]]:
    """For each process its working definition, else its highest version; with the folder's name.

    Frozen ones come first, so that of two that disagree the one that can be changed is the later;
    then by path.
    """
    found = []
    for folder in project.processes.values():
        frozen = (version.definition for version in reversed(folder.versions))
        candidates = [folder.working, *frozen]
        first = next((candidate for candidate in candidates if candidate is not None), None)
        if first is not None:
            found.append((folder.id, first))
    found.sort(key=lambda pair: (pair[1].version is None, pair[1].file))
    yield from found
