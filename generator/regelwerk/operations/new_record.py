"""Begin the record of a new case."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from regelwerk.approvals.verdict import in_force
from regelwerk.diagnostics import did_you_mean
from regelwerk.errors import UsageError
from regelwerk.model.project import FrozenVersion, ProcessFolder
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.durable import add_file
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.write_schemas import FOLDER as SCHEMAS
from regelwerk.project.load import Loaded, load
from regelwerk.project.record_files import read_records, record_files
from regelwerk.project.root import find_root
from regelwerk.records.blank import blank_record
from regelwerk.records.schema import schema_name

_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def new_record(start: Path, process: str, case: str, version: str | None, clock: Clock) -> str:
    """Write an empty record and give its path; UsageError where that makes no sense."""
    root = find_root(start)
    loaded = load(root)
    folder = process_folder(loaded, process)
    require_case_id(case)
    day = clock(zone_of(loaded.project.organization))
    frozen = frozen_version(loaded, folder, version, day)
    if frozen.definition is None:
        raise UsageError(f"version {frozen.version} of {process} cannot be read", "run `check`")
    file = f"{folder.folder}/records/{case}.yaml"
    _refuse_known_case(root, file, case)
    schema = f"../../../{SCHEMAS}/{schema_name(process, frozen.version)}"
    known = (root / folder.folder / "records" / schema).resolve().is_file()
    text = blank_record(
        frozen.definition.process,
        frozen.version,
        case,
        day,
        schema=schema if known else None,
    )
    _write(root, file, text)
    return file


def _write(root: Path, file: str, text: str) -> None:
    """Write a new record, whole or not at all, into the project itself."""
    path = root / file
    if not path.parent.resolve().is_relative_to(root.resolve()):
        folder = file.rpartition("/")[0]
        raise UsageError(
            f"{folder} leads out of the project; nothing was written",
            "make it a folder of the project instead of a link",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        add_file(path, text.encode())
    except FileExistsError:
        raise UsageError(f"{file} is there already; nothing was written") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{file} cannot be written: {reason}") from error


def process_folder(loaded: Loaded, process: str) -> ProcessFolder:
    """A process of the project; UsageError where there is none of that name."""
    folder = loaded.project.processes.get(process)
    if folder is None:
        hint = did_you_mean(process, loaded.project.processes)
        known = ", ".join(f"`{name}`" for name in loaded.project.processes)
        raise UsageError(f"there is no process `{process}`", hint or f"there are: {known}")
    return folder


def require_case_id(case: str) -> None:
    """UsageError where a text cannot be a case's id."""
    if _CASE.fullmatch(case) is None or _DEVICE.fullmatch(case):
        raise UsageError(
            f"`{case}` cannot be a case's id",
            "letters, digits, `.`, `_` and `-`, at most 64, beginning with a letter or digit",
        )


def frozen_version(
    loaded: Loaded, folder: ProcessFolder, version: str | None, day: date
) -> FrozenVersion:
    """The version asked for, None: the one in force; UsageError where there is none."""
    if version is None:
        found = in_force(folder, loaded.project, day, OriginalFiles(loaded.root))
        if found is None:
            raise UsageError(
                f"no version of {folder.id} is in force on {day}",
                "a case is recorded against a version that people have approved; "
                f"`regelwerk versions submit {folder.id}` begins that",
            )
        return found
    frozen = folder.version(version)
    if frozen is None:
        kept = ", ".join(one.version for one in folder.versions) or "none"
        raise UsageError(
            f"there is no version {version} of {folder.id}",
            f"kept here: {kept}; by a draft nobody works",
        )
    return frozen


def _refuse_known_case(root: Path, file: str, case: str) -> None:
    for other in record_files(root):
        for source in read_records(root, other):
            if isinstance(source.tree.data, dict) and source.tree.data.get("case") == case:
                raise UsageError(f"case {case} is recorded already, in {other}:{source.line}")
    if (root / file).exists():
        raise UsageError(f"{file} is there already; nothing was written")
