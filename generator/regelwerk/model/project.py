"""A whole project as it was read: who we are, the processes, their versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from regelwerk.model.organization import Organization, Person, RegisterEntry
from regelwerk.model.process import Process
from regelwerk.model.translations import Translations
from regelwerk.model.version import Approvals

ORGANIZATION_FILE = "process/organization.yaml"
PEOPLE_FILE = "process/people.yaml"
REGISTER_FILE = "process/register.yaml"
TRUST_FILE = "process/trust.yaml"


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """One process.yaml: its file (relative, `/`), its data as written, and the built process.

    `sound` is False where the shape had faults; then `process` may lack things. `version` is the
    folder's name for a frozen definition, None for the working one.
    """

    file: str
    data: Mapping[str, Any]
    process: Process
    sound: bool
    version: str | None = None


class FrozenVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A folder `versions/<version>/`; parts that are missing or unreadable are None.

    `faulty_files` are the definition and its context where their YAML has faults (a key twice, a
    tag): what they say then depends on who reads.
    """

    version: str
    folder: str
    definition: Definition | None
    context: Mapping[str, Any] | None
    approvals: Approvals | None
    faulty_files: tuple[str, ...] = ()

    @property
    def approvals_file(self) -> str:
        """The path of approvals.yaml, whether or not it exists."""
        return f"{self.folder}/approvals.yaml"


class ProcessFolder(msgspec.Struct, frozen=True, kw_only=True):
    """A folder `process/<id>/`: the working definition and the frozen versions, lowest first."""

    id: str
    folder: str
    working: Definition | None
    versions: tuple[FrozenVersion, ...]

    def version(self, version: str) -> FrozenVersion | None:
        """The frozen version of that number, if it is kept here."""
        return next((frozen for frozen in self.versions if frozen.version == version), None)

    def definitions(self) -> Iterator[Definition]:
        """The working definition first, then the frozen ones."""
        if self.working is not None:
            yield self.working
        for frozen in self.versions:
            if frozen.definition is not None:
                yield frozen.definition


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the rules argue about, records apart.

    `emails` are the names of the e-mail templates there are; `clauses` maps a standard's name to
    its clause ids; `translations` are the generator's own words in other languages. `sound` is
    False where organization, people or register had faults.
    """

    organization: Organization
    people: Mapping[str, Person] = {}
    register: Mapping[str, RegisterEntry] = {}
    processes: Mapping[str, ProcessFolder] = {}
    emails: frozenset[str] = frozenset()
    clauses: Mapping[str, frozenset[str]] = {}
    translations: Translations = {}
    sound: bool = True

    def definitions(self) -> Iterator[Definition]:
        """Every definition of every process."""
        for folder in self.processes.values():
            yield from folder.definitions()

    def ends_of(self, process: str) -> frozenset[str] | None:
        """The ends by the working definition, else by the latest version; None where unknown."""
        found = self.latest(process)
        return frozenset(found.process.ends) if found is not None else None

    def latest(self, process: str) -> Definition | None:
        """The working definition, else the latest version's; None where there is neither."""
        folder = self.processes.get(process)
        if folder is None:
            return None
        candidates = [folder.working, *(frozen.definition for frozen in reversed(folder.versions))]
        return next((candidate for candidate in candidates if candidate is not None), None)

    def title_of_process(self, process: str) -> str | None:
        """The title of a process kept here."""
        folder = self.processes.get(process)
        first = next(folder.definitions(), None) if folder is not None else None
        return first.process.title if first is not None else None
