"""How processes belong together: who calls whom, and who hands what over to whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regelwerk.artifacts.handbook.shelf import Edition, Shelf
from regelwerk.model.process import DocumentUse


def related_rows(edition: Edition, shelf: Shelf) -> list[dict[str, Any]]:
    """A row for each way in which another process belongs to this one: `how`, `link`, `what`."""
    rows = [*_called(edition, shelf), *_callers(edition, shelf), *_handovers(edition, shelf)]
    return [
        {"how": edition.words[how], "link": other.link(edition.page), "what": what}
        for how, other, what in rows
    ]


def _called(edition: Edition, shelf: Shelf) -> Iterator[tuple[str, Edition, list[str]]]:
    for id_ in dict.fromkeys(_calls(edition)):
        other = shelf.best(id_)
        if other is not None:
            yield "calls_process", other, []


def _callers(edition: Edition, shelf: Shelf) -> Iterator[tuple[str, Edition, list[str]]]:
    for other in shelf:
        replaced = other.draft and other.id in shelf.released
        if edition.id in other.calls and not (replaced and _calls_released(other, shelf)):
            yield "called_by", other, []


def _calls_released(draft: Edition, shelf: Shelf) -> bool:
    """Whether the version in force calls what its draft calls, so that the draft says no more."""
    return draft.calls <= shelf.released[draft.id].calls


def _handovers(edition: Edition, shelf: Shelf) -> Iterator[tuple[str, Edition, list[str]]]:
    process = edition.process
    for how, uses in (("receives", process.inputs), ("hands_over", process.outputs)):
        parties: dict[str, list[str]] = {}
        for use in uses:
            if use.party is not None and use.party != edition.id:
                parties.setdefault(use.party, []).append(_title(edition, use))
        for party, titles in parties.items():
            other = shelf.best(party)
            if other is not None:
                yield how, other, titles


def _calls(edition: Edition) -> list[str]:
    return [step.calls.process for step in edition.process.all_steps() if step.calls is not None]


def _title(edition: Edition, use: DocumentUse) -> str:
    document = edition.process.documents.get(use.document)
    return document.title if document is not None else use.document
