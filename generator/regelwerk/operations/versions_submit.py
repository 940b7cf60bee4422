"""Freeze the working definition as a version that people can sign."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from regelwerk.approvals.digest import digest
from regelwerk.approvals.freeze import context_of
from regelwerk.approvals.stages import rule_of
from regelwerk.approvals.yaml_text import Value, block
from regelwerk.diagnostics import Diagnostic
from regelwerk.model.ids import version_key
from regelwerk.model.project import Definition
from regelwerk.operations.context import WORKING
from regelwerk.operations.day import Clock
from regelwerk.operations.durable import add_folder, clear_leftovers
from regelwerk.operations.lock import locked
from regelwerk.operations.versions_change import Change, change_of
from regelwerk.operations.versions_find import Opened, RefusedError, errors_of, open_process
from regelwerk.project.reading import decode, parse, read_limited
from regelwerk.project.tree import ReadingError


class Submitted(msgspec.Struct, frozen=True, kw_only=True):
    """What was frozen where, and what it changes; with `findings` (errors) nothing was."""

    root: Path
    version: str
    folder: str = ""
    digest: str = ""
    change: Change | None = None
    stages: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    files: int = 0


def submit(start: Path, process: str, effective_from: date | None, clock: Clock) -> Submitted:
    """Write `versions/<version>/` with definition, context and approvals, all of it or nothing."""
    opened = open_process(start, process)
    working = opened.folder.working
    if working is None:
        raise RefusedError(
            f"{process} has no working definition", f"write {opened.folder.folder}/process.yaml"
        )
    version = working.process.version
    findings = errors_of(opened, opened.day(clock))
    if findings:
        return Submitted(
            root=opened.root,
            version=version,
            findings=findings,
            files=len(opened.loaded.sources),
        )
    _require_raised(opened, version)
    folder = f"{opened.folder.folder}/versions/{version}"
    stages = rule_of(working.process, opened.loaded.project.organization)
    context = context_of(working.process, opened.loaded.project)
    digested = digest(working.data, context)
    files = {
        "process.yaml": _bytes_of(opened.root / working.file, working),
        "context.yaml": _text(opened.root, "context", context),
        "approvals.yaml": _text(
            opened.root, "approvals", _approvals(version, digested, effective_from)
        ),
    }
    with locked(opened.root / opened.folder.folder):
        _clear(opened.root / opened.folder.folder / "versions")
        try:
            add_folder(opened.root / folder, files)
        except FileExistsError:
            raise _taken(version) from None
    return Submitted(
        root=opened.root,
        version=version,
        folder=folder,
        digest=digested,
        change=change_of(opened.loaded, opened.folder, WORKING, opened.day(clock)),
        stages=tuple(stage.title for stage in stages),
        files=len(files),
    )


def _require_raised(opened: Opened, version: str) -> None:
    own = version_key(version)
    if own is None:
        raise RefusedError(f"`{version}` is no version", 'MAJOR.MINOR in quotes, such as "1.4"')
    for frozen in opened.folder.versions:
        if frozen.version == version:
            raise _taken(version)
        other = version_key(frozen.version)
        if other is not None and other > own:
            raise RefusedError(
                f"version {version} is lower than {frozen.version}, which is frozen already",
                "raise `version` in the working definition",
            )
    if not rule_of(_working(opened).process, opened.loaded.project.organization):
        raise RefusedError(
            "organization.yaml has no approval rule, so nobody could sign this version",
            "define one under `approval`",
        )


def _working(opened: Opened) -> Definition:
    assert opened.folder.working is not None  # noqa: S101 - looked at before
    return opened.folder.working


def _taken(version: str) -> RefusedError:
    return RefusedError(
        f"version {version} is frozen already; what is frozen never changes",
        "raise `version` in the working definition",
    )


def _bytes_of(path: Path, working: Definition) -> bytes:
    """The definition byte for byte, and surely the one that was judged."""
    try:
        content = read_limited(path)
        data = parse(decode(content), is_json=False).data
    except ReadingError as error:
        raise RefusedError(error.problem.message) from None
    if data != working.data:
        raise RefusedError("process.yaml was changed just now", "try again")
    return content


def _text(root: Path, schema: str, content: dict[str, Value]) -> bytes:
    """YAML text; with a line for editors where the project has the schema."""
    lines = list(block(content))
    name = f"schemas/{schema}.schema.json"
    if (root / name).is_file():
        lines.insert(0, f"# yaml-language-server: $schema=../../../../{name}")
    return ("\n".join(lines) + "\n").encode()


def _approvals(version: str, digested: str, effective_from: date | None) -> dict[str, Value]:
    content: dict[str, Value] = {"version": version, "digest": digested}
    if effective_from is not None:
        content["effective_from"] = effective_from.isoformat()
    return content


def _clear(versions: Path) -> None:
    if versions.is_dir():
        clear_leftovers(versions)
