"""The kernel that judges records: a piece of files in, findings out; the same in every process.

Every record is read once, fast and without places. What is plainly right needs nothing more; what
is not is read with places and judged in full, which alone says anything. Where a verdict needs
cases that stand elsewhere, it is put off until all records are known.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from regelwerk.diagnostics import Diagnostic
from regelwerk.model.case import CasePlace
from regelwerk.model.project import Project
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.project.fast_reading import DOUBT, fast_readers, numbers_are_short
from regelwerk.project.record_chunks import Chunk, Raw, read_chunk
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

    `ids` and `positions` go together: the digest of each case id, and the record's line or, where
    files are records, its file's number in the piece. `entries` are cases that others may call.
    """

    records: int
    ids: array[int]
    positions: array[int]
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
        self._yaml, self._json = fast_readers()
        self._called = _called_processes(judge.loaded.project)

    def scan(self, chunk: Chunk, *, judging: bool) -> Scan:
        """Read every record of a piece; judge what can be judged without the others."""
        return self.scan_raws(read_chunk(self._root, chunk), chunk.files, judging=judging)

    def scan_raws(self, raws: Iterable[Raw], files: Sequence[str], *, judging: bool) -> Scan:
        """The same of records as written, wherever they come from; `files` are all of theirs."""
        scan = Scan(0, array("Q"), array("Q"), [], [], [], frozenset())
        records = 0
        numbers = {file: number for number, file in enumerate(files)}
        for raw in raws:
            records += 1
            place = (raw.file, raw.line)
            data, tree = self._read(raw), None
            if type(data) is not dict:
                tree = raw.tree()
                data = tree.data if isinstance(tree.data, dict) else {}
            case = data.get("case")
            if isinstance(case, str) and case.strip():
                scan.ids.append(digest_of(case))
                scan.positions.append(raw.line or numbers[raw.file])
                entry = case_entry(data, place) if self._called else None
                if entry is not None and entry.process in self._called:
                    scan.entries.append(entry)
            if not judging:
                continue
            right = self._right(data, raw) if tree is None else None
            if right is not None:
                if right.calls:
                    calls = tuple(call.case for call in right.calls)
                    scan.pending.append(Pending(place, calls, right))
                continue
            calls = _calls(data)
            if calls:
                scan.pending.append(Pending(place, calls))
            else:
                found = self._judge.findings(tree or raw.tree(), place, self._alone)
                scan.findings.extend(found)
        return msgspec.structs.replace(scan, records=records, causes=self._judge.causes)

    def entries(self, chunk: Chunk, ids: frozenset[int]) -> list[CaseEntry]:
        """The cases of a piece whose ids have these digests."""
        return self.entries_in(read_chunk(self._root, chunk), ids)

    def entries_in(self, raws: Iterable[Raw], ids: frozenset[int]) -> list[CaseEntry]:
        """The same of records as written."""
        found = []
        for raw in raws:
            data = self._read(raw)
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
                found += self._judge.findings(raw.tree(), place, world)
        return found, self._judge.causes

    def holds(self, right: Right, cases: Mapping[str, CaseEntry]) -> bool:
        """Whether the cases that a record calls are as it says."""
        return self._fast.holds(right, cases)

    def _read(self, raw: Raw) -> Any:  # noqa: ANN401
        if raw.problem is not None:
            return DOUBT
        if _is_json(raw):
            return self._json(raw.content)
        return self._yaml(raw.content)

    def _right(self, data: Mapping[str, Any], raw: Raw) -> Right | None:
        try:
            if self._judge.loaded.schemas.check("record", data):
                return None
        except ValueError:  # keys that are no text
            return None
        right = self._fast.judge(data, raw.file)
        if right is not None and right.numbers and not _are_plain(right.numbers, raw):
            return None
        return right


def _are_plain(numbers: frozenset[type], raw: Raw) -> bool:
    """Whether the numbers in a record are written so that all readers read them alike."""
    if _is_json(raw):
        return float not in numbers or numbers_are_short(raw.content)
    return b"_" not in raw.content and b"0b" not in raw.content and numbers_are_short(raw.content)


def digest_of(case: str) -> int:
    """A case id as 64 bits; equal ids have equal digests, and different ones hardly ever."""
    return int.from_bytes(blake2b(case.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _is_json(raw: Raw) -> bool:
    return raw.line > 0 or raw.file.lower().endswith(".json")


def _calls(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the cases that a record says its steps called."""
    steps = data.get("steps")
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
