"""The versions that the handbook shows, and the pages on which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal
from regelwerk.artifacts.handbook.links import link, page_name
from regelwerk.artifacts.handbook.words import handbook_words
from regelwerk.artifacts.view.process import process_view
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.context import BuildContext
from regelwerk.model.process import Process
from regelwerk.model.project import Project
from regelwerk.model.translations import ENGLISH


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a process: where it was built (`sales/1.3`), its page and its view."""

    folder: str
    page: str
    context: BuildContext
    view: Mapping[str, Any]
    words: Mapping[str, str]

    @property
    def id(self) -> str:
        """The process's id."""
        return self.process.id

    @property
    def process(self) -> Process:
        """The definition."""
        return self.context.definition.process

    @property
    def draft(self) -> bool:
        """Whether this is the working definition, which nobody has approved."""
        return self.context.working

    @property
    def label(self) -> Markup:
        """The title as text in links; a draft never without the word."""
        title = literal(self.process.title)
        if not self.draft:
            return title
        return Markup("{} ({} {})").format(
            title, self.words["draft"], literal(self.process.version)
        )

    def link(self, here: str, anchor: str = "") -> Markup:
        """A link to the page, or to a place on it."""
        return self.link_as(self.label, here, anchor)

    def link_as(self, label: object, here: str, anchor: str = "") -> Markup:
        """A link to the page under another text."""
        return link(label, f"{self.page}#{anchor}" if anchor else self.page, here)


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """All editions by process id: those in force and the drafts."""

    released: Mapping[str, Edition]
    drafts: Mapping[str, Edition]

    def __iter__(self) -> Iterator[Edition]:
        """The editions in force, then the drafts, each by title."""
        for editions in (self.released, self.drafts):
            yield from sorted(editions.values(), key=lambda e: (e.process.title.casefold(), e.id))

    def best(self, process: str) -> Edition | None:
        """The version in force, else the draft, else None."""
        return self.released.get(process) or self.drafts.get(process)

    @property
    def project(self) -> Project | None:
        """The project that all editions belong to; None on an empty shelf."""
        first = next(iter(self), None)
        return first.context.project if first is not None else None

    @property
    def language(self) -> str:
        """The organization's first language."""
        project = self.project
        return project.organization.languages[0] if project is not None else ENGLISH

    @property
    def words(self) -> dict[str, str]:
        """The words of pages about all processes."""
        translations = self.project.translations if self.project is not None else {}
        labels = speech(self.language, translations).labels
        return {**labels, **handbook_words(self.language, translations)}


def shelve(contexts: Mapping[str, BuildContext]) -> Shelf:
    """Put every context where it belongs."""
    released: dict[str, Edition] = {}
    drafts: dict[str, Edition] = {}
    for folder, context in sorted(contexts.items()):
        process = context.definition.process
        place, name = (drafts, "drafts") if context.working else (released, "processes")
        view, names = process_view(context), context.names
        place[process.id] = Edition(
            folder=folder,
            page=f"{name}/{page_name(process.id)}",
            context=context,
            view=view,
            words={**view["words"], **handbook_words(names.language, names.translations)},
        )
    return Shelf(released=released, drafts=drafts)
