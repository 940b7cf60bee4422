"""Check case records only: each replayed against the version it names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regelwerk.diagnostics import Diagnostic
from regelwerk.operations.check import CheckResult
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.review import RecordReview
from regelwerk.operations.selection import select
from regelwerk.project.load import load
from regelwerk.project.record_files import record_files
from regelwerk.project.root import find_root


def review_records(
    start: Path, paths: Sequence[Path], clock: Clock, progress: Progress = silent
) -> CheckResult:
    """Judge the records in `paths`, all where none is given; `files` counts record files."""
    root = find_root(start)
    selection = select(root, start, paths)
    loaded = load(root)
    files = record_files(root)
    selection.require_match(files)
    chosen = [file for file in files if selection.holds(file)]
    review = RecordReview(loaded, clock(zone_of(loaded.project.organization)), files)
    findings = sorted(review.findings(chosen, progress), key=Diagnostic.sort_key)
    return CheckResult(root, tuple(findings), len(chosen), review.records)
