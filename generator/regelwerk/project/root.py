"""Find the project a command is about."""

from __future__ import annotations

from pathlib import Path

from regelwerk.errors import ProjectNotFoundError


def find_root(start: Path) -> Path:
    """The nearest folder, going up from `start`, that holds `process/organization.yaml`."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "process" / "organization.yaml").is_file():
            return folder
    raise ProjectNotFoundError(
        f"no regelwerk project here: {start} and the folders above it hold no "
        "process/organization.yaml",
        "begin one with `regelwerk init`, or name its folder with `-C DIR`",
    )
