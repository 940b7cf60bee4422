"""Which files a command was asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from regelwerk.errors import UsageError


class Selection(msgspec.Struct, frozen=True):
    """Folders and files relative to the root; none given means everything."""

    places: tuple[str, ...]

    def holds(self, file: str) -> bool:
        """Whether a file (relative to the root, with `/`) was asked about."""
        return not self.places or any(
            place in ("", file) or file.startswith(place + "/") for place in self.places
        )

    def require_match(self, files: Iterable[str]) -> None:
        """UsageError naming the first place that none of the files lies in."""
        known = list(files)
        for place in self.places:
            alone = Selection((place,))
            if not any(alone.holds(file) for file in known):
                raise UsageError(
                    f"{place or '.'} holds nothing to check",
                    "name a definition, a template, a record, or a folder that holds some",
                )


def select(root: Path, start: Path, paths: Sequence[Path]) -> Selection:
    """Resolve paths as typed: from the current folder, else from `-C`, else from the root.

    What lies outside the project is passed over while another of the three leads into it.
    """
    return Selection(tuple(_inside(root, start, path) for path in paths))


def _inside(root: Path, start: Path, path: Path) -> str:
    found = [base / path for base in (Path.cwd(), start, root) if (base / path).exists()]
    if not found:
        raise UsageError(f"there is no file or folder {path}")
    for candidate in found:
        resolved = candidate.resolve()
        if resolved.is_relative_to(root):
            relative = resolved.relative_to(root).as_posix()
            return "" if relative == "." else relative
    raise UsageError(f"{path} lies outside the project {root}")
