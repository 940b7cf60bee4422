from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from operations.site_server import DAY, environment, serving, wait_for
from regelwerk.operations.init import init
from regelwerk.operations.pages import render_pages

DEFINITION = Path("process/complaints/process.yaml")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The starter project, without what takes time and shows nothing of the site."""
    init(tmp_path)
    return tmp_path


def edit(project: Path, before: str, after: str) -> None:
    path = project / DEFINITION
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def title_of(project: Path) -> str:
    match = re.search(r"^title: (.*)$", (project / DEFINITION).read_text("utf-8"), re.MULTILINE)
    assert match is not None
    return match[1]


def test_a_broken_definition_keeps_the_last_pages_and_says_where(project: Path) -> None:
    good = render_pages(project, DAY)
    assert good.troubles == ()
    page = good.folder / "drafts" / "complaints.md"
    before = page.read_bytes()
    edit(project, "\nowner:", "\nowned:")
    broken = render_pages(project, DAY)
    assert len(broken.troubles) >= 1
    assert broken.troubles[0].startswith("process/complaints/process.yaml:")
    assert "`owned`" in broken.troubles[0]
    assert page.read_bytes() == before
    edit(project, "\nowned:", "\nowner:")
    assert render_pages(project, DAY).troubles == ()


def test_a_broken_template_keeps_the_last_pages_and_is_named(project: Path) -> None:
    page = render_pages(project, DAY).folder / "glossary.md"
    before = page.read_bytes()
    (project / "templates/handbook").mkdir(parents=True)
    (project / "templates/handbook/glossary.md.j2").write_text("{{ nothing }}", "utf-8")
    (trouble,) = render_pages(project, DAY).troubles
    assert "templates/handbook/glossary.md.j2:1" in trouble
    assert page.read_bytes() == before


def test_a_build_fails_on_a_broken_definition(project: Path, repository: Path) -> None:
    shutil.copy(repository / "templates/handbook/mkdocs.yml", project)
    edit(project, "\nowner:", "\nowned:")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    run = subprocess.run(
        command, cwd=project, env=environment(), capture_output=True, text=True, timeout=120
    )
    assert run.returncode != 0
    assert "process/complaints/process.yaml:" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.fixture
def served(project: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    with serving(project) as server:
        yield server


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 an address of ours
        return str(answer.read().decode())


def test_one_edit_is_one_rebuild_and_a_broken_one_keeps_the_page_with_a_banner(
    project: Path, served: tuple[str, Callable[[], str]]
) -> None:
    address, log = served
    page = f"{address}/drafts/complaints.html"
    title = title_of(project)

    def rebuilds() -> int:
        return log().count("Reloading browsers")

    assert title in fetch(page)
    edit(project, f"title: {title}", "title: Quite another title")
    wait_for(lambda: rebuilds() == 1, "the rebuild")
    assert "Quite another title" in fetch(page)
    edit(project, "\nowner:", "\nowned:")
    wait_for(lambda: rebuilds() == 2, "the second rebuild")
    broken = fetch(page)
    assert "Quite another title" in broken
    assert "process/complaints/process.yaml:" in broken
    assert "unknown key `owned`" in broken
    edit(project, "\nowned:", "\nowner:")
    wait_for(lambda: rebuilds() == 3, "the third rebuild")
    assert "Not up to date" not in fetch(page)
    time.sleep(1.5)
    assert rebuilds() == 3, "nothing has changed since"
