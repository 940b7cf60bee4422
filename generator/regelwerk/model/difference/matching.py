"""Which thing of the old definition is which of the new one, and what has moved among them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_ALIKE = 0.5
# Of more pairs than these nobody would see the likeness; all of them would take too long.
_MOST = 250_000
_WORD = re.compile(r"\w+")


def paired(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], str],
    words: Callable[[T], str] | None = None,
) -> list[tuple[T | None, T | None]]:
    """Pairs in the order of the new list; what is gone stands after what it stood behind.

    Matched by key (equal keys in their order); with `words`, what is left over also by likeness of
    the words, the most alike first.
    """
    partner = _by_key(old, new, key)
    if words is not None:
        _by_likeness(old, new, words, partner)
    return merged(old, new, partner)


def _by_key(old: Sequence[T], new: Sequence[T], key: Callable[[T], str]) -> dict[int, int]:
    places = {name: index for index, name in enumerate(_numbered(old, key))}
    names = enumerate(_numbered(new, key))
    return {index: places[name] for index, name in names if name in places}


def _numbered(things: Sequence[T], key: Callable[[T], str]) -> Iterable[tuple[str, int]]:
    seen: Counter[str] = Counter()
    for thing in things:
        name = key(thing)
        yield name, seen[name]
        seen[name] += 1


def _by_likeness(
    old: Sequence[T], new: Sequence[T], words: Callable[[T], str], partner: dict[int, int]
) -> None:
    taken = set(partner.values())
    free_old = {i: _bag(words(thing)) for i, thing in enumerate(old) if i not in taken}
    free_new = {i: _bag(words(thing)) for i, thing in enumerate(new) if i not in partner}
    if len(free_old) * len(free_new) > _MOST:
        return
    alike = [
        (-share, after, before)
        for after, one in free_new.items()
        for before, other in free_old.items()
        if (share := _share(one, other)) >= _ALIKE
    ]
    for _, after, before in sorted(alike):
        if after not in partner and before not in taken:
            partner[after] = before
            taken.add(before)


def _bag(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def merged(
    old: Sequence[T], new: Sequence[T], partner: dict[int, int]
) -> list[tuple[T | None, T | None]]:
    """Pairs in the order of `paired`; `partner` maps places in the new list to such in the old."""
    following: dict[int, list[tuple[T | None, T | None]]] = {}
    taken = set(partner.values())
    last = -1
    for index, thing in enumerate(old):
        if index in taken:
            last = index
        else:
            following.setdefault(last, []).append((thing, None))
    merged = following.get(-1, [])
    for index, thing in enumerate(new):
        before = partner.get(index)
        merged.append((old[before] if before is not None else None, thing))
        merged += following.get(before, []) if before is not None else []
    return merged


def displaced(old: Sequence[K], new: Sequence[K]) -> frozenset[K]:
    """Which of the things in both lists stand elsewhere: as few as possible account for the order.

    All but a longest increasing subsequence (Fredman 1975), so that moving one thing is one move.
    """
    place = {name: index for index, name in enumerate(old)}
    order = [name for name in new if name in place]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, name in enumerate(order):
        length = bisect_left(tails, place[name])
        before.append(ends[length - 1] if length else None)
        if length == len(tails):
            tails.append(place[name])
            ends.append(index)
        else:
            tails[length] = place[name]
            ends[length] = index
    kept = set()
    step = ends[-1] if ends else None
    while step is not None:
        kept.add(order[step])
        step = before[step]
    return frozenset(order) - kept
