"""The process and version that a command about versions names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity, did_you_mean
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.model.project import (
    ORGANIZATION_FILE,
    PEOPLE_FILE,
    REGISTER_FILE,
    FrozenVersion,
    ProcessFolder,
)
from regelwerk.operations.day import zone_of
from regelwerk.operations.examine import examine
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root

_SHARED = (ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE)

Now = Callable[[tzinfo], datetime]


class RefusedError(RegelwerkError):
    """What was asked for would break a rule of the project, so nothing was written."""


class Opened(msgspec.Struct, frozen=True):
    """A project as it was read, and one of its processes."""

    loaded: Loaded
    folder: ProcessFolder

    @property
    def root(self) -> Path:
        """The project's root."""
        return self.loaded.root

    def day(self, clock: Callable[[tzinfo], date]) -> date:
        """The day by a clock, where the organization is."""
        return clock(zone_of(self.loaded.project.organization))

    def version(self, version: str) -> FrozenVersion:
        """A frozen version; UsageError where there is none of that number."""
        frozen = self.folder.version(version)
        if frozen is None:
            kept = ", ".join(one.version for one in self.folder.versions) or "none"
            raise UsageError(
                f"there is no frozen version {version} of {self.folder.id}", f"kept here: {kept}"
            )
        return frozen


def open_process(start: Path, process: str) -> Opened:
    """Read the project round `start`; UsageError where it has no such process."""
    loaded = load(find_root(start))
    folder = loaded.project.processes.get(process)
    if folder is None:
        hint = did_you_mean(process, loaded.project.processes)
        known = ", ".join(f"`{name}`" for name in loaded.project.processes)
        raise UsageError(f"there is no process `{process}`", hint or f"there are: {known}")
    return Opened(loaded, folder)


def errors_of(opened: Opened, as_of: date) -> tuple[Diagnostic, ...]:
    """Errors of the process and of what all share; what other processes have is theirs."""
    return tuple(
        finding
        for finding in examine(opened.loaded, as_of).findings
        if finding.severity is Severity.ERROR
        and (finding.file.startswith(f"{opened.folder.folder}/") or finding.file in _SHARED)
    )
