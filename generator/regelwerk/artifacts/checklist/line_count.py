"""How many lines a text needs in a cell, since a workbook says how high its rows are."""

from __future__ import annotations

# Widths in Calibri as shares of its digits', by which columns are measured (ECMA-376-1, 18.3.1.13).
_NARROW, _SLIM, _WIDE, _FULL = 0.5, 0.7, 1.25, 2.0
_CLASSES = {
    **dict.fromkeys("iljI.,:;'|!()[] ", _NARROW),
    **dict.fromkeys('ftr-/\\"', _SLIM),
    **dict.fromkeys("ABCDGHKNOPQRUVXYZÄÖÜ&w%", _WIDE),
    **dict.fromkeys("mMW@…—", 1.7),
}
_LAST_LATIN = 0x2000
_MARGIN = 1.0


def lines_of(text: str, width: float) -> int:
    """The lines of a text that is wrapped at spaces in a column `width` digits wide; at least 1."""
    return sum(_wrapped(line, max(width - _MARGIN, 1.0)) for line in text.split("\n"))


def _wrapped(line: str, width: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        needed = sum(map(_width, word))
        if used and used + _NARROW + needed > width:
            count, used = count + 1, 0.0
        used += needed + (_NARROW if used else 0.0)
        while used > width:  # a word that is longer than a line is cut
            count, used = count + 1, used - width
    return count


def _width(character: str) -> float:
    return _CLASSES.get(character, _FULL if ord(character) > _LAST_LATIN else 1.0)
