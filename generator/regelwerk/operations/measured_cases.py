"""The cases of a project for measuring, each with the verdict about it where that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from regelwerk.diagnostics import Severity
from regelwerk.figures.reference import JudgedCase, Reference
from regelwerk.figures.tally import Engine
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.case import Case, CasePlace
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.progress import Progress
from regelwerk.operations.review_records import review_records
from regelwerk.project.load import Loaded
from regelwerk.project.record_files import RecordSource, read_records, record_files
from regelwerk.records.reading import read_case

EngineFor = Callable[[date], Engine]


class CaseSet(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for each process: an engine that knows its cases on a day, and how many.

    `duplicates`: records left out because an earlier one has the same case id. `unreadable`
    records could not be read at all; nobody knows whose they are.
    """

    engines: Mapping[str, EngineFor] = {}
    cases: Mapping[str, int] = {}
    duplicates: Mapping[str, int] = {}
    unreadable: int = 0


def project_cases(
    loaded: Loaded,
    processes: frozenset[str],
    clock: Clock,
    *,
    judged: bool,
    progress: Progress,
) -> CaseSet:
    """The records of some processes; `judged`: each replayed, so that conformance is known.

    Of several records with the same case id, the first in the order of path and line counts.
    """
    found: dict[str, dict[object, tuple[CasePlace, Case]]] = {}
    duplicates: dict[str, int] = {}
    unreadable = 0
    files = record_files(loaded.root)
    for done, file in enumerate(files):
        progress(done, len(files), file)
        for source in read_records(loaded.root, file):
            data = source.tree.data
            if not source.tree.readable or not isinstance(data, dict):
                unreadable += 1
                continue
            process = data.get("process")
            if process not in processes:
                continue
            place = _place(source)
            case = data.get("case")
            known = found.setdefault(process, {})
            key = case if isinstance(case, str) and case.strip() else place
            if key in known:
                duplicates[process] = duplicates.get(process, 0) + 1
            else:
                known[key] = (place, read_case(data))
    progress(len(files), len(files), "")
    departures = _departures(loaded, clock, progress) if judged else None
    zone = zone_of(loaded.project.organization)
    calendar = BusinessCalendar(loaded.project.organization.country)
    cases = {
        process: tuple(
            JudgedCase(case, None if departures is None else place not in departures)
            for place, case in known.values()
        )
        for process, known in found.items()
    }

    def engine(process: str) -> EngineFor:
        return lambda until: Reference(cases.get(process, ()), zone, calendar, until)

    return CaseSet(
        engines={process: engine(process) for process in processes},
        cases={process: len(found) for process, found in cases.items()},
        duplicates=duplicates,
        unreadable=unreadable,
    )


def _departures(loaded: Loaded, clock: Clock, progress: Progress) -> frozenset[CasePlace]:
    """Where the records stand of which something is said that nobody accepted."""
    result = review_records(loaded.root, (), clock, progress)
    return frozenset(
        (finding.file, finding.line if finding.file.endswith(".jsonl") else 0)
        for finding in result.findings
        if finding.severity is Severity.ERROR
    )


def _place(source: RecordSource) -> CasePlace:
    return source.file, source.line if source.file.endswith(".jsonl") else 0
