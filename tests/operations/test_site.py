from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from artifacts.handbook.handbook_worlds import (
    SACRED,
    nasty_contexts,
    pages_of,
    project_contexts,
    spoiled_texts,
)
from operations.site_reading import Page, addresses_in_css, broken_links, files_of, pages_in
from regelwerk.operations.site import docs_folder, run_mkdocs, site_config

pytestmark = pytest.mark.xdist_group("site")


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def handwritten(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own pages of the handbook, without the tool's manual."""
    folder = tmp_path_factory.mktemp("docs")
    for name in ("index.md", "how-to-use.md"):
        shutil.copy(repository / "docs" / name, folder)
    return folder


@pytest.fixture(scope="module")
def generated(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = pages_of(project_contexts(repository), repository)
    return write(tmp_path_factory.mktemp("handbook"), pages)


@pytest.fixture(scope="module")
def site(
    repository: Path, handwritten: Path, generated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert run_mkdocs(site_config(repository), handwritten, generated, folder) == []
    return folder


def test_every_link_anchor_and_download_resolves(site: Path) -> None:
    assert broken_links(site) == []
    links = [link for page in pages_in(site).values() for link in page.links]
    assert any(link.endswith("sales-1.3-document.docx") for link in links)
    assert any(link.endswith("#step-decide") for link in links)


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loads = {load for page in pages_in(site).values() for load in page.loads}
    for sheet in site.rglob("*.css"):
        loads |= set(addresses_in_css(sheet.read_text("utf-8")))
    outside = {load for load in loads if re.match(r"(?:[a-z]+:)?//", load)}
    assert len(loads) > 10
    assert outside == set()


def test_the_search_needs_no_server(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    assert '<script src="assets/iframe-worker.js">' in page
    index = (site / "search" / "search_index.js").read_text("utf-8")
    assert "The sales manager makes an appointment with the customer." in index


def test_the_same_pages_make_the_same_site(
    repository: Path, handwritten: Path, generated: Path, site: Path, tmp_path: Path
) -> None:
    run_mkdocs(site_config(repository), handwritten, generated, tmp_path)
    assert files_of(tmp_path) == files_of(site)


def test_the_navigation_names_every_page(site: Path) -> None:
    start = pages_in(site)["index.html"]
    nav = {link.split("#")[0] for link in start.links}
    assert {"processes/index.html", "roles/index.html", "documents.html"} <= nav
    process = pages_in(site)["processes/sales.html"]
    assert "../drafts/index.html" in process.links or any("../drafts/" in x for x in process.links)
    titles = re.findall(r'md-ellipsis">\s*([^<]+?)\s*<', (site / "roles/legal.html").read_text())
    assert {"Legal", "ARTS Group", "Sales Manager"} <= set(titles)


def test_pages_written_by_hand_go_before_generated_ones(site: Path) -> None:
    assert "What do I have to do?" in pages_in(site)["index.html"].article


def test_plain_mkdocs_makes_the_same_content_of_the_folder(
    handwritten: Path, generated: Path, site: Path, repository: Path, tmp_path: Path
) -> None:
    merged = tmp_path / "docs"
    shutil.copytree(generated, merged)
    shutil.copytree(handwritten, merged, dirs_exist_ok=True)
    own = load_config(str(repository / "mkdocs.yml"))
    config: Any = load_config(
        str(repository / "mkdocs.yml"),
        docs_dir=str(merged),
        site_dir=str(tmp_path / "site"),
        plugins=[name.split("/")[-1] for name in own.plugins if name != "regelwerk"],
        strict=True,
    )
    config.nav = None
    mkdocs_build(config)
    plain = pages_in(tmp_path / "site")
    ours = pages_in(site)
    assert {n: p.article for n, p in plain.items()} == {n: p.article for n, p in ours.items()}
    downloads = {n: c for n, c in files_of(site).items() if n.startswith("downloads/")}
    assert downloads
    assert downloads.items() <= files_of(tmp_path / "site").items()


def test_the_site_is_that_of_plain_markdown_byte_for_byte(
    repository: Path, handwritten: Path, generated: Path, tmp_path: Path
) -> None:
    settings = (repository / "mkdocs.yml").read_text("utf-8")
    own, _, rest = settings.partition("\nnav:\n")
    common = own.replace("docs_dir: docs\n", "") + "\n" + rest.partition("\n\n")[2]
    (tmp_path / "mkdocs.yml").write_text(common, "utf-8")
    assert run_mkdocs(tmp_path / "mkdocs.yml", handwritten, generated, tmp_path / "ours") == []
    merged = tmp_path / "merged"
    shutil.copytree(generated, merged)
    shutil.copytree(handwritten, merged, dirs_exist_ok=True)
    (tmp_path / "mkdocs.yml").write_text(common.replace("  - regelwerk\n", ""), "utf-8")
    assert run_mkdocs(tmp_path / "mkdocs.yml", merged, generated, tmp_path / "plain") == []
    plain = files_of(tmp_path / "plain")
    for name in ("sitemap.xml", "sitemap.xml.gz"):  # without an address they say nothing
        del plain[name]
    ours = files_of(tmp_path / "ours")
    assert ours.keys() == plain.keys()
    assert [name for name, content in ours.items() if content != plain[name]] == []


def test_mkdocs_without_any_settings_builds_the_generated_folder(
    generated: Path, tmp_path: Path
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nvalidation: {anchors: warn}\n", "utf-8")
    config: Any = load_config(
        str(tmp_path / "mkdocs.yml"),
        docs_dir=str(generated),
        site_dir=str(tmp_path / "site"),
        theme="mkdocs",
        plugins=[],
        strict=True,
    )
    mkdocs_build(config)
    page = (tmp_path / "site" / "processes" / "sales" / "index.html").read_text("utf-8")
    assert 'id="step-decide"' in page
    assert 'href="../../downloads/sales/1.3/sales-1.3-document.docx"' in page


def test_a_project_without_settings_gets_the_packaged_ones(
    repository: Path, generated: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    site = tmp_path / "site"
    assert run_mkdocs(site_config(project), docs_folder(project), generated, site) == []
    assert broken_links(site) == []
    assert site_config(repository) != site_config(project)


def test_nasty_texts_arrive_once_in_every_place(repository: Path, tmp_path: Path) -> None:
    contexts = nasty_contexts()
    generated = write(tmp_path / "handbook", pages_of(contexts, repository))
    project = tmp_path / "project"
    site = tmp_path / "site"
    assert run_mkdocs(site_config(project), docs_folder(project), generated, site) == []
    pages = pages_in(site)
    assert broken_links(site) == []
    assert not any("vertrieb" in page.tags for page in pages.values())
    page = pages["processes/sample.html"]
    title = contexts["sample/1.1"].definition.process.title
    assert page.title == f"{title} - Handbook"
    article = _joined(page)
    texts = spoiled_texts(contexts["sample/1.1"])
    assert len(texts) > 15
    assert {text for text in texts if _joined(text) not in article} == set()
    nav = (site / "glossary.html").read_text("utf-8")
    assert "<vertrieb>" not in nav.lower()
    assert SACRED in pages["roles/lead.html"].title


def _joined(text: Page | str) -> str:
    """The text without white space: a cell, a line of the picture and a line break differ in it."""
    return re.sub(r"\s+", "", text.article if isinstance(text, Page) else text)
