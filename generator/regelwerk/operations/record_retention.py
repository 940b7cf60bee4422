"""Which records are past the retention of their documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.model.moment import day_of
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.operations.record_selection import select_records
from regelwerk.operations.writing import sha256_of
from regelwerk.project.fast_reading import DOUBT, Reader, fast_readers
from regelwerk.project.load import load
from regelwerk.project.record_chunks import Raw, cut, read_chunk
from regelwerk.project.root import find_root
from regelwerk.records.heading import find_definition
from regelwerk.records.index import CaseIndex
from regelwerk.records.reading import read_case
from regelwerk.records.retention import Kept, closing, kept, over
from regelwerk.records.world import World


class PastRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record of which at least one document is past its retention.

    `until` is the last day on which the record has to be kept; None where one of its documents has
    no retention. `over` says that this day is past, so that the record may be erased. `line` is 0
    for a whole file; `sha256` is that of the record as it stands there.
    """

    case: str
    process: str
    version: str
    status: str
    ended: date
    documents: tuple[Kept, ...]
    until: date | None
    over: bool
    evidence: tuple[str, ...]
    file: str
    line: int
    sha256: str


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """Records past retention, those kept longest ago first, and what cannot be told.

    `untold` counts records that cannot be read or name a version that is not kept here, `endless`
    those with a document that has no retention and none that is over, `erased` the stones.
    `in_use` are the evidence files that records name which stay, by the record's folder and the
    name as written; `all_read` says that no record was unreadable, so that these are all of them.
    """

    root: Path
    outside: tuple[Path, ...]
    day: date
    past: tuple[PastRecord, ...]
    records: int
    untold: int
    endless: int
    erased: int
    people: frozenset[str]
    in_use: frozenset[tuple[str, str]]
    all_read: bool

    def erasable(self) -> tuple[PastRecord, ...]:
        """Those all of whose documents are past their retention."""
        return tuple(record for record in self.past if record.over)


def retention(
    start: Path,
    paths: Sequence[Path],
    clock: Clock,
    progress: Progress = silent,
    folders: Sequence[Path] = (),
) -> Retention:
    """Look through the records in `paths`, all where none is given; nothing is changed.

    `folders` hold records outside the project. Records elsewhere are read too, for the evidence
    that they share.
    """
    root = find_root(start)
    files = select_records(root, start, paths, folders)
    loaded = load(root)
    day = clock(zone_of(loaded.project.organization))
    world = RecordJudge(loaded, day, files.outside).world(CaseIndex())
    chosen, every = frozenset(files.chosen), (*files.chosen, *files.others)
    past: list[PastRecord] = []
    in_use: set[tuple[str, str]] = set()
    all_read = True
    counts = {"records": 0, "untold": 0, "endless": 0, "erased": 0}
    done, readers = 0, fast_readers()
    for chunk in cut(root, every):
        progress(done, len(every), chunk.files[0])
        done += len(chunk.files) if chunk.start == 0 else 0
        for raw in read_chunk(root, chunk):
            data = _read(raw, readers)
            all_read = all_read and isinstance(data, dict)
            if raw.file in chosen:
                found = _look(raw, data, world, day) if isinstance(data, dict) else "untold"
                counts["records"] += 1
                if isinstance(found, str):
                    counts[found] = counts.get(found, 0) + 1
                else:
                    past.append(found)
                    if found.over:
                        continue
            in_use |= {(_folder(raw.file), file) for file in _evidence(data)}
    progress(len(every), len(every), "")
    past.sort(key=lambda one: (not one.over, one.until or date.max, one.file, one.line))
    return Retention(
        root=root,
        outside=files.outside,
        day=day,
        past=tuple(past),
        records=counts["records"],
        untold=counts["untold"],
        endless=counts["endless"],
        erased=counts["erased"],
        people=frozenset(world.people),
        in_use=frozenset(in_use),
        all_read=all_read,
    )


def _read(raw: Raw, readers: tuple[Reader, Reader]) -> object:
    """The record's data, read fast where that is beyond doubt."""
    if raw.problem is not None:
        return None
    is_json = raw.line > 0 or raw.file.lower().endswith(".json")
    data = readers[1 if is_json else 0](raw.content)
    return raw.tree().data if data is DOUBT else data


def _look(raw: Raw, data: Mapping[str, Any], world: World, day: date) -> PastRecord | str:
    """What is to be said of a record: past, or the word under which it is counted."""
    case = read_case(data)
    if case.erased is not None:
        return "erased"
    compiled, _ = find_definition(case, world)
    if compiled is None or case.case is None or case.status is None:
        return "untold"
    base = closing(case)
    if base is None:
        return "kept" if case.status in ("open", "on-hold") else "untold"
    documents = kept(case, compiled, world.calendar, world.zone)
    until = over(documents)
    if not any(one.until is not None and one.until < day for one in documents):
        return "endless" if until is None else "kept"
    return PastRecord(
        case=case.case,
        process=compiled.process.id,
        version=compiled.version,
        status=case.status,
        ended=day_of(base, world.zone),
        documents=documents,
        until=until,
        over=until is not None and until < day,
        evidence=tuple(dict.fromkeys(_evidence(data))),
        file=raw.file,
        line=raw.line,
        sha256=sha256_of(raw.content),
    )


def _evidence(data: object) -> Iterator[str]:
    """The evidence files that a record names, as written."""
    if isinstance(data, dict):
        case = read_case(data)
        yield from (one.file for one in case.evidence)
        for entry in case.entries:
            for evidence in entry.outputs.values():
                file = evidence.get("file") if isinstance(evidence, dict) else None
                if isinstance(file, str):
                    yield file


def _folder(file: str) -> str:
    return file.rpartition("/")[0]
