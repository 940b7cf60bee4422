"""Did you mean …? The nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

_MOST_KNOWN = 500  # comparing with more takes longer than the hint is worth


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint such as "did you mean `responsible`?", empty where nothing is near."""
    words = list(islice(known, _MOST_KNOWN + 1))
    if len(words) > _MOST_KNOWN:
        return ""
    same = [one for one in words if one.casefold() == word.casefold()]
    match = same or get_close_matches(word, words, n=1, cutoff=0.6)
    return f"did you mean `{match[0]}`?" if match else ""
