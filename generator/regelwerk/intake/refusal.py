"""Why something that was entered cannot be a value."""

from __future__ import annotations


class ValueRefusedError(Exception):
    """What was entered cannot be a value; says why, and what would be one."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
