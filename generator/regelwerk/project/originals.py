"""Originals of paper signatures on disk."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path as FilePath


class OriginalFiles:
    """Looks files up below a project's root; nothing outside a version's folder is opened."""

    def __init__(self, root: FilePath) -> None:
        self._root = root

    def sha256(self, folder: str, name: str) -> str | None:
        """SHA-256 in hexadecimal of the file `name` in a folder relative to the root, else None."""
        inside = (self._root / folder).resolve()
        try:
            path = (inside / name).resolve()
            if not path.is_relative_to(inside) or not path.is_file():
                return None
            with path.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError, RuntimeError):
            return None
