"""The key figures that the handbook draws: numbers only, and none of a few cases."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from regelwerk.figures.compute import Window, figures_of, measures_of
from regelwerk.figures.measure import Conformance, Measure
from regelwerk.model.figure import Figure
from regelwerk.operations.context import Release
from regelwerk.operations.progress import silent
from regelwerk.project.load import Loaded
from regelwerk.project.record_files import record_files

MIN_CASES = 3
_YEARS = 24


def is_measured(planned: Sequence[Release]) -> bool:
    """Whether any of the versions says how a key figure is measured."""
    return any(kpi.measure for one in planned for kpi in one.context.definition.process.kpis)


def records_state(root: Path) -> str:
    """A digest of all records, and of the names and sizes of what lies beside them as evidence."""
    digest = sha256()
    records = set(record_files(root))
    for folder in sorted((root / "process").glob("*/records")):
        for place, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(place) / name
                file = path.relative_to(root).as_posix()
                digest.update(f"{file}\0{_state(path, is_record=file in records)}\0".encode())
    return digest.hexdigest()


def _state(path: Path, *, is_record: bool) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest() if is_record else str(path.stat().st_size)
    except OSError:
        return "unreadable"


def with_figures(loaded: Loaded, planned: Sequence[Release]) -> list[Release]:
    """The releases, each with the figures of its definition: its own periods, else years."""
    measures = [_measures(loaded, one) for one in planned]
    wanted = {
        one.context.definition.process.id for one, m in zip(planned, measures, strict=True) if m
    }
    if not wanted:
        return list(planned)
    from regelwerk.operations.measured_cases import project_cases

    as_of = planned[0].context.as_of
    cases = project_cases(
        loaded,
        wanted,
        as_of,
        judged=any(isinstance(one, Conformance) for its in measures for one in its.values()),
        progress=silent,
    )
    window = Window(
        as_of=as_of,
        not_before=as_of.replace(year=max(1, as_of.year - _YEARS + 1), month=1, day=1),
        fallback="year",
        min_cases=MIN_CASES,
    )
    return [
        _filled(one, tuple(figures_of(process, its, cases.engines[process.id], window)))
        if its and (process := one.context.definition.process)
        else one
        for one, its in zip(planned, measures, strict=True)
    ]


def _measures(loaded: Loaded, release: Release) -> Mapping[str, Measure]:
    process = release.context.definition.process
    folder = loaded.project.processes[process.id]
    versions = (one.process for one in folder.definitions() if one.version is not None)
    return measures_of(process, versions)


def _filled(release: Release, figures: tuple[Figure, ...]) -> Release:
    context = msgspec.structs.replace(release.context, figures=figures)
    return msgspec.structs.replace(release, context=context)
