"""Examples on disk become whole projects: one file that differs, the rest from a clean base."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

EXAMPLES = Path(__file__).parent / "examples"
BASE = EXAMPLES / "_base"
DEFAULT_TARGET = "process/example/process.yaml"


def target_of(example: Path) -> str:
    """Where the example's file belongs in the project (relative, `/`)."""
    named = example / "target.txt"
    return named.read_text(encoding="utf-8").strip() if named.is_file() else DEFAULT_TARGET


def materialize(example: Path, which: Literal["bad", "good"], into: Path) -> Path:
    """Write the whole project of an example into a folder, byte for byte, and return the folder.

    The base first, then the example's `files/`, then `bad.yaml` or `good.yaml` at its target
    (`bad.md` and `good.md` for an e-mail's template, `.po` for a catalogue of words).
    """
    shutil.copytree(BASE, into, dirs_exist_ok=True)
    if (example / "files").is_dir():
        shutil.copytree(example / "files", into, dirs_exist_ok=True)
    target = into / target_of(example)
    target.parent.mkdir(parents=True, exist_ok=True)
    suffix = target.suffix if target.suffix in (".md", ".po") else ".yaml"
    shutil.copyfile(example / f"{which}{suffix}", target)
    return into


def expected_lines(example: Path) -> list[str]:
    """The findings that the bad file has, errors and warnings: `code file:line:column path`."""
    text = (example / "expected.txt").read_text(encoding="utf-8")
    return sorted(line for line in text.splitlines() if line)


def examples_below(*areas: str) -> list[Path]:
    """The example folders of the areas, each `tests/examples/<area>/<name>/`, sorted."""
    return sorted(
        path.parent for area in areas for path in (EXAMPLES / area).glob("*/expected.txt")
    )
