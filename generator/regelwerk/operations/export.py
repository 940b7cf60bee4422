"""One definition in the format of other programs."""

from __future__ import annotations

from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity, did_you_mean
from regelwerk.errors import UsageError
from regelwerk.exchange.bpmn.write import write
from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE
from regelwerk.operations.context import WORKING, release_of
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.diagram import diagram_of
from regelwerk.operations.examine import examine
from regelwerk.project.load import load
from regelwerk.project.root import find_root

_SHARED = (ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE)


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What was exported; `content` is None where `findings` (errors only) are in the way."""

    root: Path
    files: int
    version: str
    content: bytes | None
    findings: tuple[Diagnostic, ...]


def export_bpmn(start: Path, process: str, version: str | None, clock: Clock) -> Export:
    """One version of a process as BPMN 2.0.

    `version` None means what `build` makes: the one in force, else the working definition, which
    can also be asked for as `working`. UsageError where there is no such process or version.
    """
    root = find_root(start)
    loaded = load(root)
    folder = loaded.project.processes.get(process)
    if folder is None:
        hint = did_you_mean(process, loaded.project.processes)
        known = ", ".join(f"`{name}`" for name in loaded.project.processes)
        raise UsageError(f"there is no process `{process}`", hint or f"there are: {known}")
    as_of = clock(zone_of(loaded.project.organization))
    examination = examine(loaded, as_of)
    own = f"process/{process}/"
    errors = tuple(
        finding
        for finding in examination.findings
        if finding.severity is Severity.ERROR
        and (finding.file in _SHARED or finding.file.startswith(own))
    )
    release = (
        None
        if errors
        else release_of(loaded.project, folder, examination.verdicts[process], as_of, version)
    )
    if release is None and not errors:
        kept = ", ".join(one.version for one in folder.versions) or "none"
        wanted = "a version that can be read" if version is None else f"version {version}"
        raise UsageError(
            f"{process} has no {wanted}",
            f"kept here: {kept}; `{WORKING}` is the working definition",
        )
    return Export(
        root=root,
        files=len(loaded.sources),
        version="" if release is None else release.context.definition.process.version,
        content=None if release is None else write(diagram_of(release.context)),
        findings=errors,
    )
