"""Every version of every process: where it stands, who has signed, from when, review by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from regelwerk.approvals.digest import digest
from regelwerk.approvals.verdict import judge_process
from regelwerk.diagnostics import did_you_mean
from regelwerk.errors import UsageError
from regelwerk.model.project import ProcessFolder
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.originals import OriginalFiles
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root


class StageRow(msgspec.Struct, frozen=True):
    """A stage, and who has signed it with a signature that counts (names)."""

    stage: str
    signed_by: tuple[str, ...]
    needed: int


class VersionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One version on a day. `frozen` is False for the working definition, which says more."""

    process: str
    title: str
    version: str
    status: Status
    frozen: bool
    on_paper: bool = False
    stages: tuple[StageRow, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None
    review_due: date | None = None
    issued: bool = False
    digest: str | None = None


def list_versions(start: Path, processes: Sequence[str], clock: Clock) -> tuple[VersionRow, ...]:
    """The versions of the processes named, of all where none is; highest version first."""
    loaded = load(find_root(start))
    project = loaded.project
    for process in processes:
        if process not in project.processes:
            hint = did_you_mean(process, project.processes)
            known = ", ".join(f"`{name}`" for name in project.processes)
            raise UsageError(f"there is no process `{process}`", hint or f"there are: {known}")
    as_of = clock(zone_of(project.organization))
    return tuple(
        row
        for folder in project.processes.values()
        if not processes or folder.id in processes
        for row in _rows(loaded, folder, as_of)
    )


def _rows(loaded: Loaded, folder: ProcessFolder, as_of: date) -> Iterator[VersionRow]:
    project = loaded.project
    title = project.title_of_process(folder.id) or folder.id
    working = folder.working
    if working is not None and not _is_frozen(folder):
        yield VersionRow(
            process=folder.id,
            title=title,
            version=working.process.version,
            status=Status.DRAFT,
            frozen=False,
        )
    judged = judge_process(folder, project, as_of, OriginalFiles(loaded.root))
    for frozen in reversed(folder.versions):
        verdict = judged[frozen.version][0]
        yield VersionRow(
            process=folder.id,
            title=title,
            version=frozen.version,
            status=verdict.status,
            frozen=True,
            on_paper=verdict.on_paper,
            stages=tuple(_stages(loaded, verdict)),
            effective_from=verdict.effective_from,
            effective_until=verdict.effective_until,
            review_due=verdict.review_due,
            issued=(loaded.root / frozen.folder / "issued" / "manifest.json").is_file(),
            digest=verdict.digest,
        )


def _is_frozen(folder: ProcessFolder) -> bool:
    """Whether a frozen version says what the working definition says."""
    own = digest(folder.working.data, None) if folder.working is not None else None
    return any(
        digest(frozen.definition.data, None) == own
        for frozen in folder.versions
        if frozen.definition is not None
    )


def _stages(loaded: Loaded, verdict: Verdict) -> Iterator[StageRow]:
    people = loaded.project.people
    for stage in verdict.stages:
        names = tuple(
            people[one.by].name if one.by in people else one.by for one in stage.signatures
        )
        yield StageRow(stage.title, names, stage.needed)
