"""Judge many records in two rounds: each by itself, then those that look at other cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from regelwerk.model.case import CasePlace
from regelwerk.operations.case_ids import CaseIds
from regelwerk.operations.kept_findings import KeptFindings, Packed, pack
from regelwerk.operations.progress import Progress
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.operations.record_kernel import Pending, RecordKernel, Scan, digest_of
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.operations.workers import Workers
from regelwerk.project.load import Loaded, load
from regelwerk.project.record_chunks import Chunk, cut
from regelwerk.records.index import CaseEntry, build_index


class RecordRun(msgspec.Struct, frozen=True):
    """Findings in reading order, how many records were judged, and what keeps some unjudged."""

    findings: KeptFindings
    records: int
    causes: frozenset[str]


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
    run.first_round(sorted(files.chosen), judging=True)
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
        self._chunks: list[Chunk] = []
        self._judging = 0  # how many of the pieces are judged; they come first
        self._ids = CaseIds()
        self._entries: list[CaseEntry] = []
        self._pending: dict[int, list[Pending]] = {}
        self._findings = KeptFindings()
        self._causes: set[str] = set()

    def first_round(self, files: Sequence[str], *, judging: bool) -> None:
        """Read every record of the files once."""
        scans = self._workers.map(partial(_scan, judging), cut(self._root, files))
        for chunk, (scan, findings) in scans:
            self._take(chunk, scan, judging=judging)
            self._findings.add(findings)
            self._done += len(chunk.files) if chunk.start == 0 else 0
            self._progress(self._done, self._files, chunk.files[-1])

    def _take(self, chunk: Chunk, scan: Scan, *, judging: bool) -> None:
        if judging:
            self._records += scan.records
            self._judging += 1
        if scan.pending:
            self._pending[len(self._chunks)] = scan.pending
        self._chunks.append(chunk)
        self._ids.add(scan.ids)
        self._entries += scan.entries
        self._causes |= scan.causes

    def second_round(self) -> RecordRun:
        """Judge what had to wait for the whole."""
        cases, again = self._cases(self._ids.repeated())
        work = self._work(cases, again)
        found = self._findings.in_order()
        if work:
            found = found.without({place for places in work.values() for place, _ in places})
            items = [self._item(number, places, cases) for number, places in sorted(work.items())]
            anew = KeptFindings()
            for _, (findings, causes) in self._workers.map(_judge, items):
                anew.add(findings)
                self._causes |= causes
            found = found.with_others(anew.in_order())
        self._progress(self._files, self._files, "")
        return RecordRun(found, self._records, frozenset(self._causes))

    def _cases(
        self, repeated: frozenset[int]
    ) -> tuple[Mapping[str, CaseEntry], dict[int, list[CaseEntry]]]:
        """The cases that others look at: those called, and those with an id given twice.

        And by the number of the piece, the records whose case id an earlier record has.
        """
        known = {entry.case for entry in self._entries}
        called = {
            call for pending in self._pending.values() for one in pending for call in one.calls
        }
        wanted = repeated | {digest_of(call) for call in called - known}
        numbers = list(self._ids.pieces_with(wanted))
        chunks = [self._chunks[number] for number in numbers]
        looked_up = [
            found for _, found in self._workers.map(partial(_entries, frozenset(wanted)), chunks)
        ]
        entries = self._entries + [entry for found in looked_up for entry in found]
        cases = build_index(entries).cases
        again = {
            number: [entry for entry in found if cases[entry.case].place != entry.place]
            for number, found in zip(numbers, looked_up, strict=True)
            if number < self._judging
        }
        return cases, again

    def _work(
        self, cases: Mapping[str, CaseEntry], again: Mapping[int, Sequence[CaseEntry]]
    ) -> dict[int, list[tuple[CasePlace, tuple[str, ...]]]]:
        """By the number of the piece: the records still to be judged, and the ids they look at."""
        work: dict[int, list[tuple[CasePlace, tuple[str, ...]]]] = defaultdict(list)
        for number, pending in self._pending.items():
            for one in pending:
                if one.right is None or not self._workers.tool.holds(one.right, cases):
                    work[number].append((one.place, one.calls))
        for number, entries in again.items():
            calls = {one.place: one.calls for one in self._pending.get(number, ())}
            for entry in entries:
                looked_at = (entry.case, *calls.get(entry.place, ()))
                work[number].append((entry.place, looked_at))
        return {number: places for number, places in work.items() if places}

    def _item(
        self,
        number: int,
        places: list[tuple[CasePlace, tuple[str, ...]]],
        cases: Mapping[str, CaseEntry],
    ) -> tuple[Chunk, frozenset[CasePlace], dict[str, CaseEntry]]:
        chunk = self._chunks[number]
        wanted = frozenset(place for place, _ in places)
        if not chunk.is_lines:
            chunk = Chunk(tuple(file for file in chunk.files if (file, 0) in wanted))
        ids = {case for _, looked_at in places for case in looked_at}
        return chunk, wanted, {case: cases[case] for case in ids if case in cases}


def _scan(judging: bool, kernel: RecordKernel, chunk: Chunk) -> tuple[Scan, Packed]:
    scan = kernel.scan(chunk, judging=judging)
    packed = pack(scan.findings)
    return msgspec.structs.replace(scan, findings=[]), packed


def _entries(ids: frozenset[int], kernel: RecordKernel, chunk: Chunk) -> list[CaseEntry]:
    return kernel.entries(chunk, ids)


def _judge(
    kernel: RecordKernel, item: tuple[Chunk, frozenset[CasePlace], dict[str, CaseEntry]]
) -> tuple[Packed, frozenset[str]]:
    findings, causes = kernel.judge(*item)
    return pack(findings), causes
