"""Findings in reading order, many more than fit into memory: kept in a file without a name."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from heapq import merge
from itertools import groupby, islice
from typing import Any, overload

import msgspec

from regelwerk.diagnostics import Diagnostic
from regelwerk.model.case import CasePlace
from regelwerk.operations.nameless_file import NamelessFile

_AT_ONCE = 500


_Key = tuple[str, int, int, str, str]


class Packed(msgspec.Struct, frozen=True):
    """Some findings in reading order as bytes: how many, and the places of the first and last."""

    content: bytes = b""
    count: int = 0
    first: _Key | None = None
    last: _Key | None = None


def pack(findings: Iterable[Diagnostic]) -> Packed:
    """Findings as bytes, in reading order."""
    ordered = sorted(findings, key=Diagnostic.sort_key)
    if not ordered:
        return Packed()
    content = pickle.dumps([msgspec.structs.astuple(finding) for finding in ordered])
    return Packed(content, len(ordered), ordered[0].sort_key(), ordered[-1].sort_key())


class KeptFindings(Sequence[Diagnostic]):
    """Findings that are read anew each time they are gone through.

    RegelwerkError where there is no room for them.
    """

    def __init__(self, findings: Iterable[Diagnostic] = ()) -> None:
        self._file = NamelessFile()
        self._frames: list[
            tuple[int, int]
        ] = []  # for each frame its end in bytes, and its findings
        self._last: _Key | None = None
        self._is_ordered = True
        rest = iter(findings)
        while some := list(islice(rest, _AT_ONCE)):
            self.add(pack(some))

    def add(self, packed: Packed) -> None:
        """Add findings; they should come in reading order."""
        if packed.first is None:
            return
        self._is_ordered &= self._last is None or self._last <= packed.first
        self._last = packed.last
        self._frames.append((self._file.append(packed.content), packed.count))

    def in_order(self) -> KeptFindings:
        """These in reading order."""
        return self if self._is_ordered else KeptFindings(sorted(self, key=Diagnostic.sort_key))

    def mapped(self, change: Callable[[Diagnostic], Diagnostic]) -> KeptFindings:
        """The same with something changed that does not change their order."""
        return KeptFindings(map(change, self))

    def with_others(self, others: Iterable[Diagnostic]) -> KeptFindings:
        """These and others, both in reading order; what both say is said once."""
        return KeptFindings(_merged(self, others))

    def without(self, places: Set[CasePlace]) -> KeptFindings:
        """These but for what is said of the records at some places."""
        kept = (f for f in self if (f.file, 0) not in places and (f.file, f.line) not in places)
        return KeptFindings(kept)

    def __len__(self) -> int:
        return sum(count for _, count in self._frames)

    def __iter__(self) -> Iterator[Diagnostic]:
        start = 0
        for end, _ in tuple(self._frames):
            found: list[Any] = pickle.loads(self._file.read(start, end))  # noqa: S301 - our own
            yield from (Diagnostic(*values) for values in found)
            start = end

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Diagnostic]: ...
    def __getitem__(self, index: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        if isinstance(index, slice):
            return list(self)[index]
        number = index if index >= 0 else len(self) + index
        found = next(islice(self, number, None), None) if number >= 0 else None
        if found is None:
            raise IndexError(index)
        return found


def _merged(first: Iterable[Diagnostic], second: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    ordered = merge(first, second, key=Diagnostic.sort_key)
    for _, group in groupby(ordered, key=Diagnostic.sort_key):
        seen: list[Diagnostic] = []
        for finding in group:
            if finding not in seen:
                seen.append(finding)
                yield finding
