"""Ids and version numbers."""

from __future__ import annotations

import re

_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


def version_key(version: str) -> tuple[int, int] | None:
    """`MAJOR.MINOR` as numbers, so that 1.10 is later than 1.9; None where it is no version."""
    match = _VERSION.fullmatch(version)
    return (int(match[1]), int(match[2])) if match else None
