"""Where schemas and templates come from: the project first, then what the package carries."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def packaged(area: str) -> Path:
    """The packaged folder `schemas` or `templates`; in a checkout, the repository's own."""
    installed = _PACKAGE / "_defaults" / area
    return installed if installed.is_dir() else _PACKAGE.parent.parent / area


def find_default(root: Path | None, area: str, name: str) -> Path | None:
    """The file `name` of an area in the project, else the packaged one, else None."""
    places = [packaged(area)] if root is None else [root / area, packaged(area)]
    return next((place / name for place in places if (place / name).is_file()), None)
