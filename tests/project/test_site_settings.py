from __future__ import annotations

from pathlib import Path

import pytest

from regelwerk.model.site import Site
from regelwerk.project.site_settings import site_settings

HERE = "site_url: https://example.com/handbook/\n"


def settings(tmp_path: Path, text: str) -> Site:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, "utf-8")
    return site_settings(path)


def test_the_address_and_where_readers_say_what_is_wrong(tmp_path: Path) -> None:
    site = settings(tmp_path, HERE + "extra: {feedback: quality@example.com}\n")
    assert (site.address, site.feedback) == ("https://example.com/handbook/", "quality@example.com")


@pytest.mark.parametrize(
    ("text", "folders"),
    [
        ("", True),
        ("use_directory_urls: false", False),
        ("plugins: [search, offline]", False),
        ("plugins:\n  offline:\n", False),
        ("plugins:\n  - offline:\n      enabled: false", True),
        ("plugins:\n  - offline:\n      enabled: !ENV [OFFLINE, false]", True),
        ("plugins: [search]", True),
    ],
)
def test_whether_pages_are_folders(tmp_path: Path, text: str, folders: bool) -> None:
    assert settings(tmp_path, HERE + text).folders is folders


def test_tags_of_other_plugins_run_nothing_and_are_passed_over(tmp_path: Path) -> None:
    text = "x: !!python/name:os.system\ny: !!python/object/apply:os.system [exit]\nz: !relative a\n"
    assert settings(tmp_path, text + HERE).address == "https://example.com/handbook/"


def test_a_setting_from_the_environment_counts_with_its_default(tmp_path: Path) -> None:
    text = 'site_url: !ENV [SITE, "https://example.com/"]'
    assert settings(tmp_path, text).address == "https://example.com/"
    assert settings(tmp_path, "site_url: !ENV SITE").address == ""


@pytest.mark.parametrize(
    "text",
    [
        "[", "- a", "", "a: b: c", "? {a: b}\n: c", "extra: [feedback]", "site_url: javascript:1",
        "plugins: offline", "<<: [a]", "{" * 2000, "site_url: [https://example.com]",
    ],
)  # fmt: skip
def test_what_is_no_setting_is_none(tmp_path: Path, text: str) -> None:
    site = settings(tmp_path, text)
    assert (site.address, site.feedback) == ("", "")


def test_no_file_no_settings(tmp_path: Path) -> None:
    assert site_settings(tmp_path / "mkdocs.yml") == Site()


@pytest.mark.parametrize(
    ("page", "folder", "file"),
    [
        ("index.md", "", "index.html"),
        ("news.md", "news/", "news.html"),
        ("processes/index.md", "processes/", "processes/index.html"),
        ("processes/sales.md", "processes/sales/", "processes/sales.html"),
        ("versions/sales/1.10.md", "versions/sales/1.10/", "versions/sales/1.10.html"),
    ],
)
def test_the_address_of_a_page(page: str, folder: str, file: str) -> None:
    for address in ("https://example.com/h", "https://example.com/h/"):
        assert Site(address=address).address_of(page) == f"https://example.com/h/{folder}"
        site = Site(address=address, folders=False)
        assert site.address_of(page) == f"https://example.com/h/{file}"
