"""Where the evidence of a record is looked up: below the project, or below its own folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regelwerk.records.evidence import EvidenceFolder, EvidenceState


class EvidencePlaces:
    """Evidence of the project's records, and of records in folders outside it.

    A record outside is named by its whole path; its evidence must lie in the folder that was given.
    """

    def __init__(self, root: Path, outside: Sequence[Path] = ()) -> None:
        self._inside = EvidenceFolder(root)
        self._outside = {folder.as_posix() + "/": EvidenceFolder(folder) for folder in outside}

    def state(self, record: str, file: str, sha256: str | None) -> EvidenceState:
        """State of `file`, relative to the record."""
        for folder, evidence in self._outside.items():
            if record.startswith(folder):
                return evidence.state(record.removeprefix(folder), file, sha256)
        return self._inside.state(record, file, sha256)
