"""One at a time: a lock on a folder that ends with the process that holds it."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from regelwerk.errors import RegelwerkError

_TRIES = 1000
_PAUSE = 0.02  # seconds


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder; RegelwerkError where somebody else does not let go of it.

    Nothing is left behind, not even by a process that was killed. People on different machines do
    not see each other's locks everywhere; so whoever writes still compares before replacing.
    """
    handle = _open(folder)
    try:
        for _ in range(_TRIES):
            if _try_lock(handle):
                break
            time.sleep(_PAUSE)
        else:
            raise RegelwerkError(
                f"somebody else is writing in {folder.name}", "try again in a moment"
            )
        yield
    finally:
        os.close(handle)


def _open(folder: Path) -> int:
    if sys.platform == "win32":
        name = sha256(str(folder.resolve()).encode()).hexdigest()[:32]
        path = Path(tempfile.gettempdir()) / f"regelwerk-{name}.lock"
        return os.open(path, os.O_RDWR | os.O_CREAT)
    else:  # noqa: RET505 - mypy judges the platform by branches
        return os.open(folder, os.O_RDONLY)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # On Windows a held lock; elsewhere a file system without locks, where comparing must do.
        return sys.platform != "win32"
    return True
