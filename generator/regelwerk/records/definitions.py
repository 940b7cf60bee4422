"""A project's frozen definitions, each compiled when it is first needed."""

from __future__ import annotations

from collections.abc import Callable

from regelwerk.model.process import Path
from regelwerk.model.project import Project
from regelwerk.records.compile import compile_definition
from regelwerk.records.tables import Compiled

# The line of a path in a file (relative to the root, with `/`); None where it is not known.
LineOf = Callable[[str, Path], int | None]


def _no_line(_file: str, _path: Path) -> int | None:
    return None


class ProjectDefinitions:
    """The definitions of a project, compiled once each."""

    def __init__(self, project: Project, line_of: LineOf = _no_line) -> None:
        self._project = project
        self._line_of = line_of
        self._compiled: dict[tuple[str, str], Compiled | None] = {}

    def processes(self) -> tuple[str, ...]:
        """Every process that is kept here."""
        return tuple(self._project.processes)

    def versions(self, process: str) -> tuple[str, ...] | None:
        """The frozen versions kept here; None where the process is not known."""
        folder = self._project.processes.get(process)
        return tuple(frozen.version for frozen in folder.versions) if folder is not None else None

    def compiled(self, process: str, version: str) -> Compiled | None:
        """The frozen definition, compiled; None where it could not be read."""
        key = (process, version)
        if key not in self._compiled:
            self._compiled[key] = self._compile(process, version)
        return self._compiled[key]

    def _compile(self, process: str, version: str) -> Compiled | None:
        folder = self._project.processes.get(process)
        frozen = folder.version(version) if folder is not None else None
        if frozen is None or frozen.definition is None:
            return None
        file = frozen.definition.file
        return compile_definition(
            frozen.definition.process,
            self._project.organization,
            version=version,
            ends_of=self._project.ends_of,
            file=file.rsplit("/", 1)[-1],
            line=lambda path: self._line_of(file, path),
        )
