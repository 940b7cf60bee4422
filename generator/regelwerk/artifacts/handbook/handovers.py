"""How processes hand over to one another: documents that go across, and processes that call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal
from regelwerk.artifacts.handbook.shelf import Edition, Shelf
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.model.process import DocumentUse

# A party is a process kept here, by its id, or somebody else, by their name.
Way = tuple[str, str]


def handovers(shelf: Shelf, words: dict[str, str], here: str) -> list[dict[str, Any]]:
    """A row for each pair: `source`, `target` (links) and `what` goes from one to the other.

    The version in force tells it; where none is, the draft.
    """
    ids = list(dict.fromkeys(edition.id for edition in shelf))
    ways: dict[Way, dict[str, None]] = {}
    for id_ in ids:
        edition = shelf.best(id_)
        if edition is not None:
            for way, what in _ways(edition, shelf, words):
                ways.setdefault(way, {})[what] = None
    order = {id_: place for place, id_ in enumerate(ids)}
    return [
        {
            "source": _party(source, shelf, here),
            "what": list(what),
            "target": _party(target, shelf, here),
        }
        for (source, target), what in sorted(
            ways.items(), key=lambda way: [order.get(party, -1) for party in way[0]]
        )
    ]


def _ways(edition: Edition, shelf: Shelf, words: dict[str, str]) -> Iterator[tuple[Way, str]]:
    process = edition.process
    for use in process.inputs:
        if use.party:
            yield (_name(use.party, edition, shelf), edition.id), _title(edition, use)
    for use in process.outputs:
        if use.party:
            yield (edition.id, _name(use.party, edition, shelf)), _title(edition, use)
    for step in process.all_steps():
        if step.calls is not None:
            called = step.calls.process
            yield (edition.id, _name(called, edition, shelf)), words["calls_it"]


def _name(party: str, edition: Edition, shelf: Shelf) -> str:
    """The id of a process that has a page, else the name of the party."""
    return party if shelf.best(party) is not None else lookup(edition.context).party(party)


def _party(name: str, shelf: Shelf, here: str) -> Markup:
    edition = shelf.best(name)
    return edition.link(here) if edition is not None else literal(name)


def _title(edition: Edition, use: DocumentUse) -> str:
    document = edition.process.documents.get(use.document)
    return document.title if document is not None else use.document
