"""Text made fit for a picture: cleaned for XML, measured and wrapped to a width."""

import math
import re
import unicodedata

from regelwerk.artifacts.picture.font import text_width

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECES = re.compile(r"[^\s]*?[-/–—](?=\w)|[^\s]+")


def clean(text: str) -> str:
    """Make a text one line that XML 1.0 (section 2.2) can hold; what it cannot hold becomes U+FFFD.

    White space of any kind and length becomes one space.
    """
    return " ".join(_FORBIDDEN.sub("\ufffd", text).split())


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines no wider than `width`, about equally long.

    The lines joined are the cleaned text: a line that ends where a space was keeps that space,
    a word that is too long is broken without a sign.
    """
    pieces = _pieces(clean(text), width, size, bold=bold)
    lines = _fill(pieces, width, size, bold=bold)
    if len(lines) < 2:
        return lines
    low, high = 0.0, width
    while high - low > 1:
        middle = (low + high) / 2
        trial = _fill(pieces, middle, size, bold=bold)
        if len(trial) > len(lines) or widest(trial, size, bold=bold) > middle:
            low = middle
        else:
            high, lines = middle, trial
    return lines


def widest(lines: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """Tell the width of the widest line."""
    return max((text_width(line.rstrip(), size, bold=bold) for line in lines), default=0.0)


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Tell the width of the widest piece that wrapping would rather not break."""
    return max((text_width(p.rstrip(), size, bold=bold) for p in _words(clean(text))), default=0.0)


def _words(text: str) -> list[str]:
    """Cut a text where a line may end; the space after a word stays with it."""
    words: list[str] = []
    for word in re.findall(r"\S+ ?", text):
        body, space = word.rstrip(" "), word[len(word.rstrip(" ")) :]
        parts = [part for piece in _PIECES.findall(body) for part in _ideographs(piece)]
        parts[-1] += space
        words += parts
    return words


def _ideographs(piece: str) -> list[str]:
    """Cut after each wide (Chinese, Japanese, Korean) character, as those scripts allow."""
    parts = [""]
    for character in piece:
        wide = unicodedata.east_asian_width(character) in "WF"
        if parts[-1] and (wide or unicodedata.east_asian_width(parts[-1][-1]) in "WF"):
            parts.append("")
        parts[-1] += character
    return parts


def _pieces(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces: list[str] = []
    for word in _words(text):
        parts = math.ceil(text_width(word.rstrip(), size, bold=bold) / width)
        while parts > 1 and len(word.rstrip()) > 1:
            share = text_width(word.rstrip(), size, bold=bold) / parts + size / 2
            cut = _cut(word, min(share, width), size, bold=bold)
            pieces.append(word[:cut])
            word = word[cut:]
            parts = math.ceil(text_width(word.rstrip(), size, bold=bold) / width)
        pieces.append(word)
    return pieces


def _cut(word: str, width: float, size: float, *, bold: bool) -> int:
    """Find how many characters of a word that is too long fit; at least one, no mark cut off."""
    cut, used = 0, 0.0
    for character in word:
        used += text_width(character, size, bold=bold)
        if used > width and cut:
            break
        cut += 1
    while 1 < cut < len(word) and unicodedata.combining(word[cut]):
        cut -= 1
    return cut


def _fill(pieces: list[str], width: float, size: float, *, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    for piece in pieces:
        if lines and text_width((lines[-1] + piece).rstrip(), size, bold=bold) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return tuple(lines)
