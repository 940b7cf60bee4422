"""The cases of a project for measuring, each with the verdict about it where that is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Severity
from regelwerk.figures.measure import Measure, Ratio
from regelwerk.figures.reference import JudgedCase, Reference
from regelwerk.figures.tally import Engine
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.case import Case, CasePlace
from regelwerk.operations.bulk_verdicts import bulk_verdicts
from regelwerk.operations.day import zone_of
from regelwerk.operations.progress import Progress
from regelwerk.operations.record_run import run_records
from regelwerk.operations.record_selection import select_records
from regelwerk.project.load import Loaded
from regelwerk.project.record_chunks import holds_lines
from regelwerk.project.record_files import RecordSource, read_records, record_files
from regelwerk.records.reading import read_case


class CaseSet(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for each process: an engine that knows its cases, and how many they are.

    `duplicates`: records left out because an earlier one has the same case id. `unreadable`
    records could not be read at all; nobody knows whose they are.
    """

    engines: Mapping[str, Engine] = {}
    cases: Mapping[str, int] = {}
    duplicates: Mapping[str, int] = {}
    unreadable: int = 0


def project_cases(
    loaded: Loaded,
    processes: Collection[str],
    as_of: date,
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
            if not isinstance(process, str) or process not in processes:
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
    departures = _departures(loaded, as_of, progress) if judged else None
    zone = zone_of(loaded.project.organization)
    calendar = BusinessCalendar(loaded.project.organization.country)
    cases = {
        process: tuple(
            # Of a record that was erased nobody can tell any more whether it conformed.
            JudgedCase(case, None if departures is None or case.erased else place not in departures)
            for place, case in known.values()
        )
        for process, known in found.items()
    }

    return CaseSet(
        engines={
            process: Reference(cases.get(process, ()), zone, calendar, as_of)
            for process in processes
        },
        cases={process: len(found) for process, found in cases.items()},
        duplicates=duplicates,
        unreadable=unreadable,
    )


def bulk_cases(
    loaded: Loaded,
    measures: Mapping[str, Sequence[Measure]],
    as_of: date,
    paths: Sequence[Path],
    *,
    judged: bool,
    progress: Progress,
) -> CaseSet:
    """The records of some processes in JSON lines and Parquet files, or folders of them.

    `judged`: each is replayed, so that conformance is known. UsageError where there are none,
    MissingExtraError without regelwerk[bulk].
    """
    from regelwerk.figures.bulk.engine import Bulk
    from regelwerk.figures.bulk.sources import files_in

    files = files_in(paths)
    verdicts = bulk_verdicts(loaded, as_of, files, progress) if judged else None
    organization = loaded.project.organization
    zone = getattr(zone_of(organization), "key", "UTC")
    calendar = BusinessCalendar(organization.country)
    engines = {
        process: Bulk(
            files,
            process,
            [measure for measure in its if not isinstance(measure, Ratio)],
            zone,
            calendar,
            as_of,
            None if verdicts is None else verdicts.departures,
            () if verdicts is None else verdicts.erased,
        )
        for process, its in measures.items()
    }
    return CaseSet(
        engines=engines,
        cases={process: bulk.cases for process, bulk in engines.items()},
        duplicates={process: bulk.records - bulk.cases for process, bulk in engines.items()},
        unreadable=max((bulk.unreadable for bulk in engines.values()), default=0),
    )


def _departures(loaded: Loaded, as_of: date, progress: Progress) -> frozenset[CasePlace]:
    """Where the records stand of which something is said that nobody accepted."""
    files = select_records(loaded.root, loaded.root, (), ())
    result = run_records(loaded, as_of, files, progress)
    return frozenset(
        (finding.file, finding.line if holds_lines(finding.file) else 0)
        for finding in result.findings
        if finding.severity is Severity.ERROR
    )


def _place(source: RecordSource) -> CasePlace:
    return source.file, source.line if holds_lines(source.file) else 0
