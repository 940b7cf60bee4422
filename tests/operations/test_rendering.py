"""Several cores make the same as one, and say the same of what cannot be made."""

from __future__ import annotations

import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

from office.office_support import CONTRACT
from operations.site_reading import files_of
from regelwerk.operations import rendering
from regelwerk.operations.build import build
from regelwerk.operations.build_result import BuildResult
from word_support import REPOSITORY

ONLY = ("document", "checklist", "emails")


def made(root: Path, out: Path, jobs: int) -> BuildResult:
    return build(root, (), ONLY, out, lambda _: date(2026, 1, 1), jobs=jobs)


@pytest.fixture
def method(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the tests ran no threads, so that workers are forked where that is possible."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(rendering, "_FEWEST", {"fork": 1, "spawn": 1})


@pytest.mark.usefixtures("method")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_several_cores_give_the_same_files(tmp_path: Path) -> None:
    one = made(REPOSITORY, tmp_path / "one", 1)
    two = made(REPOSITORY, tmp_path / "two", 2)
    assert one.written == two.written
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


@pytest.mark.usefixtures("method")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_what_cannot_be_made_is_said_with_its_hint(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / CONTRACT, tmp_path / "project")
    template = tmp_path / "project/templates/document/process.docx"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_bytes(b"no Word file")
    results = [made(tmp_path / "project", tmp_path / f"out-{jobs}", jobs) for jobs in (1, 2)]
    failures = [result.failures for result in results]
    assert failures[0] == failures[1]
    assert all("Word" in failure.message and failure.hint for failure in failures[0])
    assert failures[0]


def test_workers_that_start_from_nothing_can_be_told_what_to_do() -> None:
    """Where a process cannot be copied, what the tasks are about is sent to it."""
    import pickle

    from word_support import contexts

    context = contexts(".", "sales")["draft"]
    copied = pickle.loads(pickle.dumps(context))  # noqa: S301  (made here)
    assert copied.definition.process == context.definition.process


def test_there_is_at_least_one_core() -> None:
    assert rendering.cores() >= 1
