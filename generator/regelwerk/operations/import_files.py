"""Which files were handed in: single ones, or everything in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from regelwerk.errors import UsageError

WORD, WORKBOOK, WEB = (".docx", ".docm"), (".xlsx", ".xlsm"), (".yaml", ".yml", ".json")
SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic")

_MOST = 10_000


class HandedFile(msgspec.Struct, frozen=True):
    """A file to read: where it is, and how to name it to a person."""

    path: Path
    name: str

    @property
    def suffix(self) -> str:
        """The file's kind, `.docx`."""
        return self.path.suffix.lower()


def handed_files(paths: Sequence[Path]) -> list[HandedFile]:
    """The files themselves, and those in folders in the order of their names.

    Hidden files and what office programs leave beside an open file are passed over. UsageError
    where a path is not there.
    """
    found: dict[Path, HandedFile] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder {path}")
        for file in _files(path):
            found.setdefault(file.resolve(), HandedFile(file, file.as_posix()))
            if len(found) > _MOST:
                raise UsageError(f"{path} holds more than {_MOST} files")
    return list(found.values())


def read_handed(path: Path, limit: int) -> bytes | None:
    """The file's bytes; None where it is larger than `limit` or cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError:
        return None
    return content if len(content) <= limit else None


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for place, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield Path(place) / name
