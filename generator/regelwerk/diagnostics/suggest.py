"""Did you mean …? The nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

_MOST_KNOWN = 500  # comparing with more takes longer than the hint is worth


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint such as "did you mean `responsible`?", empty where nothing is near."""
    words = list(islice(known, _MOST_KNOWN + 1))
    if len(words) > _MOST_KNOWN:
        return ""
    match = _closest(word, tuple(words))
    return f"did you mean `{match}`?" if match else ""


@lru_cache(maxsize=10_000)
def _closest(word: str, words: tuple[str, ...]) -> str:
    same = [one for one in words if one.casefold() == word.casefold()]
    return next(iter(same or get_close_matches(word, words, n=1, cutoff=0.6)), "")
