"""Strings and numbers as SSH writes them: four bytes of length, big endian, then the bytes.

Source: RFC 4251, section 5.
"""

from __future__ import annotations


class WireError(ValueError):
    """The bytes are not what SSH would write."""


class Wire:
    """Bytes that are read from the front."""

    def __init__(self, content: bytes) -> None:
        self._rest = content

    def take(self, length: int) -> bytes:
        """The next bytes; a WireError where there are fewer."""
        if length > len(self._rest):
            raise WireError("it ends too early")
        taken, self._rest = self._rest[:length], self._rest[length:]
        return taken

    def number(self) -> int:
        """An unsigned number of 32 bits."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """A string, which says its length itself."""
        return self.take(self.number())

    def text(self) -> str:
        """A string that is a name, so ASCII."""
        try:
            return self.string().decode("ascii")
        except UnicodeDecodeError:
            raise WireError("a name in it is not ASCII") from None

    def end(self) -> None:
        """A WireError where something is left."""
        if self._rest:
            raise WireError("something follows its end")


def packed(*strings: bytes) -> bytes:
    """Strings one after the other, each with its length."""
    return b"".join(len(one).to_bytes(4, "big") + one for one in strings)
