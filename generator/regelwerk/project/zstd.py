"""Read what is packed with zstd (RFC 8878), and tell when it is cut off or damaged."""

from __future__ import annotations

import io
from typing import IO, Any

from regelwerk.errors import UsageError

_BLOCK = 16 * 1024
_PIECE = 1024  # of the packed content at a time: it may unpack to thirty thousand times as much
# A frame may ask for this much memory at most, whatever it says of itself.
_LARGEST_WINDOW = 128 * 1024 * 1024


def unpacked_zstd(content: IO[bytes]) -> IO[bytes]:
    """The unpacked content; reading raises EOFError where it is cut off, OSError where damaged."""
    try:
        import zstandard
    except ImportError:
        raise UsageError(
            "files packed with zstd need the extra `bulk`",
            "pip install 'regelwerk[bulk]', or pack the file with gzip",
        ) from None
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    return io.BufferedReader(_Frames(content, unpacker, zstandard.ZstdError), _BLOCK)


class _Frames(io.RawIOBase):
    """The frames of a file one after another; `zstandard` itself is silent where one is cut off."""

    def __init__(self, content: IO[bytes], unpacker: Any, error: type[Exception]) -> None:  # noqa: ANN401
        self._content = content
        self._unpacker = unpacker
        self._error = error
        self._frame: Any = None
        self._packed = b""
        self._ready = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401
        """Fill the buffer as far as the next piece goes; 0 at the end."""
        while not self._ready and self._more():
            self._ready = self._unpack()
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)

    def _more(self) -> bool:
        if not self._packed:
            self._packed = self._content.read(_BLOCK)
        if not self._packed and self._frame is not None:
            raise EOFError
        return bool(self._packed)

    def _unpack(self) -> bytes:
        if self._frame is None:
            self._frame = self._unpacker.decompressobj()
        piece, self._packed = self._packed[:_PIECE], self._packed[_PIECE:]
        try:
            unpacked: bytes = self._frame.decompress(piece)
        except self._error as error:
            raise OSError(str(error)) from error
        if self._frame.eof:
            self._packed, self._frame = self._frame.unused_data + self._packed, None
        return unpacked
