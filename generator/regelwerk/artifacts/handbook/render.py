"""All pages, downloads and assets of the handbook; the entry point of this folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regelwerk.artifacts.handbook.downloads import downloads_of
from regelwerk.artifacts.handbook.overview_page import overview_page
from regelwerk.artifacts.handbook.pages import page
from regelwerk.artifacts.handbook.process_page import process_page
from regelwerk.artifacts.handbook.register_pages import clauses_page, documents_page, glossary_page
from regelwerk.artifacts.handbook.role_pages import role_page, role_page_paths, roles_page
from regelwerk.artifacts.handbook.shelf import shelve
from regelwerk.artifacts.handbook.templates import AREA, PageTemplates
from regelwerk.artifacts.handbook.words import handbook_words
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.context import Artifact, BuildContext, TemplateSource

ASSETS = "assets/"


def render_handbook(
    contexts: Mapping[str, BuildContext],
    files: Mapping[str, bytes],
    templates: TemplateSource,
) -> Iterator[Artifact]:
    """The handbook of all `contexts` (by folder such as `sales/1.3`), as a folder for MkDocs.

    `files` are built artifacts by path such as `sales/1.3/document.docx`, offered as downloads.
    A broken template is a RenderError.
    """
    shelf = shelve(contexts)
    roles = role_page_paths(shelf)
    words = {**speech(shelf.language).labels, **handbook_words(shelf.language)}
    make = PageTemplates(templates)

    for edition in shelf:
        downloads = list(downloads_of(edition, files))
        values = process_page(edition, shelf, roles, downloads)
        body = make.render("process.md.j2", values)
        yield page(edition.page, values["title"], body, draft=edition.draft)
        for download in downloads:
            yield Artifact(download.path, download.content)
    for role, path in roles.items():
        values = role_page(role, shelf, roles, words)
        yield page(path, values["title"], make.render("role.md.j2", values))
    for name, path, values in (
        ("index", "index.md", overview_page(shelf, words, "index.md")),
        ("processes", "processes/index.md", overview_page(shelf, words, "processes/index.md")),
        ("roles", "roles/index.md", roles_page(shelf, roles, words, "roles/index.md")),
        ("documents", "documents.md", documents_page(shelf, words, "documents.md")),
        ("glossary", "glossary.md", glossary_page(shelf, words, "glossary.md")),
        ("clauses", "clauses.md", clauses_page(shelf, words, "clauses.md")),
    ):
        title = words["handbook"] if name == "index" else values["title"]
        yield page(path, title, make.render(f"{name}.md.j2", {**values, "title": title}))
    yield from _assets(templates)


def _assets(templates: TemplateSource) -> Iterator[Artifact]:
    """Style sheet and scripts, the project's before the packaged ones."""
    for name in templates.names(AREA):
        if name.startswith(ASSETS):
            found = templates.read(AREA, name)
            if found is not None:
                yield Artifact(name, found.content)
