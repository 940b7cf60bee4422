"""Keys that only a definition of ours must have, not one that transcribes an older paper."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.names import may_mean
from regelwerk.checks.signatures import signatures
from regelwerk.diagnostics import Problem
from regelwerk.model.ids import version_key
from regelwerk.model.process import Process
from regelwerk.model.project import Definition, ProcessFolder, Project

_REQUIRED = ("document", "category", "owner")


def missing_key(project: Project) -> Iterator[Problem]:
    """A definition has `document`, `category` and `owner`, unless it transcribes a paper.

    They make it a controlled document: its number, its place in the map, and who answers for it.
    """
    for folder in project.processes.values():
        for definition in folder.definitions():
            if _transcribes_paper(folder, definition):
                continue
            for key in _REQUIRED:
                if _is_missing(definition, key):
                    message = f"the key `{key}` is missing"
                    hint = "only a definition that transcribes a paper document may leave it out"
                    yield Problem("schema/missing-key", (), message, hint, file=definition.file)


def missing_change(project: Project) -> Iterator[Problem]:
    """A version says why it exists as soon as a lower one is kept here.

    ISO 9001:2015, 7.5.3.2 c): whoever reads a new version must see what has changed.
    """
    for folder in project.processes.values():
        kept = [key for frozen in folder.versions if (key := version_key(frozen.version))]
        for definition in folder.definitions():
            own = version_key(definition.version or definition.process.version)
            if own and kept and min(kept) < own and _is_missing(definition, "change"):
                message = f"version {'.'.join(map(str, own))} does not say why it exists"
                hint = "add `change:` with one sentence on what has changed, and why"
                yield Problem("approval/missing-change", (), message, hint, file=definition.file)


def _is_missing(definition: Definition, key: str) -> bool:
    """Whether the key is not there, not even misspelled, which has its own finding."""
    data = definition.data
    return key not in data and not may_mean(data, Process.__struct_fields__, key)


def _transcribes_paper(folder: ProcessFolder, definition: Definition) -> bool:
    """Whether it was approved on paper, or is a copy of one that was.

    A frozen definition without any signature is left alone too: nobody knows yet how it is signed.
    """
    number = definition.version or definition.process.version
    frozen = folder.version(number)
    if frozen is None or frozen.definition is None or frozen.definition.data != definition.data:
        return False
    methods = {signature.method for signature in signatures(frozen)}
    return "paper" in methods or not methods
