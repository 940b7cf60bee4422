"""A checklist for one case, filled in with what its record says already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.errors import UsageError
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.import_form import Definitions
from regelwerk.operations.new_record import frozen_version, process_folder, require_case_id
from regelwerk.project.load import load
from regelwerk.project.record_files import read_records, record_files
from regelwerk.project.root import find_root
from regelwerk.project.templates import TemplateFolder


def new_form(
    start: Path,
    process: str,
    case: str,
    version: str | None,
    kind: Literal["docx", "xlsx"],
    target: Path,
    clock: Clock,
) -> None:
    """Write the form of a case; UsageError where that makes no sense, or `target` is there."""
    root = find_root(start)
    loaded = load(root)
    folder = process_folder(loaded, process)
    require_case_id(case)
    day = clock(zone_of(loaded.project.organization))
    record = _record(root, case)
    if record is not None:
        version = _version_of(record, process, case, version)
    frozen = frozen_version(loaded, folder, version, day)
    context = Definitions(loaded, day).context(process, frozen.version)
    if context is None:
        raise UsageError(f"version {frozen.version} of {process} cannot be read", "run `check`")
    filled = record if record is not None else {"case": case}
    if kind == "docx":
        content = render_checklist(context, TemplateFolder(root), filled).content
    else:
        content = render_workbook(context, filled).content
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise UsageError(f"{target} is there already; nothing was written") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{target} cannot be written: {reason}") from error


def _record(root: Path, case: str) -> Mapping[str, Any] | None:
    for file in record_files(root):
        for source in read_records(root, file):
            data = source.tree.data
            if isinstance(data, dict) and data.get("case") == case:
                return data
    return None


def _version_of(record: Mapping[str, Any], process: str, case: str, wanted: str | None) -> str:
    """The version by which a case is recorded, if it is the one wanted."""
    if "erased" in record:
        raise UsageError(
            f"the record of case {record.get('case')} was erased, as its retention was over",
            "a case that goes on needs an id of its own",
        )
    known, version = record.get("process"), record.get("version")
    if known != process or not isinstance(version, str) or wanted not in (None, version):
        raise UsageError(
            f"case {case} is recorded by {known} {version}",
            "a case stays with its process and its version",
        )
    return version
