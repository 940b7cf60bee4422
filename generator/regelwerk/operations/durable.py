"""Write what must survive: whoever is killed, or loses power, leaves the old state or the new."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from stat import S_IMODE

_PREFIX = ".regelwerk-"


def replace_unless_changed(path: Path, before: bytes, after: bytes) -> bool:
    """Put `after` in the place of `before`; False, and nothing done, where that is not there."""
    temporary = _written_beside(path, after)
    try:
        temporary.chmod(S_IMODE(path.stat().st_mode))
        if path.read_bytes() != before:
            return False
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _settle(path.parent)
    return True


def add_file(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; FileExistsError where it is, unless it is the same."""
    if path.exists():
        if path.is_file() and path.read_bytes() == content:
            return
        raise FileExistsError(path)
    temporary = _written_beside(path, content)
    try:
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _settle(path.parent)


def add_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a whole folder that is not there yet, all of it or nothing; FileExistsError if it is.

    `files` maps paths below the folder, with `/`, to their content.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise FileExistsError(target)
    temporary = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=target.parent))
    try:
        for name, content in files.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
        mode = S_IMODE(target.parent.stat().st_mode)  # so that whoever shares the folder can write
        for path in temporary.rglob("*"):
            if path.is_dir():
                _settle(path)
            path.chmod(mode if path.is_dir() else mode & 0o666)
        temporary.chmod(mode)
        _settle(temporary)
        temporary.rename(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    _settle(target.parent)


def clear_leftovers(folder: Path) -> None:
    """Remove what an earlier run that was killed has left in a folder; only under its lock."""
    for path in folder.glob(_PREFIX + "*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=_PREFIX, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        _write(temporary, content)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


def _settle(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can do that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        return  # some network file systems cannot; the file itself is safe
    finally:
        os.close(handle)
