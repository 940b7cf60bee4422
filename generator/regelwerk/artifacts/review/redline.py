"""What differs between the texts of two versions, word by word, within their chapters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from regelwerk.artifacts.comparison.word_diff import Piece, word_diff
from regelwerk.artifacts.review.chapters import Chapter, Entry

Kind = Literal["changed", "added", "removed"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One text with what went and what came in it."""

    label: str
    pieces: tuple[Piece, ...]


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A chapter in which something differs; its lines are all it says, changed or not."""

    kind: Kind
    title: tuple[Piece, ...]
    lines: tuple[Line, ...]
    number: str = ""


def redline(
    old: Sequence[Chapter], new: Sequence[Chapter], was: Mapping[str, str]
) -> tuple[Passage, ...]:
    """The chapters in which the texts differ, in the new order; `was` maps new keys to old ones.

    A chapter that only stands elsewhere says the same and is not among them.
    """
    return tuple(
        passage
        for before, after in _pairs(old, new, was)
        if (passage := _passage(before, after)) is not None
    )


def _passage(before: Chapter | None, after: Chapter | None) -> Passage | None:
    lines = tuple(
        Line(label=(one or other or _NOTHING).label, pieces=_pieces(other, one))
        for other, one in _pairs(
            before.entries if before else (), after.entries if after else (), {}
        )
    )
    title = _changed(before.title if before else "", after.title if after else "")
    if all(
        piece.kind == "kept"
        for pieces in (title, *(one.pieces for one in lines))
        for piece in pieces
    ):
        return None
    kind: Kind = "added" if before is None else "removed" if after is None else "changed"
    shown = after or before
    return Passage(kind=kind, title=title, lines=lines, number=shown.number if shown else "")


_NOTHING = Entry(key="", label="", text="")


def _pieces(before: Entry | None, after: Entry | None) -> tuple[Piece, ...]:
    return _changed(before.text if before else "", after.text if after else "")


def _changed(old: str, new: str) -> tuple[Piece, ...]:
    if old == new:
        return (Piece("kept", new),)
    return tuple(piece for piece in word_diff(old, new) if piece.text)


_Keyed = TypeVar("_Keyed", Chapter, Entry)


def _pairs(
    old: Sequence[_Keyed], new: Sequence[_Keyed], was: Mapping[str, str]
) -> Iterator[tuple[_Keyed | None, _Keyed | None]]:
    """Old and new of each thing in the new order; what is gone stands where it stood."""
    by_key = {thing.key: thing for thing in old}
    matched = {was.get(thing.key, thing.key) for thing in new} & by_key.keys()
    gone_after: dict[str, list[_Keyed]] = {}
    last = ""
    for thing in old:
        if thing.key in matched:
            last = thing.key
        else:
            gone_after.setdefault(last, []).append(thing)
    yield from ((thing, None) for thing in gone_after.get("", ()))
    for after in new:
        key = was.get(after.key, after.key)
        yield by_key.get(key), after
        if key in matched:
            yield from ((thing, None) for thing in gone_after.pop(key, ()))
