"""What an audit pack is made of: places, its manifest, and how large it may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from regelwerk.archive.read import Limits

MANIFEST = "manifest.json"
INDEX = "index.html"
PROJECT = "project/"
FORMAT = 1

LIMITS = Limits(entries=65_535, entry=1024 * 1024 * 1024, total=4 * 1024 * 1024 * 1024, ratio=1000)
"""What a pack may hold; evidence can be large, and lines of records pack well."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack is about. Days are the period asked for; None: from the start, to the end.

    `processes` are all that are in it, `cases` how many cases. `left_out` maps evidence that is
    named but not in the pack to its SHA-256; `notes` say in sentences what else is not there, or
    must be known.
    """

    as_of: date
    first: date | None
    last: date | None
    processes: tuple[str, ...]
    cases: int
    pseudonymized: bool
    left_out: Mapping[str, str]
    notes: tuple[str, ...]


class PackManifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`manifest.json`: every other file of the pack by its SHA-256, and what the pack is about.

    `tool` and `code` say which program made it; the same one must make the same again.
    """

    format: int
    tool: str
    code: str
    organization: str
    scope: Scope
    files: Mapping[str, str]
