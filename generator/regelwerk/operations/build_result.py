"""What a build did, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic
from regelwerk.operations.output import Failure


class BuildResult(msgspec.Struct, frozen=True, kw_only=True):
    """Paths in `written` and `removed` are relative to `folder`; `findings` are errors only.

    `stopped` are the processes that were left out because of errors in their definition.
    """

    root: Path
    folder: Path
    findings: tuple[Diagnostic, ...]
    files: int
    stopped: tuple[str, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    failures: tuple[Failure, ...]

    @property
    def exit_code(self) -> int:
        """1 where anything asked for could not be made, else 0."""
        return int(bool(self.findings or self.failures or self.stopped))

    def sentences(self) -> Iterator[str]:
        """What a person wants to know, one sentence a line."""
        for failure in self.failures:
            yield f"Not made: {failure.what}: {failure.message}"
            if failure.hint:
                yield f"  hint: {failure.hint}"
        if self.stopped:
            yield "Left out because of errors: " + ", ".join(self.stopped)
        where = self._where()
        if self.written or self.removed:
            yield from self._listing()
            parts = [f"{_count(len(self.written))} written"]
            if self.removed:
                parts.append(f"{len(self.removed)} removed")
            if self.unchanged:
                parts.append(f"{self.unchanged} unchanged")
            yield f"{', '.join(parts)} in {where}"
        elif not self.failures and not self.stopped:
            yield f"Nothing to do: {_count(self.unchanged)} in {where} are up to date."

    def _listing(self) -> Iterator[str]:
        """Files of processes by name; the many files of handbook and site as one line each."""
        groups = {"handbook": 0, "site": 0}
        for path in self.written:
            top = path.split("/", 1)[0]
            if top in groups:
                groups[top] += 1
            else:
                yield f"  {path}"
        for top, number in groups.items():
            if number:
                yield f"  {top}/ ({_count(number)})"

    def _where(self) -> str:
        if self.folder.is_relative_to(self.root):
            return self.folder.relative_to(self.root).as_posix() + "/"
        return str(self.folder)


def _count(number: int) -> str:
    return f"{number} file{'' if number == 1 else 's'}"
