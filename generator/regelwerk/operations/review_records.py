"""Check case records only: each replayed against the version it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import IO

from regelwerk.diagnostics import Diagnostic
from regelwerk.operations.check_result import CheckResult, is_cause
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.kept_findings import KeptFindings
from regelwerk.operations.piped import kept, named
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.record_run import RecordRun, run_records
from regelwerk.operations.record_selection import RecordFiles, select_records
from regelwerk.project.load import Loaded, load
from regelwerk.project.record_files import record_files
from regelwerk.project.root import find_root

# Chooses, in a project, which of some files are judged.
Narrow = Callable[[Path, RecordFiles], RecordFiles]


def review_records(
    start: Path,
    paths: Sequence[Path],
    clock: Clock,
    progress: Progress = silent,
    *,
    jobs: int = 1,
    folders: Sequence[Path] = (),
    pipe: IO[bytes] | None = None,
    narrow: Narrow | None = None,
) -> CheckResult:
    """Judge the records in `paths`, all where none is given; `files` counts record files.

    `folders` hold more records, outside the project; `pipe` brings some as JSON lines, which are
    then the only ones that are judged. What keeps records from being judged, such as an unreadable
    people.yaml, is said with them. The result does not depend on `jobs`, the worker processes.
    `narrow` chooses among the files; those left out are read for the ids of their cases only.
    """
    root = find_root(start)
    with ExitStack() as stack:
        piped = stack.enter_context(kept(pipe)) if pipe is not None else None
        if piped is None:
            files = select_records(root, start, paths, folders)
            files = files if narrow is None else narrow(root, files)
        else:
            others = tuple(record_files(root))
            files = RecordFiles((piped.as_posix(),), others, (piped.parent,))
        loaded = load(root)
        as_of = clock(zone_of(loaded.project.organization))
        run = run_records(loaded, as_of, files, progress, jobs=jobs)
    findings = _with_causes(loaded, as_of, run)
    if piped is not None:
        findings = findings.mapped(lambda finding: named(finding, piped)).in_order()
    return CheckResult(root, findings, len(files.chosen), run.records)


def _with_causes(loaded: Loaded, as_of: date, run: RecordRun) -> KeptFindings:
    """The findings, and the errors in files on which the judgement of records rests."""
    if not run.causes:
        return run.findings
    from regelwerk.operations.examine import examine

    examined = examine(loaded, as_of).findings
    causes = [finding for finding in examined if is_cause(finding, run.causes)]
    return run.findings.with_others(sorted(causes, key=Diagnostic.sort_key))
