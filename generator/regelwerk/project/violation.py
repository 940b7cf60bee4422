"""A schema violation in one form, whichever engine found it."""

from __future__ import annotations

from typing import Any

import msgspec

from regelwerk.diagnostics import Path


class Violation(msgspec.Struct, frozen=True):
    """`keyword` failed at `path`; `limit` is the keyword's value, `found` the offending names.

    `schema_path` leads to the keyword inside the schema.
    """

    keyword: str
    path: Path
    limit: Any
    found: tuple[str, ...]
    schema_path: tuple[str | int, ...]
