"""Begin a project: a small process that works, to be changed into one's own."""

from __future__ import annotations

from pathlib import Path

from regelwerk.errors import UsageError
from regelwerk.operations.writing import write_atomically
from regelwerk.project.defaults import packaged

# Files that are named differently while they are carried in the package.
_RENAMED = {"gitignore": ".gitignore"}


def init(target: Path) -> list[str]:
    """Write the starter project; the files written, relative to `target`. Overwrites nothing."""
    starter = packaged("templates") / "project"
    files = {
        path: _RENAMED.get(relative, relative)
        for path in sorted(starter.rglob("*"))
        if path.is_file() and (relative := path.relative_to(starter).as_posix())
    }
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file, not a folder")
    present = sorted(name for name in files.values() if (target / name).exists())
    if present:
        raise UsageError(
            f"{target} already holds {', '.join(present)}",
            "name an empty or new folder; nothing was written",
        )
    try:
        for path, name in files.items():
            write_atomically(target / name, path.read_bytes())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(
            f"{target} cannot be written to: {reason}", "name another folder"
        ) from error
    return list(files.values())
