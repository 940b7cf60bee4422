"""Every page of the handbook before it is rendered: its template and the values for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from regelwerk.artifacts.handbook.downloads import Download, downloads_of
from regelwerk.artifacts.handbook.overview_page import overview_page
from regelwerk.artifacts.handbook.process_page import process_page
from regelwerk.artifacts.handbook.register_pages import clauses_page, documents_page, glossary_page
from regelwerk.artifacts.handbook.role_pages import role_page, role_page_paths, roles_page
from regelwerk.artifacts.handbook.shelf import shelve
from regelwerk.model.context import BuildContext


class Sheet(msgspec.Struct, frozen=True):
    """A page to be made: where it goes, `templates/handbook/<template>`, and its values."""

    path: str
    template: str
    values: Mapping[str, Any]
    draft: bool = False
    downloads: tuple[Download, ...] = ()


def sheets_of(contexts: Mapping[str, BuildContext], files: Mapping[str, bytes]) -> Iterator[Sheet]:
    """Processes, then roles, then the pages about all of them; arguments as of the handbook."""
    shelf = shelve(contexts)
    roles = role_page_paths(shelf)
    words = shelf.words

    for edition in shelf:
        downloads = tuple(downloads_of(edition, files))
        values = process_page(edition, shelf, roles, downloads)
        yield Sheet(edition.page, "process.md.j2", values, edition.draft, downloads)
    for role, path in roles.items():
        yield Sheet(path, "role.md.j2", role_page(role, shelf, roles, words))
    for name, path, values in (
        ("index", "index.md", overview_page(shelf, words, "index.md")),
        ("processes", "processes/index.md", overview_page(shelf, words, "processes/index.md")),
        ("roles", "roles/index.md", roles_page(shelf, roles, words, "roles/index.md")),
        ("documents", "documents.md", documents_page(shelf, words, "documents.md")),
        ("glossary", "glossary.md", glossary_page(shelf, words, "glossary.md")),
        ("clauses", "clauses.md", clauses_page(shelf, words, "clauses.md")),
    ):
        title = words["handbook"] if name == "index" else values["title"]
        yield Sheet(path, f"{name}.md.j2", {**values, "title": title})
