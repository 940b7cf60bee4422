"""Which versions of which processes are built, and what their renderers are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from regelwerk.approvals.digest import digest
from regelwerk.model.context import BuildContext, VersionEntry, resolve_names
from regelwerk.model.ids import version_key
from regelwerk.model.project import Definition, FrozenVersion, ProcessFolder, Project
from regelwerk.model.version import Status, Verdict

DRAFT_FOLDER = "draft"
WORKING = "working"
"""How the working definition is asked for where versions are."""


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """One version to build: its folder below the output folder, and its context."""

    folder: str
    context: BuildContext


def releases(
    project: Project,
    folder: ProcessFolder,
    verdicts: Mapping[str, Verdict],
    as_of: date,
) -> Iterator[Release]:
    """The version in force, and the working definition where it says something else."""
    in_force = _in_force(folder, verdicts)
    if in_force is not None:
        release = _frozen(project, folder, verdicts, as_of, in_force)
        if release is not None:
            yield release
    working = folder.working
    if working is not None and not _same_text(working, in_force):
        yield _draft(project, folder, verdicts, as_of, working)


def release_of(
    project: Project,
    folder: ProcessFolder,
    verdicts: Mapping[str, Verdict],
    as_of: date,
    version: str | None,
) -> Release | None:
    """One version: a frozen one, or `working`; None means the one in force, else the working one.

    None where there is no such version, or it cannot be read.
    """
    if version is None:
        return next(releases(project, folder, verdicts, as_of), None)
    if version == WORKING:
        working = folder.working
        return _draft(project, folder, verdicts, as_of, working) if working is not None else None
    frozen = folder.version(version)
    if frozen is None or version not in verdicts:
        return None
    return _frozen(project, folder, verdicts, as_of, frozen)


def _frozen(
    project: Project,
    folder: ProcessFolder,
    verdicts: Mapping[str, Verdict],
    as_of: date,
    frozen: FrozenVersion,
) -> Release | None:
    if frozen.definition is None:
        return None
    context = BuildContext(
        project=project,
        definition=frozen.definition,
        verdict=verdicts[frozen.version],
        names=resolve_names(project, frozen.context, _signers(frozen)),
        as_of=as_of,
        working=False,
        versions=_history(folder, verdicts),
    )
    return Release(folder=f"{folder.id}/{frozen.version}", context=context)


def _signers(frozen: FrozenVersion) -> dict[str, str]:
    """Names that the signatures of a version keep themselves, the first of each person."""
    found: dict[str, str] = {}
    for one in frozen.approvals.signatures if frozen.approvals is not None else ():
        if one.name is not None:
            found.setdefault(one.by, one.name)
    return found


def _draft(
    project: Project,
    folder: ProcessFolder,
    verdicts: Mapping[str, Verdict],
    as_of: date,
    working: Definition,
) -> Release:
    context = BuildContext(
        project=project,
        definition=working,
        verdict=Verdict(
            version=working.process.version,
            status=Status.DRAFT,
            digest=digest(working.data, None),
        ),
        names=resolve_names(project, None),
        as_of=as_of,
        working=True,
        versions=_history(folder, verdicts),
    )
    return Release(folder=f"{folder.id}/{DRAFT_FOLDER}", context=context)


def _in_force(folder: ProcessFolder, verdicts: Mapping[str, Verdict]) -> FrozenVersion | None:
    return next(
        (
            frozen
            for frozen in folder.versions
            if (verdict := verdicts.get(frozen.version)) is not None
            and verdict.status is Status.EFFECTIVE
        ),
        None,
    )


def _same_text(working: Definition, in_force: FrozenVersion | None) -> bool:
    if in_force is None or in_force.definition is None:
        return False
    return digest(working.data, None) == digest(in_force.definition.data, None)


def _history(folder: ProcessFolder, verdicts: Mapping[str, Verdict]) -> tuple[VersionEntry, ...]:
    kept = sorted(folder.versions, key=lambda frozen: version_key(frozen.version) or (0, 0))
    return tuple(
        VersionEntry(
            version=frozen.version,
            verdict=verdicts[frozen.version],
            change=frozen.definition.process.change if frozen.definition else None,
        )
        for frozen in reversed(kept)
        if frozen.version in verdicts
    )
