"""What came into force when, and what was withdrawn, latest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from regelwerk.artifacts.handbook.changes import sentences_of
from regelwerk.artifacts.handbook.links import link
from regelwerk.artifacts.handbook.shelf import Edition, Shelf
from regelwerk.artifacts.view.markdown import plain
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.version import Status

FEED = "feed.xml"
_MOST = 50
_MOST_SENTENCES = 8


class News(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened: on that day the version came into force, or was `withdrawn`.

    `why` is what the version says of itself, `sentences` what it changed; `more` are left out.
    """

    on: date
    edition: Edition
    withdrawn: bool
    headline: str
    why: str
    sentences: tuple[str, ...]
    more: int

    @property
    def key(self) -> str:
        """A name that stays the same in every build: process, version and what happened."""
        what = "withdrawn" if self.withdrawn else "in-force"
        return f"{self.edition.id}/{self.edition.process.version}/{what}"


def news_of(shelf: Shelf) -> list[News]:
    """The latest of everything that has happened by the day of the build."""
    events = [
        (on, edition, withdrawn)
        for edition in shelf.every_released()
        for on, withdrawn in _events(edition)
    ]
    events.sort(key=lambda event: (-event[0].toordinal(), event[1].sort_key))
    return [_news(*event) for event in events[:_MOST]]


def news_page(
    news: Iterable[News], shelf: Shelf, words: dict[str, str], here: str
) -> dict[str, Any]:
    """`days`, each with its `title` and `items` (`link`, `why`, `sentences`, `more`); `feed`."""
    translations = shelf.project.translations if shelf.project is not None else {}
    say = speech(shelf.language, translations)
    days: dict[date, list[dict[str, Any]]] = {}
    for item in news:
        days.setdefault(item.on, []).append(
            {
                "link": item.edition.link_as(item.headline, here),
                "why": item.why,
                "sentences": list(item.sentences),
                "more": words["more_changes"].format(count=item.more) if item.more else "",
            }
        )
    return {
        "words": words,
        "title": words["news"],
        "days": [{"title": say.day(on), "items": items} for on, items in days.items()],
        "feed": link(words["feed"], FEED, here) if days else "",
    }


def _events(edition: Edition) -> Iterator[tuple[date, bool]]:
    """Withdrawing a version is news only where no other one took its place on that day."""
    verdict = edition.context.verdict
    if verdict.effective_from is not None:
        yield verdict.effective_from, False
    if verdict.status is Status.WITHDRAWN and verdict.effective_until is not None:
        gone = verdict.effective_until + timedelta(days=1)
        if all(other.verdict.effective_from != gone for other in edition.context.versions):
            yield gone, True


def _news(on: date, edition: Edition, withdrawn: bool) -> News:
    process, words = edition.process, edition.words
    sentences = [] if withdrawn else sentences_of(edition)
    key = "news_withdrawn" if withdrawn else "news_in_force"
    return News(
        on=on,
        edition=edition,
        withdrawn=withdrawn,
        headline=words[key].format(process=process.title, version=process.version),
        why=words["do_not_work_by_it"] if withdrawn else plain(process.change or ""),
        sentences=tuple(sentences[:_MOST_SENTENCES]),
        more=max(0, len(sentences) - _MOST_SENTENCES),
    )
