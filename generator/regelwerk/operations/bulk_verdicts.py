"""Which of very many cases depart from their process, for the conformance rate."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Severity
from regelwerk.model.case import CasePlace
from regelwerk.operations.progress import Progress
from regelwerk.operations.record_run import run_records
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.operations.workers import cores
from regelwerk.project.load import Loaded
from regelwerk.project.record_chunks import Chunk, Raw, read_chunk
from regelwerk.project.record_files import record_files

_TWICE = "record/duplicate-case"
_ERASED = "record/erased"


class Verdicts(msgspec.Struct, frozen=True):
    """The ids of cases with a departure that nobody accepted, and of those that were erased."""

    departures: frozenset[str]
    erased: frozenset[str]


def bulk_verdicts(
    loaded: Loaded, as_of: date, files: Sequence[Path], progress: Progress
) -> Verdicts:
    """Judge every record of files of lines or rows; of records with one id, only the first."""
    root = loaded.root.resolve()
    paths = {_named(file.resolve(), root): file.resolve() for file in files}
    others = tuple(file for file in record_files(loaded.root) if file not in paths)
    outside = {path.parent for name, path in paths.items() if Path(name).is_absolute()}
    chosen = RecordFiles(tuple(sorted(paths)), others, tuple(sorted(outside)))
    found = run_records(loaded, as_of, chosen, progress, jobs=cores()).findings
    wrong: set[CasePlace] = set()
    later: set[CasePlace] = set()
    erased: set[CasePlace] = set()
    for finding in found:
        place = (finding.file, finding.line)
        if finding.code == _TWICE:
            later.add(place)
        elif finding.severity is Severity.ERROR:
            wrong.add(place)
        if finding.code == _ERASED:
            erased.add(place)
    ids = _ids(loaded.root, (wrong | erased) - later)
    return Verdicts(
        frozenset(ids[place] for place in wrong if place in ids),
        frozenset(ids[place] for place in erased if place in ids),
    )


def _named(path: Path, root: Path) -> str:
    """As findings name the file."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def _ids(root: Path, places: set[CasePlace]) -> Mapping[CasePlace, str]:
    """The case ids of records that have one."""
    lines: dict[str, set[int]] = defaultdict(set)
    for file, line in places:
        lines[file].add(line)
    return dict(_each_id(root, lines))


def _each_id(root: Path, lines: Mapping[str, set[int]]) -> Iterator[tuple[CasePlace, str]]:
    for file, wanted in lines.items():
        for raw in read_chunk(root, Chunk((file,), first_line=1)):
            if raw.line in wanted:
                case = _case(raw)
                if case is not None:
                    yield (file, raw.line), case


def _case(raw: Raw) -> str | None:
    """The id; also of a record that we refuse to read and that other programs may read."""
    tree = raw.tree()
    data = tree.data
    if not tree.readable:
        try:
            data = json.loads(raw.content)
        except (ValueError, RecursionError):
            return None
    case = data.get("case") if isinstance(data, dict) else None
    return case if isinstance(case, str) else None
