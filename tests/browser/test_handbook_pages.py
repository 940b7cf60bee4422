"""The handbook's pages about versions, news and clauses in Chromium, opened from a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from artifacts.handbook.handbook_worlds import CONTRACT, pages_of, project_contexts
from browser.form_pages import MARKS, drive
from regelwerk.artifacts.handbook.surroundings import Surroundings
from regelwerk.model.site import Site
from regelwerk.operations.context import Release
from regelwerk.operations.courses import with_figures
from regelwerk.operations.coverage import coverage_by
from regelwerk.operations.site import docs_folder, run_mkdocs, site_config
from regelwerk.project.load import load

pytestmark = MARKS

PAGES = (
    *("index", "processes/index", "processes/complaints", "versions/complaints/1.9"),
    *("drafts/index", "drafts/complaints", "roles/index", "roles/service", "documents", "glossary"),
    *("news", "clauses"),
)
"""One of every kind; the page to copy an e-mail from and the form have tests of their own."""

LOOKS = [{"width": 1300, "dark": False}, {"width": 360, "dark": True}]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    contexts = project_contexts(CONTRACT)
    loaded = load(CONTRACT)
    releases = with_figures(
        loaded, [Release(folder=folder, context=one) for folder, one in contexts.items()]
    )
    contexts = {one.folder: one.context for one in releases}
    around = Surroundings(
        coverage=coverage_by(loaded, releases),
        min_cases=3,
        site=Site(feedback="quality@example.com"),
    )
    handbook = tmp_path_factory.mktemp("handbook")
    for name, content in pages_of(contexts, CONTRACT, None, around).items():
        (handbook / name).parent.mkdir(parents=True, exist_ok=True)
        (handbook / name).write_bytes(content)
    project, folder = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("site")
    assert run_mkdocs(site_config(project), docs_folder(project), handbook, folder) == []
    return folder


@pytest.fixture(scope="module")
def regarded(site: Path) -> list[dict[str, Any]]:
    addresses = [f"{site.as_uri()}/{page}.html" for page in PAGES]
    found: list[dict[str, Any]] = drive("regard", addresses=addresses, looks=LOOKS)["found"]
    return found


def test_every_kind_of_page_is_looked_at(site: Path) -> None:
    kinds = {
        _kind(path.relative_to(site).as_posix().removesuffix(".html"))
        for path in site.rglob("*.html")
        if path.name != "404.html"
    }
    assert kinds - {"downloads"} == {_kind(page) for page in PAGES}


def _kind(page: str) -> str:
    folder, _, name = page.partition("/")
    return f"{folder}/" if name == "index" else folder


def test_key_figures_are_drawn_on_the_page_that_is_looked_at(site: Path) -> None:
    assert "hb-course" in (site / "processes/complaints.html").read_text("utf-8")


def test_axe_has_nothing_to_say_of_their_content(regarded: list[dict[str, Any]]) -> None:
    seen = [one for one in regarded if "violations" in one]
    assert len(seen) == len(PAGES) * len(LOOKS)
    assert {f"{one['address']} {one['width']}": one["violations"] for one in seen} == {
        f"{one['address']} {one['width']}": [] for one in seen
    }


def test_a_phone_shows_every_table_whole_but_the_matrix_of_roles(
    regarded: list[dict[str, Any]],
) -> None:
    phone = [one for one in regarded if one.get("width") == 360]
    wide = {table.split("\t")[0] for one in phone for table in one["wide"]}
    assert wide <= {"Step"}
    assert {one["width"] - one["screen"] for one in regarded if "violations" in one} == {0}
    assert len(phone) == len(PAGES)


def test_the_console_is_clean_and_nothing_is_asked_of_another_machine(
    regarded: list[dict[str, Any]],
) -> None:
    for one in regarded:
        assert one.get("console", []) == []
        for request in one.get("requests", []):
            assert request.startswith(("file:", "blob:", "data:", "about:")), request


@pytest.mark.parametrize("words", ["Register the complaint", "Complaints are answered"])
def test_a_search_finds_the_version_in_force_and_never_an_older_one(site: Path, words: str) -> None:
    found = drive("search", address=f"{site.as_uri()}/index.html", words=words)["found"]
    assert "/processes/complaints.html" in found[0]
    assert not [link for link in found if "/versions/" in link]


@pytest.mark.parametrize(("width", "picture"), [(1300, "hb-wide"), (360, "hb-narrow")])
def test_the_keyboard_alone_leads_from_a_step_in_the_picture_to_its_text(
    site: Path, width: int, picture: str
) -> None:
    address = f"{site.as_uri()}/processes/complaints.html"
    found = drive("follow", address=address, width=width, picture=picture, href="#step-decide")
    assert found["marked"], "whoever tabs through the picture sees where they are"
    assert found["hash"] == "#step-decide"
    assert found["heading"].startswith("5 Decide on the complaint")
    assert found["seen"], "the step's heading is on the screen"
