"""The same document number given to two documents."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from regelwerk.diagnostics import Path, Problem
from regelwerk.model.project import REGISTER_FILE, Project


class _Numbered(msgspec.Struct, frozen=True):
    """A number, what carries it, and where that is said."""

    number: str
    owner: tuple[str, str]
    frozen: bool
    file: str
    path: Path
    position: int = 0

    @property
    def words(self) -> str:
        kind, id_ = self.owner
        return f"{kind} `{id_}`"


def duplicate_document_number(project: Project) -> Iterator[Problem]:
    """A document number belongs to one process, or to one entry of the register.

    Whoever asks for a number must get one document; all versions of a process share theirs.
    """
    first: dict[str, _Numbered] = {}
    seen: set[tuple[str, tuple[str, str]]] = set()
    for entry in sorted(_numbered(project), key=lambda e: (not e.frozen, e.file, e.position)):
        other = first.setdefault(entry.number, entry)
        if other.owner != entry.owner and (entry.number, entry.owner) not in seen:
            message = f"the number `{entry.number}` is that of {other.words} already"
            hint = f"give one of them another number ({other.file})"
            code = "reference/duplicate-document-number"
            yield Problem(code, entry.path, message, hint, file=entry.file)
        seen.add((entry.number, entry.owner))


def _numbered(project: Project) -> Iterator[_Numbered]:
    """Every number; of a frozen version only where its working definition has another."""
    for folder in project.processes.values():
        owner = ("the process", folder.id)
        working = folder.working.process.document if folder.working is not None else None
        if folder.working is not None and working is not None:
            yield _Numbered(working, owner, False, folder.working.file, ("document",))
        for version in folder.versions:
            definition = version.definition
            number = definition.process.document if definition is not None else None
            if definition is not None and number is not None and number != working:
                yield _Numbered(number, owner, True, definition.file, ("document",))
    for position, (id_, entry) in enumerate(project.register.items()):
        if entry.number is not None:
            owner = ("the register's entry", id_)
            path = (id_, "number")
            yield _Numbered(entry.number, owner, False, REGISTER_FILE, path, position)
