"""Changes of single keys, and of lists of things that have keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import msgspec

from regelwerk.model.difference.change import Change, Kind, Place, Position
from regelwerk.model.difference.matching import displaced, paired
from regelwerk.model.difference.weight import weight_of

T = TypeVar("T", bound=msgspec.Struct)
_ABSENT: tuple[object, ...] = (None, "", (), {})


def made(
    kind: Kind, place: Place, field: str = "", old: object = None, new: object = None
) -> Change:
    """A change with its weight."""
    weight = weight_of(kind, place, field, old, new)
    return Change(kind=kind, place=place, weight=weight, field=field, old=old, new=new)


def key_change(place: Place, field: str, old: object, new: object) -> Iterator[Change]:
    """The change of one key, if there is one; an empty value counts as not there."""
    before = None if old in _ABSENT else old
    after = None if new in _ABSENT else new
    if before != after:
        kind: Kind = "added" if before is None else "removed" if after is None else "changed"
        yield made(kind, place, field, before, after)


def key_changes(
    place: Place, old: msgspec.Struct, new: msgspec.Struct, skip: Sequence[str] = ()
) -> Iterator[Change]:
    """The changes of every key of a value, but for `skip` and the value's path in its file."""
    for field in new.__struct_fields__:
        if field not in skip and field != "at":
            yield from key_change(place, field, getattr(old, field), getattr(new, field))


def list_changes(
    place_of: Callable[[str], Place],
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], str],
    *,
    words: Callable[[T], str] | None = None,
    ordered: bool = True,
    skip: Sequence[str] = ("id",),
    more: Callable[[Place, T, T], Iterator[Change]] | None = None,
) -> Iterator[Change]:
    """The changes of a list: items that are new, gone, changed or, where order counts, moved.

    Items are matched by their key, with `words` also by likeness. `skip` are keys that only name,
    or that `more` compares.
    """
    pairs = paired(old, new, key, words)
    partner = {id(before): after for before, after in pairs if before is not None and after}
    moved = _moved(old, new, partner) if ordered else frozenset()
    stood, stands = (_positions(items, key) if moved else {} for items in (old, new))
    for before, after in pairs:
        if before is None:
            if after is not None:
                yield made("added", place_of(key(after)), new=after)
        elif after is None:
            yield made("removed", place_of(key(before)), old=before)
        else:
            place = place_of(key(after))
            if id(after) in moved:
                yield made("moved", place, "", stood[id(before)], stands[id(after)])
            yield from key_changes(place, before, after, skip)
            yield from more(place, before, after) if more is not None else ()


def _moved(old: Sequence[T], new: Sequence[T], partner: dict[int, T]) -> frozenset[int]:
    stayed = [id(partner[id(item)]) for item in old if id(item) in partner]
    return displaced(stayed, [id(item) for item in new])


def _positions(items: Sequence[T], key: Callable[[T], str]) -> dict[int, Position]:
    before = ("", *(key(item) for item in items))
    return {id(item): Position(after=before[index]) for index, item in enumerate(items)}
