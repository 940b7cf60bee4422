"""The case ids of all records as digests of 64 bits, to find those given twice: kept in a file."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator

from regelwerk.operations.nameless_file import NamelessFile

_AT_ONCE = 16 * 1024
_BUCKETS = 64
_SIZE = 8
_SHARE = 2**64 // _BUCKETS


class CaseIds:
    """Digests in pieces, in the order in which the pieces are added."""

    def __init__(self) -> None:
        self._file = _Numbers()
        self._counts: list[int] = []

    def add(self, digests: array[int]) -> None:
        """Add those of a piece."""
        self._counts.append(len(digests))
        self._file.append(digests)

    def repeated(self) -> frozenset[int]:
        """The digests that stand there more than once."""
        # Parted by size into buckets, each small enough to be looked through in memory.
        parted, places = _Numbers(), list[list[tuple[int, int]]]([] for _ in range(_BUCKETS))
        for start in range(0, len(self._file), _AT_ONCE):
            some = array("Q", sorted(self._file.read(start, _AT_ONCE)))
            base = len(parted)
            parted.append(some)
            borders = [bisect_left(some, number * _SHARE) for number in range(_BUCKETS)]
            for place, first, last in zip(places, borders, [*borders[1:], len(some)], strict=True):
                place.append((base + first, last - first))
        return frozenset(
            digest
            for place in places
            for digest in _twice([parted.read(start, count) for start, count in place])
        )

    def pieces_with(self, wanted: frozenset[int]) -> Iterator[int]:
        """The numbers of the pieces that hold one of the digests."""
        start = 0
        for number, count in enumerate(self._counts):
            if wanted and not wanted.isdisjoint(self._file.read(start, count)):
                yield number
            start += count


class _Numbers:
    """Whole numbers of 64 bits."""

    def __init__(self) -> None:
        self._file = NamelessFile()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, numbers: array[int]) -> None:
        self._count = self._file.append(numbers.tobytes()) // _SIZE

    def read(self, start: int, count: int) -> array[int]:
        return array("Q", self._file.read(start * _SIZE, (start + count) * _SIZE))


def _twice(some: list[array[int]]) -> Iterator[int]:
    """Numbers that come again; those of one array stand in order."""
    seen: set[int] = set()
    for numbers in some:
        for number in numbers:
            if number in seen:
                yield number
            seen.add(number)
