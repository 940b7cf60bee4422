"""Judge many records in two rounds: each by itself, then those that look at other cases."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic
from regelwerk.model.case import CasePlace
from regelwerk.operations.progress import Progress
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.operations.record_kernel import Pending, RecordKernel, Scan, digest_of
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.operations.workers import Workers
from regelwerk.project.load import Loaded, load
from regelwerk.project.record_chunks import Chunk, cut
from regelwerk.records.index import CaseEntry, build_index

_BUCKETS = 64


class RecordRun(msgspec.Struct, frozen=True):
    """Findings in reading order, how many records were judged, and what keeps some unjudged."""

    findings: tuple[Diagnostic, ...]
    records: int
    causes: frozenset[str]


class _Known(msgspec.Struct):
    """What the first round found out about a piece, for the second."""

    chunk: Chunk
    judging: bool
    ids: array[int]
    positions: array[int]

    def place(self, number: int) -> CasePlace:
        """Where the record with that number among the ids stands."""
        position = self.positions[number]
        if self.chunk.is_lines:
            return (self.chunk.files[0], position)
        return (self.chunk.files[position], 0)


def run_records(
    loaded: Loaded,
    as_of: date,
    files: RecordFiles,
    progress: Progress,
    *,
    jobs: int = 1,
) -> RecordRun:
    """Judge the records of the chosen files; the others are read only for the ids of their cases.

    The result does not depend on `jobs`, the number of processes.
    """
    outside = files.outside
    make: Callable[[], RecordKernel] = partial(_kernel, loaded.root, as_of, outside)
    if jobs <= 1:
        make = partial(_kernel_of, loaded, as_of, outside)
    run = _Run(loaded.root, Workers(make, jobs), progress, len(files.chosen) + len(files.others))
    run.first_round(files.chosen, judging=True)
    run.first_round(files.others, judging=False)
    return run.second_round()


def _kernel(root: Path, as_of: date, outside: tuple[Path, ...]) -> RecordKernel:
    return _kernel_of(load(root), as_of, outside)


def _kernel_of(loaded: Loaded, as_of: date, outside: tuple[Path, ...]) -> RecordKernel:
    return RecordKernel(RecordJudge(loaded, as_of, outside))


class _Run:
    def __init__(
        self, root: Path, workers: Workers[RecordKernel], progress: Progress, files: int
    ) -> None:
        self._root = root
        self._workers = workers
        self._progress = progress
        self._files = files
        self._done = 0
        self._records = 0
        self._known: list[_Known] = []
        self._entries: list[CaseEntry] = []
        self._pending: list[list[Pending]] = []
        self._findings: list[Diagnostic] = []
        self._causes: set[str] = set()

    def first_round(self, files: Sequence[str], *, judging: bool) -> None:
        """Read every record of the files once."""
        scans = self._workers.map(partial(_scan, judging), cut(self._root, files))
        for chunk, scan in scans:
            self._take(chunk, scan, judging=judging)
            self._done += len(chunk.files) if chunk.start == 0 else 0
            self._progress(self._done, self._files, chunk.files[-1])

    def _take(self, chunk: Chunk, scan: Scan, *, judging: bool) -> None:
        self._records += scan.records if judging else 0
        self._known.append(_Known(chunk, judging, scan.ids, scan.positions))
        self._entries += scan.entries
        self._pending.append(scan.pending)
        self._findings += scan.findings
        self._causes |= scan.causes

    def second_round(self) -> RecordRun:
        """Judge what had to wait for the whole."""
        repeated = _repeated(self._known)
        cases = self._cases(repeated)
        work = self._work(cases, repeated)
        anew = {place for places in work.values() for place, _ in places}
        found = [f for f in self._findings if not _is_of(f, anew)] if anew else self._findings
        known = set(found)
        items = [self._item(number, places, cases) for number, places in sorted(work.items())]
        for _, (findings, causes) in self._workers.map(_judge, items):
            found += [finding for finding in findings if finding not in known]
            self._causes |= causes
        self._progress(self._files, self._files, "")
        found.sort(key=Diagnostic.sort_key)
        return RecordRun(tuple(found), self._records, frozenset(self._causes))

    def _cases(self, repeated: frozenset[int]) -> Mapping[str, CaseEntry]:
        """The cases that others look at: those called, and those with an id given twice."""
        known = {entry.case for entry in self._entries}
        called = {call for pending in self._pending for one in pending for call in one.calls}
        wanted = repeated | {digest_of(call) for call in called - known}
        entries = self._entries
        if wanted:
            chunks = [known.chunk for known in self._known if not wanted.isdisjoint(known.ids)]
            looked_up = self._workers.map(partial(_entries, frozenset(wanted)), chunks)
            entries = entries + [entry for _, found in looked_up for entry in found]
        return build_index(entries).cases

    def _work(
        self, cases: Mapping[str, CaseEntry], repeated: frozenset[int]
    ) -> dict[int, list[tuple[CasePlace, tuple[str, ...]]]]:
        """By the number of the piece: the records still to be judged, and the ids they look at."""
        work: dict[int, list[tuple[CasePlace, tuple[str, ...]]]] = defaultdict(list)
        kernel = self._workers.tool if any(self._pending) else None
        for number, pending in enumerate(self._pending):
            for one in pending:
                right = one.right
                if right is None or kernel is None or not kernel.holds(right, cases):
                    work[number].append((one.place, one.calls))
        if repeated:
            ids = {digest_of(case): case for case in cases}
            for number, known in enumerate(self._known):
                if known.judging and not repeated.isdisjoint(known.ids):
                    work[number] += _duplicates(known, repeated, ids, cases, self._pending[number])
        return {number: places for number, places in work.items() if places}

    def _item(
        self,
        number: int,
        places: list[tuple[CasePlace, tuple[str, ...]]],
        cases: Mapping[str, CaseEntry],
    ) -> tuple[Chunk, frozenset[CasePlace], dict[str, CaseEntry]]:
        chunk = self._known[number].chunk
        wanted = frozenset(place for place, _ in places)
        if not chunk.is_lines:
            chunk = Chunk(tuple(file for file in chunk.files if (file, 0) in wanted))
        ids = {case for _, looked_at in places for case in looked_at}
        return chunk, wanted, {case: cases[case] for case in ids if case in cases}


def _scan(judging: bool, kernel: RecordKernel, chunk: Chunk) -> Scan:
    return kernel.scan(chunk, judging=judging)


def _entries(ids: frozenset[int], kernel: RecordKernel, chunk: Chunk) -> list[CaseEntry]:
    return kernel.entries(chunk, ids)


def _judge(
    kernel: RecordKernel, item: tuple[Chunk, frozenset[CasePlace], dict[str, CaseEntry]]
) -> tuple[list[Diagnostic], frozenset[str]]:
    return kernel.judge(*item)


def _repeated(known: Iterable[_Known]) -> frozenset[int]:
    """The digests of case ids that more than one record has."""
    buckets: list[array[int]] = [array("Q") for _ in range(_BUCKETS)]
    for one in known:
        for digest in one.ids:
            buckets[digest % _BUCKETS].append(digest)
    return frozenset(digest for bucket in buckets for digest in _twice(bucket))


def _twice(digests: array[int]) -> Iterator[int]:
    seen = set(digests)
    if len(seen) < len(digests):
        for digest in digests:
            if digest in seen:
                seen.discard(digest)
            else:
                yield digest


def _duplicates(
    known: _Known,
    repeated: frozenset[int],
    ids: Mapping[int, str],
    cases: Mapping[str, CaseEntry],
    pending: Sequence[Pending],
) -> Iterator[tuple[CasePlace, tuple[str, ...]]]:
    """The records of a piece whose case id an earlier record has; they are judged anew."""
    calls = {one.place: one.calls for one in pending}
    for number, digest in enumerate(known.ids):
        if digest in repeated:
            place = known.place(number)
            case = ids.get(digest)
            if case is not None and cases[case].place != place:
                yield place, (case, *calls.get(place, ()))


def _is_of(finding: Diagnostic, places: set[CasePlace]) -> bool:
    """Whether a finding of the first round is about a record that is judged anew."""
    return (finding.file, 0) in places or (finding.file, finding.line) in places
