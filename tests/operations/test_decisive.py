"""What one process says of another decides its artifacts; what it does not say, does not."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from regelwerk.operations.build import build

ALONE, CALLED = "alone", "sales-customer-qualification"


@pytest.fixture
def project(repository: Path, tmp_path: Path) -> Path:
    """The sales process, the process that it calls, and one that has to do with neither."""
    root = tmp_path / "project"
    shutil.copytree(repository / "process", root / "process")
    shutil.rmtree(root / "process/sales/records")
    text = (root / f"process/{CALLED}/process.yaml").read_text(encoding="utf-8")
    alone = text.replace(f"id: {CALLED}\n", f"id: {ALONE}\n").replace("P-SAL-02", "P-ALO-01")
    alone = alone.replace(", from: sales}", "}").replace(", to: sales}", "}")
    (root / "process" / ALONE).mkdir()
    (root / "process" / ALONE / "process.yaml").write_text(alone, encoding="utf-8")
    made(root)
    return root


def made(root: Path, *kinds: str) -> set[str]:
    """Build without handbook and site; the folders of what had to be made."""
    result = build(root, (), kinds or ("emails", "webform"), None, lambda _: date(2026, 11, 24))
    assert (result.findings, result.failures) == ((), ())
    return {str(Path(path).parent) for path in result.written}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_changed_makes_nothing(project: Path) -> None:
    assert made(project) == set()


def test_a_title_is_renewed_where_it_is_named_and_nowhere_else(project: Path) -> None:
    path = project / f"process/{CALLED}/process.yaml"
    change(path, "title: ", "title: New ")
    places = made(project)
    assert f"{CALLED}/draft" in places
    assert any(place.startswith("sales/") for place in places)
    assert not any(place.startswith(ALONE) for place in places)


def test_a_stranger_s_title_changes_nothing_else(project: Path) -> None:
    change(project / f"process/{ALONE}/process.yaml", "title: ", "title: New ")
    assert {place.split("/")[0] for place in made(project)} == {ALONE}


def test_an_end_of_the_called_process_is_told_by_its_caller(project: Path) -> None:
    change(
        project / f"process/{CALLED}/process.yaml", "event: The contact", "event: Now the contact"
    )
    assert "sales/draft" in made(project)


def test_a_first_version_of_the_called_process_changes_the_caller_s_form(project: Path) -> None:
    folder = project / f"process/{CALLED}"
    (folder / "versions/0.1").mkdir(parents=True)
    shutil.copy(folder / "process.yaml", folder / "versions/0.1")
    assert "sales/draft" in made(project, "webform")
