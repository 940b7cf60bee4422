"""Every way to say what was found out about files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from regelwerk.cli.verification import as_json, as_text
from regelwerk.operations.verify_result import Verification


class Format(Protocol):
    """Writes a verification; `quiet` asks for no more than a line a file."""

    def __call__(self, verification: Verification, *, quiet: bool = False) -> str:
        """The text."""


FORMATS: Mapping[str, Format] = {"text": as_text.render, "json": as_json.render}
