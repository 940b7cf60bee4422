"""What differs between two versions of a process, and the redline of their documents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from regelwerk.artifacts.comparison import Comparison, compare
from regelwerk.diagnostics import Diagnostic, Severity, did_you_mean
from regelwerk.errors import UsageError
from regelwerk.model.context import BuildContext
from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE, ProcessFolder
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.context import WORKING, release_of
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.examine import examine
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root
from regelwerk.project.templates import TemplateFolder

_SHARED = (ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE)


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """The difference; `comparison` is None where `findings` (errors only) are in the way."""

    root: Path
    files: int
    findings: tuple[Diagnostic, ...]
    comparison: Comparison | None = None
    redline: bytes | None = None


def diff(
    start: Path, process: str, old: str | None, new: str | None, clock: Clock, *, redline: bool
) -> Diff:
    """Compare two versions; `working` is the working definition.

    `old` None means the version in force, else the highest kept; `new` None means `working`. With
    `redline` both documents are rendered, for which neither may have errors. UsageError where there
    is no such process or version, MissingExtraError where the redline needs what is not installed.
    """
    root = find_root(start)
    loaded = load(root)
    folder = _folder(loaded, process)
    as_of = clock(zone_of(loaded.project.organization))
    examination = examine(loaded, as_of)
    verdicts = examination.verdicts[process]
    chosen = (old or _before(folder, verdicts), new or WORKING)
    contexts = []
    for name in chosen:
        release = release_of(loaded.project, folder, verdicts, as_of, name)
        if release is None:
            raise UsageError(f"{process} has no version {name} that can be read", _kept(folder))
        contexts.append(release.context)
    before, after = contexts
    sound = loaded.project.sound and before.definition.sound and after.definition.sound
    errors = _errors(examination.findings, process) if redline or not sound else ()
    if errors:
        return Diff(root=root, files=len(loaded.sources), findings=errors)
    return Diff(
        root=root,
        files=len(loaded.sources),
        findings=(),
        comparison=compare(before, after),
        redline=_redline(before, after, root) if redline else None,
    )


def _folder(loaded: Loaded, process: str) -> ProcessFolder:
    folder = loaded.project.processes.get(process)
    if folder is None:
        hint = did_you_mean(process, loaded.project.processes)
        known = ", ".join(f"`{name}`" for name in loaded.project.processes)
        raise UsageError(f"there is no process `{process}`", hint or f"there are: {known}")
    return folder


def _before(folder: ProcessFolder, verdicts: Mapping[str, Verdict]) -> str:
    """The version in force, else the highest that is kept."""
    kept = [frozen.version for frozen in folder.versions if frozen.version in verdicts]
    if not kept:
        raise UsageError(
            f"{folder.id} has no version to compare with",
            "versions are kept in the process's folder `versions`",
        )
    in_force = (name for name in kept if verdicts[name].status is Status.EFFECTIVE)
    return next(in_force, kept[-1])


def _kept(folder: ProcessFolder) -> str:
    kept = ", ".join(frozen.version for frozen in folder.versions) or "none"
    return f"kept here: {kept}; `{WORKING}` is the next one"


def _errors(findings: tuple[Diagnostic, ...], process: str) -> tuple[Diagnostic, ...]:
    own = f"process/{process}/"
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.ERROR
        and (finding.file in _SHARED or finding.file.startswith(own))
    )


def _redline(old: BuildContext, new: BuildContext, root: Path) -> bytes:
    from regelwerk.artifacts.comparison.redline import redline
    from regelwerk.artifacts.document.render import render_document

    templates = TemplateFolder(root)
    before, after = (render_document(context, templates).content for context in (old, new))
    return redline(before, after)
