"""Check case records only: each replayed against the version it names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from regelwerk.diagnostics import Diagnostic
from regelwerk.operations.check import CheckResult, is_cause
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.examine import examine
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.record_run import run_records
from regelwerk.operations.selection import select
from regelwerk.project.load import Loaded, load
from regelwerk.project.record_files import record_files
from regelwerk.project.root import find_root


def review_records(
    start: Path, paths: Sequence[Path], clock: Clock, progress: Progress = silent, jobs: int = 1
) -> CheckResult:
    """Judge the records in `paths`, all where none is given; `files` counts record files.

    What keeps records from being judged, such as an unreadable people.yaml, is said with them.
    """
    root = find_root(start)
    selection = select(root, start, paths)
    loaded = load(root)
    files = record_files(root)
    selection.require_match(files)
    chosen = [file for file in files if selection.holds(file)]
    as_of = clock(zone_of(loaded.project.organization))
    others = [file for file in files if not selection.holds(file)]
    run = run_records(loaded, as_of, chosen, others, progress, jobs=jobs)
    findings = list(run.findings)
    if run.causes:
        findings += _faults(loaded, as_of, run.causes)
    findings.sort(key=Diagnostic.sort_key)
    return CheckResult(root, tuple(findings), len(chosen), run.records)


def _faults(loaded: Loaded, as_of: date, files: frozenset[str]) -> list[Diagnostic]:
    """The errors in files on which the judgement of records rests."""
    return [finding for finding in examine(loaded, as_of).findings if is_cause(finding, files)]
