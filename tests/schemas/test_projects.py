"""The projects that are kept here have the shape that the schemas demand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from regelwerk.project.reading import read_tree
from schemas.documents import ROOT, verdict

PROJECTS = [ROOT / "process", ROOT / "tests" / "examples" / "contract" / "process"]


def _documents(folder: Path) -> Iterator[tuple[str, str, Any]]:
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if "evidence" in place.parts or "issued" in place.parts:
            continue
        if path.suffix in (".yaml", ".json"):
            name = "record" if "records" in place.parts else path.stem
            yield place.as_posix(), name, read_tree(path).data
        elif path.suffix == ".jsonl":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{place.as_posix()}:{number}", "record", json.loads(line)


@pytest.mark.parametrize("folder", PROJECTS, ids=["own", "contract"])
def test_every_file_of_the_project_is_accepted(folder: Path) -> None:
    kinds = set()
    for place, name, data in _documents(folder):
        kinds.add(name)
        assert verdict(name, data) == set(), place
    assert kinds >= {"organization", "people", "register", "process", "approvals", "record"}
