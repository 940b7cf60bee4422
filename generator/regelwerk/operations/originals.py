"""The files behind paper approvals, as the approvals room asks for them."""

from __future__ import annotations

from pathlib import Path

from regelwerk.operations.writing import sha256_of_file


class OriginalFiles:
    """Hashes originals that lie in a version's folder; nothing outside the folder is opened."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def sha256(self, folder: str, name: str) -> str | None:
        """SHA-256 of the file, None where it is missing or leads out of the folder."""
        base = (self._root / folder).resolve()
        try:
            path = (base / name).resolve()
            if not path.is_relative_to(base) or not path.is_file():
                return None
            return sha256_of_file(path)
        except (OSError, RuntimeError, ValueError):  # too long a name, a circle of links, a NUL
            return None
