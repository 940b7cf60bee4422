"""Evidence files: there, unchanged, and inside the project; nothing outside is ever opened."""

from __future__ import annotations

import hashlib
import posixpath
import re
from enum import Enum
from pathlib import Path
from typing import Protocol


class EvidenceState(Enum):
    """What became of an evidence file."""

    PRESENT = "present"
    MISSING = "missing"
    OUTSIDE = "outside"
    UNREADABLE = "unreadable"
    CHANGED = "changed"


class EvidenceStore(Protocol):
    """Where evidence is looked up."""

    def state(self, record: str, file: str, sha256: str | None) -> EvidenceState:
        """State of `file`, relative to the record (a path relative to the root, with `/`)."""


_FOREIGN = re.compile(r"[\\\x00-\x1f\x7f]|^/|^[A-Za-z]:|^[A-Za-z][A-Za-z0-9+.-]*://")
_CHUNK = 1024 * 1024


class EvidenceFolder:
    """Evidence on disk below the project's root; each file is hashed once."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._digests: dict[Path, str | None] = {}

    def state(self, record: str, file: str, sha256: str | None) -> EvidenceState:
        """State of a file; absolute paths, drives, URLs and links that lead out are OUTSIDE."""
        if _FOREIGN.search(file):
            return EvidenceState.OUTSIDE
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(record), file))
        if inside == ".." or inside.startswith(("../", "/")):
            return EvidenceState.OUTSIDE
        try:
            path = (self._root / inside).resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            return EvidenceState.MISSING
        if not path.is_relative_to(self._root):
            return EvidenceState.OUTSIDE
        if not path.is_file():
            return EvidenceState.MISSING
        if sha256 is None:
            return EvidenceState.PRESENT
        digest = self._digest(path)
        if digest is None:
            return EvidenceState.UNREADABLE
        return EvidenceState.PRESENT if digest == sha256.lower() else EvidenceState.CHANGED

    def _digest(self, path: Path) -> str | None:
        if path not in self._digests:
            self._digests[path] = _hash(path)
        return self._digests[path]


def _hash(path: Path) -> str | None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()
