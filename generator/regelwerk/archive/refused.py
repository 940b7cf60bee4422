"""Why an archive is not read."""

from __future__ import annotations


class ArchiveRefusedError(Exception):
    """The archive is damaged, too large, or plays tricks; the message says which, as a clause."""

    def __init__(self, message: str, *, too_large: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.too_large = too_large
