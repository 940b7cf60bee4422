"""How much a change weighs: wording only, or something that people or the tool decide by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from regelwerk.model.difference.change import Change, Kind, Place, Weight

Extent = Literal["none", "editorial", "minor", "major"]

# Texts that people read; no rule of the tool decides anything by them.
_WORDING = frozenset(
    (
        *("action", "decision.question", "definition", "event", "help", "instructions", "label"),
        *("note", "purpose", "scope", "subtitle", "text", "title"),
    )
)
# What speaks of the version itself, not of the work.
_OF_THE_VERSION = frozenset(("approval", "change", "version"))
# What a step changes for the people who do it: who, in which order, and where the flow goes.
_OF_THE_FLOW = frozenset(
    (
        *("calls", "calls.external", "calls.process", "decision", "max_repeats", "next"),
        *("not_same_person_as", "optional", "repeatable", "responsible", "accountable"),
    )
)


def weight_of(
    kind: Kind, place: Place, field: str, old: object = None, new: object = None
) -> Weight:
    """Prose: a text reworded, or something said of the version itself; all else is substance.

    A text that was not there before, or no longer is, is substance: it says more or less. So does a
    list of texts, such as the instructions of a step, that became longer or shorter.
    """
    if place.part == "history" or (place.part == "process" and field in _OF_THE_VERSION):
        return "prose"
    reworded = kind == "changed" and field in _WORDING and _count(old) == _count(new)
    return "prose" if reworded else "substance"


def _count(texts: object) -> int:
    return len(texts) if isinstance(texts, tuple | list) else 1


def extent(changes: Iterable[Change]) -> Extent:
    """How far changes go: what speaks of the version itself counts for nothing.

    `editorial`: wording only. `major`: steps come, go or move, or for a step the roles that do it
    and answer for it, the four eyes or the ways on change; ends; the owner. `minor`: all else.
    """
    found = [change for change in changes if not _of_the_version(change)]
    if not found:
        return "none"
    if all(change.weight == "prose" for change in found):
        return "editorial"
    return "major" if any(map(_is_major, found)) else "minor"


def _of_the_version(change: Change) -> bool:
    place = change.place
    return place.part == "history" or (place.part == "process" and change.field in _OF_THE_VERSION)


def _is_major(change: Change) -> bool:
    if change.weight == "prose":
        return False
    place = change.place
    if place.part == "step":
        if place.detail in ("option", "outcome"):
            return True
        return not place.detail and (
            change.field in _OF_THE_FLOW or (not change.field and change.kind != "renamed")
        )
    return place.part == "end" or (place.part == "process" and change.field == "owner")
