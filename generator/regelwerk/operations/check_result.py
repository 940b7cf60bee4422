"""What checking gives: findings, and how much was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity


class CheckResult(msgspec.Struct, frozen=True):
    """Findings in reading order; how many files (those of records too) and records were read."""

    root: Path
    findings: Sequence[Diagnostic]
    files: int
    records: int


def is_cause(finding: Diagnostic, causes: frozenset[str]) -> bool:
    """Whether records cannot be judged because of it; silence would look like "all good"."""
    return finding.file in causes and finding.severity is Severity.ERROR
