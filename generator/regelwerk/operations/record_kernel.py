"""The kernel that judges records: a piece of files in, findings out; the same in every process.

Every record is read once, fast and without places. What is plainly right needs nothing more; what
is not is read with places and judged in full, which alone says anything. Where a verdict needs
cases that stand elsewhere, it is put off until all records are known.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

import msgspec

from regelwerk.diagnostics import Diagnostic
from regelwerk.model.case import CasePlace
from regelwerk.model.project import Project
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.operations.typed_reading import TypedReader
from regelwerk.project.fast_reading import DOUBT
from regelwerk.project.record_chunks import Chunk, Raw, read_chunk
from regelwerk.project.tree import Tree
from regelwerk.records.fast import FastJudge
from regelwerk.records.index import CaseEntry, CaseIndex, case_entry
from regelwerk.records.right import Right


class Pending(msgspec.Struct, frozen=True):
    """A record that waits for other cases: right if they are as it says, else to be judged.

    `right` is None where it has to be judged in any case; `calls` are the ids of those cases.
    """

    place: CasePlace
    calls: tuple[str, ...]
    right: Right | None = None


class Scan(msgspec.Struct, frozen=True):
    """What reading a piece gave.

    `ids` are the digests of the case ids; `entries` are cases that others may call.
    """

    records: int
    ids: array[int]
    entries: list[CaseEntry]
    pending: list[Pending]
    findings: list[Diagnostic]
    causes: frozenset[str]


class RecordKernel:
    """Judges pieces of record files by tables that it makes once."""

    def __init__(self, judge: RecordJudge) -> None:
        self._judge = judge
        self._root = judge.loaded.root
        self._alone = judge.world(CaseIndex())
        self._fast = FastJudge(self._alone)
        self._typed = TypedReader(self._fast, judge.loaded.schemas)
        self._called = _called_processes(judge.loaded.project)

    def scan(self, chunk: Chunk, *, judging: bool) -> Scan:
        """Read every record of a piece; judge what can be judged without the others."""
        return self.scan_raws(read_chunk(self._root, chunk), judging=judging)

    def scan_raws(self, raws: Iterable[Raw], *, judging: bool) -> Scan:
        """The same of records as written, wherever they come from."""
        scan = Scan(0, array("Q"), [], [], [], frozenset())
        records = 0
        for raw in raws:
            records += 1
            place = (raw.file, raw.line)
            record, data = self._typed.read(raw)
            tree = None
            if record is not None:
                case = record.case
            else:
                tree = raw.tree() if data is DOUBT or not raw.is_json else raw.tree_of(data)
                data = tree.data if isinstance(tree.data, dict) else {}
                case = data.get("case")
            if isinstance(case, str) and case.strip():
                scan.ids.append(digest_of(case))
                entry = self._entry(record, data, place) if self._called else None
                if entry is not None and entry.process in self._called:
                    scan.entries.append(entry)
            if not judging:
                continue
            right = self._right(raw, record, data) if tree is None else None
            if right is None:
                tree = tree or self._tree(raw, data)
                calls = _calls(tree.data)
                if calls:
                    scan.pending.append(Pending(place, calls))
                else:
                    scan.findings.extend(self._judge.findings(tree, place, self._alone))
            elif right.calls:
                calls = tuple(call.case for call in right.calls)
                scan.pending.append(Pending(place, calls, right))
        return msgspec.structs.replace(scan, records=records, causes=self._judge.causes)

    def _right(self, raw: Raw, record: Any, data: Any) -> Right | None:  # noqa: ANN401
        right = self._fast.judge(record, raw.file)
        if right is not None and right.numbers and not self._typed.numbers_hold(raw, data):
            return None
        return right

    def _tree(self, raw: Raw, data: Any) -> Tree:  # noqa: ANN401
        """A record that was read by its type, with places; `data` are None where not needed yet."""
        data = self._typed.data(raw) if data is None else data
        return raw.tree() if data is DOUBT else raw.tree_of(data)

    def _entry(self, record: Any, data: Any, place: CasePlace) -> CaseEntry | None:  # noqa: ANN401
        if record is None:
            return case_entry(data, place)
        head = {key: getattr(record, key) for key in ("case", "status", "closed", "end")}
        head = {key: value for key, value in head.items() if value is not msgspec.UNSET}
        return case_entry({**head, "process": record.plan.process}, place)

    def entries(self, chunk: Chunk, ids: frozenset[int]) -> list[CaseEntry]:
        """The cases of a piece whose ids have these digests."""
        return self.entries_in(read_chunk(self._root, chunk), ids)

    def entries_in(self, raws: Iterable[Raw], ids: frozenset[int]) -> list[CaseEntry]:
        """The same of records as written."""
        found = []
        for raw in raws:
            data = self._typed.data(raw)
            if data is DOUBT:
                data = raw.tree().data
            if isinstance(data, dict):
                case = data.get("case")
                if isinstance(case, str) and digest_of(case) in ids:
                    entry = case_entry(data, (raw.file, raw.line))
                    found += [entry] if entry is not None else []
        return found

    def judge(
        self, chunk: Chunk, places: frozenset[CasePlace], cases: Mapping[str, CaseEntry]
    ) -> tuple[list[Diagnostic], frozenset[str]]:
        """Judge some records of a piece in full, now that the cases they look at are known.

        What cannot be read any more is told too, whichever records were meant.
        """
        return self.judge_raws(read_chunk(self._root, chunk), places, cases)

    def judge_raws(
        self, raws: Iterable[Raw], places: frozenset[CasePlace], cases: Mapping[str, CaseEntry]
    ) -> tuple[list[Diagnostic], frozenset[str]]:
        """The same of records as written."""
        world = self._judge.world(CaseIndex(cases))
        found: list[Diagnostic] = []
        for raw in raws:
            place = (raw.file, raw.line)
            if place in places or raw.problem is not None:
                tree = self._tree(raw, None)
                found += self._judge.findings(tree, place, world)
        return found, self._judge.causes

    def holds(self, right: Right, cases: Mapping[str, CaseEntry]) -> bool:
        """Whether the cases that a record calls are as it says."""
        return self._fast.holds(right, cases)


def digest_of(case: str) -> int:
    """A case id as 64 bits; equal ids have equal digests, and different ones hardly ever."""
    return int.from_bytes(blake2b(case.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _calls(data: Any) -> tuple[str, ...]:  # noqa: ANN401
    """The ids of the cases that a record says its steps called."""
    steps = data.get("steps") if isinstance(data, dict) else None
    return tuple(
        entry["called_case"]
        for entry in (steps if isinstance(steps, list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("called_case"), str)
    )


def _called_processes(project: Project) -> frozenset[str]:
    """The processes that some step calls."""
    return frozenset(_each_called(project))


def _each_called(project: Project) -> Iterator[str]:
    for folder in project.processes.values():
        for frozen in folder.versions:
            if frozen.definition is not None:
                for step in frozen.definition.process.all_steps():
                    if step.calls is not None and not step.calls.external:
                        yield step.calls.process
