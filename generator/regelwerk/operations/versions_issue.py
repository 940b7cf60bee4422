"""Render an approved version once, for good."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import msgspec

from regelwerk import __version__
from regelwerk.approvals.verdict import judge_process
from regelwerk.model.context import BuildContext
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.context import releases
from regelwerk.operations.day import Clock
from regelwerk.operations.durable import add_folder, clear_leftovers
from regelwerk.operations.issued import FOLDER, MANIFEST, Issued
from regelwerk.operations.kinds import KINDS
from regelwerk.operations.lock import locked
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.versions_find import Opened, RefusedError, errors_of, open_process
from regelwerk.operations.writing import sha256_of
from regelwerk.project.templates import TemplateFolder

# Checking out must not touch the line ends of what was issued.
_GIT_ATTRIBUTES = b"* -text\n"


def issue(start: Path, process: str, version: str, clock: Clock) -> tuple[str, tuple[str, ...]]:
    """Write `issued/` with every document of the version; its folder and files."""
    opened = open_process(start, process)
    frozen = opened.version(version)
    target = opened.root / frozen.folder / FOLDER
    if target.exists():
        raise _issued_before(version)
    today = opened.day(clock)
    errors = errors_of(opened, today)
    if errors:
        first = errors[0]
        raise RefusedError(
            f"{process} has errors, the first in {first.file}:{first.line}: {first.message}",
            "run `regelwerk check`",
        )
    context = _context(opened, frozen, today)
    files: dict[str, bytes] = {}
    kinds: dict[str, dict[str, str]] = {}
    for kind in KINDS:
        made = list(kind.render(context, TemplateFolder(opened.root)))
        kinds[kind.name] = {one.path: sha256_of(one.content) for one in made}
        files |= {one.path: one.content for one in made}
    issued = Issued(
        process=process,
        version=version,
        digest=context.verdict.digest or "",
        tool=f"regelwerk {__version__}",
        kinds=kinds,
    )
    manifest = json.dumps(msgspec.to_builtins(issued), indent=2, sort_keys=True) + "\n"
    extra = {MANIFEST: manifest.encode(), ".gitattributes": _GIT_ATTRIBUTES}
    with locked(opened.root / frozen.folder):
        clear_leftovers(opened.root / frozen.folder)
        try:
            add_folder(target, files | extra)
        except FileExistsError:
            raise _issued_before(version) from None
    return f"{frozen.folder}/{FOLDER}", tuple(sorted((*files, MANIFEST)))


def _context(opened: Opened, frozen: FrozenVersion, today: date) -> BuildContext:
    """What the version is rendered from: as on its first day in force, if that is still to come."""
    verdict = _verdicts(opened, today)[frozen.version]
    if verdict.status not in (Status.APPROVED, Status.EFFECTIVE) or verdict.effective_from is None:
        why = (
            f"it is {verdict.status.value}"
            if verdict.effective_from is not None
            else "no day is set from which it is in force"
        )
        raise RefusedError(
            f"version {frozen.version} cannot be issued: {why}",
            "all stages are signed, then the documents are issued",
        )
    day = max(today, verdict.effective_from)
    wanted = f"{opened.folder.id}/{frozen.version}"
    planned = releases(opened.loaded.project, opened.folder, _verdicts(opened, day), day)
    release = next((one for one in planned if one.folder == wanted), None)
    if release is None:
        raise RefusedError(f"version {frozen.version} will not be in force on {day}")
    return release.context


def _verdicts(opened: Opened, day: date) -> dict[str, Verdict]:
    originals = OriginalFiles(opened.root)
    judged = judge_process(opened.folder, opened.loaded.project, day, originals)
    return {version: verdict for version, (verdict, _) in judged.items()}


def _issued_before(version: str) -> RefusedError:
    return RefusedError(
        f"version {version} is issued already; what is issued never changes",
        "bring out a new version",
    )
