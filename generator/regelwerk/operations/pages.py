"""The handbook's pages for whoever builds a site from them, such as the MkDocs plugin."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path

import msgspec

from regelwerk.errors import UsageError
from regelwerk.model.moment import parse_date
from regelwerk.operations.build import HANDBOOK, build
from regelwerk.operations.build_result import BuildResult
from regelwerk.operations.kinds import KINDS
from regelwerk.project.root import find_root

AS_OF_VARIABLE = "REGELWERK_AS_OF"
_WATCHED = ("process", "templates", "schemas")


class Pages(msgspec.Struct, frozen=True, kw_only=True):
    """The folder with the pages, what to watch for changes, and what could not be built."""

    folder: Path
    watch: tuple[Path, ...]
    troubles: tuple[str, ...]


def render_pages(start: Path, as_of: str | None) -> Pages:
    """Bring the artifacts and pages of the project round `start` up to date.

    Where something could not be made, `troubles` says so and the pages of the last build stay; only
    where there are none yet, those that can be made are made.
    """
    root = find_root(start)
    day = as_of or os.environ.get(AS_OF_VARIABLE)
    fixed = parse_date(day) if day else None
    if day and fixed is None:
        raise UsageError(f"`{day}` is not a day such as 2026-05-12")

    def clock(zone: tzinfo) -> date:
        return fixed or datetime.now(zone).date()

    kinds = (*(kind.name for kind in KINDS), HANDBOOK)
    result = build(root, (), kinds, None, clock, keep_pages=True)
    return Pages(
        folder=result.folder / HANDBOOK,
        watch=tuple(path for name in _WATCHED if (path := root / name).is_dir()),
        troubles=tuple(dict.fromkeys(_troubles(result))),
    )


def _troubles(result: BuildResult) -> Iterator[str]:
    for finding in result.findings:
        yield f"{finding.file}:{finding.line}:{finding.column}: {finding.message}"
    for failure in result.failures:
        yield f"{failure.what}: {failure.message}"
