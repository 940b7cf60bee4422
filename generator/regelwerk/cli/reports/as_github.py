"""Findings as workflow commands, which GitHub shows beside the changed lines.

Source: GitHub Actions, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from regelwerk.cli.reports.report import Report
from regelwerk.diagnostics import Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """One line a finding."""
    return "\n".join(
        f"::{_LEVELS[finding.severity]} file={_property(finding.file)},line={finding.line},"
        f"col={finding.column},title={_property(finding.code)}::"
        + _data(finding.message + (f"\n{finding.hint}" if finding.hint else ""))
        for finding in report.findings
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
