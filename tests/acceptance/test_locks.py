"""What the package needs is locked, or the first command of the README fails on a clean machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def plain(requirement: str) -> str:
    """The name alone, as PEP 503 writes it."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match is not None
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def locked(file: str) -> set[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return {plain(line) for line in text.splitlines() if "==" in line and line[0].isalnum()}


@pytest.mark.parametrize(
    ("file", "groups"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["dev"])]
)
def test_every_requirement_is_locked(file: str, groups: list[str]) -> None:
    asked = list(PROJECT["project"]["dependencies"])
    for group in groups:
        asked += [one for one in PROJECT["dependency-groups"][group] if isinstance(one, str)]
    assert {plain(one) for one in asked} - locked(file) == set()


def test_what_reads_the_folder_after_mkdocs_is_locked() -> None:
    asked = PROJECT["dependency-groups"]["successors"]
    assert {plain(one) for one in asked} - locked("requirements-successors.lock") == set()
