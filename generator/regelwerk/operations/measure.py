"""Compute the key figures of processes from their case records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity, did_you_mean
from regelwerk.errors import UsageError
from regelwerk.figures.compute import Window, figures_of, measures_of, unmeasured
from regelwerk.figures.measure import Conformance, Measure
from regelwerk.model.figure import Figure, PeriodKind
from regelwerk.model.process import Process
from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE, ProcessFolder
from regelwerk.operations.context import WORKING, release_of
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.examine import Examination, examine
from regelwerk.operations.measured_cases import CaseSet, bulk_cases, project_cases
from regelwerk.operations.progress import Progress, silent
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root

_SHARED = (ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked; the defaults are those of `figures.compute.Window`.

    `process` None means all. `version` None means what `build` makes: the version in force, else
    the working definition, which can also be asked for as `working`. `records` are JSON lines and
    Parquet files, or folders of them, measured in bulk instead of the project's own records.
    """

    process: str | None = None
    version: str | None = None
    first: date | None = None
    last: date | None = None
    kind: PeriodKind | None = None
    min_cases: int = 0
    records: tuple[Path, ...] = ()


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one process by the definition of one version.

    `cases` were looked at; `duplicates` are records left out because an earlier one has their id.
    """

    process: str
    title: str
    version: str
    working: bool
    figures: tuple[Figure, ...]
    cases: int
    duplicates: int


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """All figures asked for; `findings` (errors only) are in the way of some.

    `unreadable` records could not be read and are in no figure.
    """

    root: Path
    files: int
    as_of: date
    processes: tuple[Measured, ...]
    findings: tuple[Diagnostic, ...]
    unreadable: int = 0


class _Plan(msgspec.Struct, frozen=True):
    """A process, the definition that decides, and its measures."""

    process: Process
    working: bool
    measures: Mapping[str, Measure]


def measure(
    start: Path, question: Question, clock: Clock, progress: Progress = silent
) -> Measurement:
    """Measure what is asked for; UsageError where there is no such process, version or range."""
    root = find_root(start)
    loaded = load(root)
    as_of = clock(zone_of(loaded.project.organization))
    examination = examine(loaded, as_of)
    asked = _asked(loaded, question.process)
    errors = {folder.id: _errors(examination, folder.id) for folder in asked}
    plans = [
        plan
        for folder in asked
        if not errors[folder.id]
        and (plan := _plan(loaded, folder, examination, as_of, question)) is not None
    ]
    window = Window(
        as_of=as_of,
        first=question.first,
        last=question.last,
        kind=question.kind,
        min_cases=question.min_cases,
    )
    cases = _cases(loaded, plans, question, window, progress)
    return Measurement(
        root=root,
        files=len(loaded.sources),
        as_of=as_of,
        processes=tuple(_measured(plan, cases, window) for plan in plans),
        findings=tuple(dict.fromkeys(f for found in errors.values() for f in found)),
        unreadable=cases.unreadable,
    )


def _asked(loaded: Loaded, process: str | None) -> Sequence[ProcessFolder]:
    folders = loaded.project.processes
    if process is None:
        return tuple(folders.values())
    if process not in folders:
        hint = did_you_mean(process, folders)
        known = ", ".join(f"`{name}`" for name in folders)
        raise UsageError(f"there is no process `{process}`", hint or f"there are: {known}")
    return (folders[process],)


def _errors(examination: Examination, process: str) -> list[Diagnostic]:
    """Errors in what a process's figures rest on."""
    own = f"process/{process}/"
    return [
        finding
        for finding in examination.findings
        if finding.severity is Severity.ERROR
        and (finding.file in _SHARED or finding.file.startswith(own))
    ]


def _plan(
    loaded: Loaded,
    folder: ProcessFolder,
    examination: Examination,
    as_of: date,
    question: Question,
) -> _Plan | None:
    verdicts = examination.verdicts[folder.id]
    release = release_of(loaded.project, folder, verdicts, as_of, question.version)
    if release is None:
        if question.version is None or question.process is None:
            return None
        kept = ", ".join(one.version for one in folder.versions) or "none"
        raise UsageError(
            f"{folder.id} has no version {question.version}",
            f"kept here: {kept}; `{WORKING}` is the working definition",
        )
    process = release.context.definition.process
    others = (one.process for one in folder.definitions() if one.version is not None)
    return _Plan(process, release.context.working, measures_of(process, others))


def _cases(
    loaded: Loaded,
    plans: Sequence[_Plan],
    question: Question,
    window: Window,
    progress: Progress,
) -> CaseSet:
    measures = {plan.process.id: tuple(plan.measures.values()) for plan in plans if plan.measures}
    if not measures:
        return CaseSet()
    judged = any(isinstance(one, Conformance) for its in measures.values() for one in its)
    if question.records:
        return bulk_cases(
            loaded, measures, window.as_of, question.records, judged=judged, progress=progress
        )
    return project_cases(loaded, measures, window.as_of, judged=judged, progress=progress)


def _measured(plan: _Plan, cases: CaseSet, window: Window) -> Measured:
    process, figures = plan.process, plan.process.kpis
    told: tuple[Figure, ...] = tuple(unmeasured(kpi) for kpi in figures)
    if plan.measures:
        engine = cases.engines[process.id]
        told = tuple(figures_of(process, plan.measures, engine, window))
    return Measured(
        process=process.id,
        title=process.title,
        version=process.version,
        working=plan.working,
        figures=told,
        cases=cases.cases.get(process.id, 0),
        duplicates=cases.duplicates.get(process.id, 0),
    )
