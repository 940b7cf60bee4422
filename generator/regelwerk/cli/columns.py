"""Text in columns of a terminal: how wide it is there, and broken where it fits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})


def width_of(text: str) -> int:
    """How many columns the text takes: none for accents, two for wide characters (UAX 11)."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def broken(text: str, width: int, indent: str = "") -> list[str]:
    """The text in lines of at most that width; from the second on, `indent` stands before."""
    lines, line = [], ""
    for word in text.split():
        for part in _parts(word, width - width_of(indent)):
            joined = f"{line} {part}" if line.strip() else line + part
            if width_of(joined) <= width:
                line = joined
            else:
                lines.append(line)
                line = indent + part
    return [*lines, line] if line.strip() or not lines else lines


def _parts(word: str, width: int) -> Iterator[str]:
    part = ""
    for character in word:
        if part and width_of(part) + _width(character) > max(width, 2):
            yield part
            part = ""
        part += character
    yield part


def side_by_side(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Cells of several lines beside each other, two spaces between them."""
    height = max(map(len, cells), default=0)
    return [
        "  ".join(
            padded(cell[place] if place < len(cell) else "", width)
            for cell, width in zip(cells, widths, strict=True)
        ).rstrip()
        for place in range(height)
    ]


def padded(text: str, width: int) -> str:
    """The text filled up with spaces to that width."""
    return text + " " * (width - width_of(text))
