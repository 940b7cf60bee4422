"""Many findings at a glance: how many of each code in each process, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from regelwerk.diagnostics import Diagnostic, Severity

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def process_of(finding: Diagnostic) -> str:
    """The process in whose folder the file lies; else the file's own folder."""
    parts = finding.file.split("/")
    if parts[0] == "process" and len(parts) > 2:
        return parts[1]
    return "/".join(parts[:-1]) or finding.file


def count(findings: Iterable[Diagnostic]) -> list[tuple[Severity, str, str, int]]:
    """Severity, code, process and number; errors first, then the most frequent."""
    counted = Counter((one.severity, one.code, process_of(one)) for one in findings)
    rows = [(severity, code, process, n) for (severity, code, process), n in counted.items()]
    return sorted(rows, key=lambda row: (_ORDER[row[0]], -row[3], row[1], row[2]))


def first_of_each(findings: Sequence[Diagnostic], most: int) -> list[Diagnostic]:
    """The first findings of each code and process, in their order."""
    seen: Counter[tuple[str, str]] = Counter()
    shown = []
    for finding in findings:
        key = (finding.code, process_of(finding))
        seen[key] += 1
        if seen[key] <= most:
            shown.append(finding)
    return shown
