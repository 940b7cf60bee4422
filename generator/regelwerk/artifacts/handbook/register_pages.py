"""Pages that gather something from all processes: documents and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.handbook.documents import documents_told, named
from regelwerk.artifacts.handbook.links import outside
from regelwerk.artifacts.handbook.overview_page import overview_page
from regelwerk.artifacts.handbook.shelf import Edition, Shelf
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.model.process import Term

View = dict[str, Any]


def documents_page(shelf: Shelf, words: dict[str, str], here: str) -> View:
    """Documented information of the versions in force and of drafts, and the register."""
    released = list(_documents(shelf.released.values(), here))
    known = {row["id"] for row in released}
    return {
        "words": words,
        "title": words["documents_page"],
        "processes": overview_page(shelf, words, here)["rows"],
        "released": released,
        "drafts": [
            row for row in _documents(shelf.drafts.values(), here) if row["id"] not in known
        ],
        "register": list(_register(shelf, words)),
    }


def glossary_page(shelf: Shelf, words: dict[str, str], here: str) -> View:
    """Every term of the organization and of the processes, with where it holds."""
    project = shelf.project
    general = project.organization.terms.values() if project is not None else ()
    rows = [_term(term, words["organization_wide"]) for term in general]
    for edition in shelf:
        released = shelf.released.get(edition.id)
        for term in edition.process.terms.values():
            same = released is not None and released.process.terms.get(term.id) == term
            if not (edition.draft and same):
                rows.append(_term(term, edition.link(here)))
    rows.sort(key=lambda row: row["title"].casefold())
    return {"words": words, "title": words["glossary"], "rows": rows}


def _documents(editions: Iterable[Edition], here: str) -> Iterator[View]:
    """A row for each document id; the same id in two processes is the same document."""
    rows: dict[str, View] = {}
    for edition in sorted(editions, key=lambda e: (e.process.title.casefold(), e.id)):
        views = zip(edition.process.documents, documents_told(edition.view), strict=True)
        for id_, view in views:
            row = rows.setdefault(id_, {**view, "id": id_, "where": []})
            row["where"].append(edition.link(here))
            for key in ("retention", "kind"):
                row[key] = row[key] or view[key]
    yield from sorted(rows.values(), key=lambda row: (row["title"].casefold(), row["id"]))


def _register(shelf: Shelf, words: dict[str, str]) -> Iterator[View]:
    first = next(iter(shelf), None)
    if first is None:
        return
    look = lookup(first.context)
    entries = first.context.project.register.values()
    for entry in sorted(entries, key=lambda e: (e.number or "", e.title)):
        owner = first.context.project.organization.roles.get(entry.owner or "")
        yield {
            "title": named(
                outside(entry.title, entry.url or ""), entry.number, entry.edition, words
            ),
            "kind": look.speech.say(f"register.{entry.kind}"),
            "owner": owner.title if owner is not None else "",
            "retention": look.speech.span(entry.retention),
        }


def _term(term: Term, where: str | Markup) -> View:
    return {"title": term.title, "definition": term.definition, "where": where}
