"""Bytes that may be more than memory should hold: kept in a file without a name, gone with it."""

from __future__ import annotations

import tempfile
import weakref
from contextlib import suppress
from typing import IO

from regelwerk.errors import RegelwerkError

_IN_MEMORY = 2 * 1024 * 1024


class NamelessFile:
    """Bytes that are appended, and read from any place; in memory while they are few."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with this
        self._close = weakref.finalize(self, _close, self._file)
        self._length = 0

    def append(self, content: bytes) -> int:
        """Keep the bytes, and say where they end; RegelwerkError where there is no room."""
        try:
            self._file.seek(self._length)
            self._file.write(content)
            self._file.flush()
        except OSError as error:
            raise RegelwerkError(
                f"there is no room for temporary files: {error.strerror or error}",
                "make room, or name another folder for them in TMPDIR",
            ) from error
        self._length += len(content)
        return self._length

    def read(self, start: int, end: int) -> bytes:
        """The bytes between two places."""
        self._file.seek(start)
        return self._file.read(end - start)


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # what there was no room for was told when it was written
        file.close()
