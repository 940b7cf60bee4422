"""Two texts as what stayed, went and came, word by word, with what stayed cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

PieceKind = Literal["kept", "old", "new"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 4_000_000
_ALIKE = 0.5
_AROUND = 4


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text that stayed, went or came."""

    kind: PieceKind
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces in reading order; texts with little in common are one old and one new piece."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST:
        return (Piece("old", old), Piece("new", new))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    stayed = sum(_words(before[a:b]) for code, a, b, _, _ in codes if code == "equal")
    if 2 * stayed < _ALIKE * (_words(before) + _words(after)):
        return (Piece("old", old), Piece("new", new))
    return tuple(_joined(before, after, codes))


def _words(tokens: Sequence[str]) -> int:
    return sum(token[0].isalnum() for token in tokens)


def shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with long stretches that stayed cut to a few words round the changes."""
    last = len(pieces) - 1
    return tuple(
        Piece("kept", _cut(piece.text, first=index == 0, last=index == last))
        if piece.kind == "kept"
        else piece
        for index, piece in enumerate(pieces)
    )


def in_brackets(pieces: Sequence[Piece], replaced: str = "“{old}” → “{new}”") -> str:
    """The pieces as plain text on one line: `by the [manager → management]`, `[+ new]`, `[− old]`.

    Two pieces that are all of a text stand as `replaced` says, in quotation marks.
    """
    return " ".join("".join(_bracketed(pieces, replaced)).split())


def _bracketed(pieces: Sequence[Piece], replaced: str) -> Iterator[str]:
    whole = not any(piece.kind == "kept" for piece in pieces[1:])
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        following = pieces[position + 1] if position + 1 < len(pieces) else None
        position += 1
        if piece.kind == "kept":
            yield piece.text
        elif piece.kind == "old" and following is not None and following.kind == "new":
            position += 1
            old, new = piece.text.strip(), following.text.strip()
            words = replaced.format(old=old, new=new) if whole else f"[{old} → {new}]"
            yield _with_edges(following.text, words)
        else:
            sign = "+" if piece.kind == "new" else "−"
            yield _with_edges(piece.text, f"[{sign} {piece.text.strip()}]")


def _with_edges(text: str, words: str) -> str:
    """Spaces at the ends of a text stand outside of its brackets."""
    before = " " if text[:1].isspace() else ""
    return before + words + (" " if text[-1:].isspace() else "")


def _joined(
    before: Sequence[str], after: Sequence[str], codes: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Piece]:
    """Pieces, where a space or a sign between two changes belongs to them."""
    old: list[str] = []
    new: list[str] = []
    for position, (code, a, b, c, d) in enumerate(codes):
        inside = 0 < position < len(codes) - 1
        if code != "equal":
            old += before[a:b]
            new += after[c:d]
        elif inside and not any(token[0].isalnum() for token in before[a:b]):
            old += before[a:b]
            new += after[c:d]
        else:
            yield from _pieces(old, new)
            old, new = [], []
            yield Piece("kept", "".join(before[a:b]))
    yield from _pieces(old, new)


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    if old:
        yield Piece("old", "".join(old))
    if new:
        yield Piece("new", "".join(new))


def _cut(text: str, *, first: bool, last: bool) -> str:
    words = list(re.finditer(r"\S+", text))
    head = 0 if first else _AROUND
    tail = 0 if last else _AROUND
    if len(words) <= head + tail + 1:
        return text
    start = f"{text[: words[head - 1].end()]} " if head else ""
    end = f" {text[words[-tail].start() :]}" if tail else ""
    return f"{start}…{end}"
