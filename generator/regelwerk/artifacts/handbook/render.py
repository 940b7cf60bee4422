"""All pages, downloads and assets of the handbook; the entry point of this folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regelwerk.artifacts.handbook.feed import feed
from regelwerk.artifacts.handbook.news import FEED, news_of
from regelwerk.artifacts.handbook.pages import page
from regelwerk.artifacts.handbook.picture import Draw, draw_twice
from regelwerk.artifacts.handbook.sheets import sheets_of
from regelwerk.artifacts.handbook.shelf import shelve
from regelwerk.artifacts.handbook.surroundings import NOTHING_ELSE, Surroundings
from regelwerk.artifacts.handbook.templates import AREA, PageTemplates
from regelwerk.model.context import Artifact, BuildContext, TemplateSource

ASSETS = "assets/"


def render_handbook(
    contexts: Mapping[str, BuildContext],
    files: Mapping[str, bytes],
    templates: TemplateSource,
    surroundings: Surroundings = NOTHING_ELSE,
    draw: Draw = draw_twice,
) -> Iterator[Artifact]:
    """The handbook of all `contexts` (by folder such as `sales/1.3`), as a folder for MkDocs.

    Older versions that the contexts know of have pages too. `files` are built artifacts by path
    such as `sales/1.3/document.docx`, offered as downloads. `draw` makes the pictures of charts. A
    broken template is a RenderError.
    """
    make = PageTemplates(templates)
    shelf = shelve(contexts)
    news = news_of(shelf)
    for sheet in sheets_of(shelf, files, news, surroundings, draw):
        body = make.render(sheet.template, sheet.values)
        yield page(sheet.path, sheet.values["title"], body, found=sheet.found)
        for download in sheet.downloads:
            yield Artifact(download.path, download.content)
    if shelf.project is not None:
        organization = shelf.project.organization
        yield Artifact(FEED, feed(news, organization, shelf.words["news"], surroundings))
    yield from _assets(templates)


def _assets(templates: TemplateSource) -> Iterator[Artifact]:
    """Style sheet and scripts, the project's before the packaged ones."""
    for name in templates.names(AREA):
        if name.startswith(ASSETS):
            found = templates.read(AREA, name)
            if found is not None:
                yield Artifact(name, found.content)
