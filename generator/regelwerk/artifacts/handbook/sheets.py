"""Every page of the handbook before it is rendered: its template and the values for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from regelwerk.artifacts.handbook.coverage_page import coverage_page
from regelwerk.artifacts.handbook.downloads import Download, downloads_of
from regelwerk.artifacts.handbook.feedback import feedback_link
from regelwerk.artifacts.handbook.news import News, news_page
from regelwerk.artifacts.handbook.overview_page import drafts_page, overview_page
from regelwerk.artifacts.handbook.pages import Found
from regelwerk.artifacts.handbook.picture import Draw, draw_twice
from regelwerk.artifacts.handbook.process_page import process_page
from regelwerk.artifacts.handbook.register_pages import documents_page, glossary_page
from regelwerk.artifacts.handbook.role_pages import role_page, role_page_paths, roles_page
from regelwerk.artifacts.handbook.shelf import Shelf
from regelwerk.artifacts.handbook.surroundings import Surroundings

# Pages that repeat what stands on others, which are what a search is for.
_SAY_IT_AGAIN = ("news", "clauses")


class Sheet(msgspec.Struct, frozen=True):
    """A page to be made: where it goes, `templates/handbook/<template>`, and its values.

    `found` says where a search has it.
    """

    path: str
    template: str
    values: Mapping[str, Any]
    found: Found = "first"
    downloads: tuple[Download, ...] = ()


def sheets_of(
    shelf: Shelf,
    files: Mapping[str, bytes],
    news: Sequence[News],
    surroundings: Surroundings,
    draw: Draw = draw_twice,
) -> Iterator[Sheet]:
    """Every page, each with its `feedback`; the other arguments as of the handbook."""
    words = shelf.words
    for sheet in _sheets(shelf, files, news, surroundings, draw):
        values = sheet.values
        told = feedback_link(
            surroundings.site.feedback,
            title=values.get("name", values["title"]),
            page=sheet.path,
            version=values.get("version", ""),
            words=words,
        )
        yield msgspec.structs.replace(sheet, values={**values, "feedback": told})


def _sheets(
    shelf: Shelf,
    files: Mapping[str, bytes],
    news: Sequence[News],
    surroundings: Surroundings,
    draw: Draw,
) -> Iterator[Sheet]:
    """Processes and their older versions, then roles, then the pages about all of them."""
    roles = role_page_paths(shelf)
    words = shelf.words

    for edition in shelf:
        downloads = tuple(downloads_of(edition, files))
        values = process_page(edition, shelf, roles, downloads, draw)
        found: Found = "last" if edition.draft else "first"
        yield Sheet(edition.page, "process.md.j2", values, found, downloads)
    for editions in shelf.older.values():
        for edition in editions:
            values = process_page(edition, shelf, roles, (), draw)
            yield Sheet(edition.page, "process.md.j2", values, "never")
    if shelf.drafts:
        path = "drafts/index.md"
        yield Sheet(path, "drafts.md.j2", drafts_page(shelf, words, path), "last")
    for role, path in roles.items():
        yield Sheet(path, "role.md.j2", role_page(role, shelf, roles, words))
    for name, path, values in (
        ("index", "index.md", overview_page(shelf, words, "index.md")),
        ("processes", "processes/index.md", overview_page(shelf, words, "processes/index.md")),
        ("roles", "roles/index.md", roles_page(shelf, roles, words, "roles/index.md")),
        ("documents", "documents.md", documents_page(shelf, words, "documents.md")),
        ("glossary", "glossary.md", glossary_page(shelf, words, "glossary.md")),
        ("news", "news.md", news_page(news, shelf, words, "news.md")),
        ("clauses", "clauses.md", coverage_page(shelf, surroundings, words, "clauses.md")),
    ):
        title = words["handbook"] if name == "index" else values["title"]
        found = "last" if name in _SAY_IT_AGAIN else "first"
        yield Sheet(path, f"{name}.md.j2", {**values, "title": title}, found)
