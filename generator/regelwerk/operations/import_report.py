"""What an import has done or would do, form by form."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.intake.merge import Change
from regelwerk.intake.note import Note

# `ready`: would be written if it were asked for. The words stay.
Outcome = Literal["recorded", "updated", "ready", "unchanged", "refused", "skipped"]


class Reading(msgspec.Struct, frozen=True):
    """A value that was read: where, what it is, and the value on one line."""

    place: str
    label: str
    value: str


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file that was handed in.

    `file` is as it was named, `record` the record's path in the project, `empty` the labels of
    fields that nobody filled in.
    """

    file: str
    outcome: Outcome
    case: str = ""
    record: str = ""
    read: tuple[Reading, ...] = ()
    empty: tuple[Reading, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """Every file, and what the check says of the records as they are now or would be."""

    root: Path
    files: tuple[Handed, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def good(self) -> bool:
        """Whether nothing was refused and no finding is an error."""
        return not any(file.outcome == "refused" for file in self.files) and not any(
            finding.severity is Severity.ERROR for finding in self.findings
        )
