"""The versions that the handbook shows, and the pages on which they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from regelwerk.artifacts.comparison import as_it_was
from regelwerk.artifacts.handbook.escape import literal
from regelwerk.artifacts.handbook.links import link, page_name
from regelwerk.artifacts.handbook.words import handbook_words
from regelwerk.artifacts.view.process import process_view
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.context import BuildContext
from regelwerk.model.process import Process
from regelwerk.model.project import Project
from regelwerk.model.translations import ENGLISH
from regelwerk.model.version import Status


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a process: where it was built (`sales/1.3`), its page and its view.

    `label` is the title as text in links. `calls` are the ids of the processes that it calls.
    """

    folder: str
    page: str
    context: BuildContext
    view: Mapping[str, Any]
    words: Mapping[str, str]
    label: Markup
    calls: frozenset[str]

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
    def old(self) -> bool:
        """Whether it was in force once and nobody may work by it any more."""
        return _is_old(self.context)

    @property
    def sort_key(self) -> tuple[str, str]:
        """By title."""
        return self.process.title.casefold(), self.id

    def link(self, here: str, anchor: str = "") -> Markup:
        """A link to the page, or to a place on it."""
        return self.link_as(self.label, here, anchor)

    def link_as(self, label: object, here: str, anchor: str = "") -> Markup:
        """A link to the page under another text."""
        return link(label, f"{self.page}#{anchor}" if anchor else self.page, here)


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """All editions by process id: those in force, the drafts, and older ones, latest first.

    `in_order` are the editions in force, then the drafts, each by title.
    """

    released: Mapping[str, Edition]
    drafts: Mapping[str, Edition]
    older: Mapping[str, tuple[Edition, ...]]
    in_order: tuple[Edition, ...]

    def __iter__(self) -> Iterator[Edition]:
        """The editions in force, then the drafts, each by title; no older ones."""
        return iter(self.in_order)

    def every_released(self) -> Iterator[Edition]:
        """Every edition that is or was in force."""
        yield from self.released.values()
        for editions in self.older.values():
            yield from editions

    def version(self, process: str, version: str) -> Edition | None:
        """The edition of a version that is or was in force, if it is kept here."""
        kept = (self.released.get(process), *self.older.get(process, ()))
        return next((one for one in kept if one and one.process.version == version), None)

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
    """Put every context where it belongs, and beside it the older versions kept of its process."""
    released: dict[str, Edition] = {}
    drafts: dict[str, Edition] = {}
    for folder, context in sorted(contexts.items()):
        id_ = context.definition.process.id
        place, name = (drafts, "drafts") if context.working else (released, "processes")
        place[id_] = _edition(folder, f"{name}/{page_name(id_)}", context)
    any_of = {**drafts, **released}
    older = {id_: tuple(_older(edition.context, id_)) for id_, edition in any_of.items()}
    in_order = [
        edition
        for editions in (released, drafts)
        for edition in sorted(editions.values(), key=lambda e: e.sort_key)
    ]
    return Shelf(released=released, drafts=drafts, older=older, in_order=tuple(in_order))


def _older(context: BuildContext, id_: str) -> Iterator[Edition]:
    for entry in context.versions:
        if entry.verdict.released and entry.verdict.status is not Status.EFFECTIVE:
            own = as_it_was(context, entry)
            if own is not None:
                folder = f"{id_}/{entry.version}"
                yield _edition(folder, f"versions/{folder}.md", own)


def _edition(folder: str, page: str, context: BuildContext) -> Edition:
    view, names = process_view(context), context.names
    words = {**view["words"], **handbook_words(names.language, names.translations)}
    steps = context.definition.process.all_steps()
    return Edition(
        folder=folder,
        page=page,
        context=context,
        view=view,
        words=words,
        label=_label(context, view, words),
        calls=frozenset(step.calls.process for step in steps if step.calls is not None),
    )


def _label(context: BuildContext, view: Mapping[str, Any], words: Mapping[str, str]) -> Markup:
    """The title; a draft's never without the word, nor that of what is superseded."""
    process = context.definition.process
    title = literal(process.title)
    if not (context.working or _is_old(context)):
        return title
    mark = words["draft"] if context.working else view["status"]["stamp"]
    return Markup("{} ({} {})").format(title, literal(mark), literal(process.version))


def _is_old(context: BuildContext) -> bool:
    status = context.verdict.status
    return not context.working and status in (Status.SUPERSEDED, Status.WITHDRAWN)
