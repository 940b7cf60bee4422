"""The start page, the map of all processes (management, core and support), and the drafts."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal
from regelwerk.artifacts.handbook.handovers import handovers
from regelwerk.artifacts.handbook.shelf import Edition, Shelf
from regelwerk.artifacts.handbook.tables import nowrap

View = dict[str, Any]

_BANDS = ("management", "core", "support", "other")


def overview_page(shelf: Shelf, words: dict[str, str], here: str) -> View:
    """`bands` (title and cards) and `handovers` for the map, `rows` for the table of versions."""
    ids = list(dict.fromkeys(edition.id for edition in shelf))
    bands: dict[str, list[View]] = {band: [] for band in _BANDS}
    for id_ in ids:
        bands[_band(shelf, id_)].append(_card(shelf, id_, here))
    return {
        "words": words,
        "title": words["processes"],
        "bands": [
            {"title": words[f"map_{band}"], "cards": cards}
            for band, cards in bands.items()
            if cards
        ],
        "rows": [_row(shelf, id_, words, here) for id_ in ids],
        "handovers": handovers(shelf, words, here),
    }


def drafts_page(shelf: Shelf, words: dict[str, str], here: str) -> View:
    """A row for each draft, with the version in force that it is to follow."""
    drafts = [edition for edition in shelf if edition.draft]
    return {
        "words": words,
        "title": words["drafts"],
        "rows": [
            {
                **_row(shelf, draft.id, words, here),
                "draft": draft.link(here),
                "owner": draft.view["owner"],
            }
            for draft in drafts
        ],
    }


def _band(shelf: Shelf, id_: str) -> str:
    """The category; a version in force that names none stands where its successor will stand."""
    for editions in (shelf.released, shelf.drafts):
        edition = editions.get(id_)
        if edition is not None and edition.process.category is not None:
            return edition.process.category
    return "other"


def _card(shelf: Shelf, id_: str, here: str) -> View:
    released, draft = shelf.released.get(id_), shelf.drafts.get(id_)
    shown = released or draft
    return {
        "link": shown.link(here) if shown is not None else "",
        "lines": _card_lines(released, draft, here),
    }


def _card_lines(released: Edition | None, draft: Edition | None, here: str) -> list[Markup]:
    lines = []
    if released is not None:
        view, words = released.view, released.words
        lines.append(
            Markup("{} {} · {} {}").format(
                words["version"],
                literal(view["version"]),
                words["effective_from"],
                literal(view["validity"]["effective_from"]),
            )
        )
        lines.append(literal(view["status"]["short"]))
        if draft is not None:
            lines.append(_draft_link(draft, here))
    elif draft is not None:
        lines.append(literal(draft.words["none_in_force"]))
    return lines


def _draft_link(draft: Edition, here: str) -> Markup:
    return draft.link_as(f"{draft.words['draft']} {draft.process.version}", here)


def _row(shelf: Shelf, id_: str, words: dict[str, str], here: str) -> View:
    """Few columns, so that a phone shows the whole table."""
    released, draft = shelf.released.get(id_), shelf.drafts.get(id_)
    shown = released or draft
    view = shown.view if shown is not None else {}
    process = released.link(here) if released is not None else literal(view.get("title", ""))
    return {
        "process": _lines(process, nowrap(view.get("number", ""))),
        "version": _version(released) if released is not None else words["none_in_force"],
        "owner": view.get("owner", ""),
        "draft": _draft_link(draft, here) if draft is not None else "",
    }


def _version(released: Edition) -> list[object]:
    view = released.view
    return _lines(
        view["version"],
        f"{released.words['since']} {view['validity']['effective_from']}",
        view["status"]["short"],
    )


def _lines(*lines: object) -> list[object]:
    return [line for line in lines if line]
