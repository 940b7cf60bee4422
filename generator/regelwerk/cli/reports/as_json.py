"""Findings as one JSON object: `{"findings": […], "summary": {…}}`."""

from __future__ import annotations

import json

import msgspec

from regelwerk.cli.reports.report import Report
from regelwerk.diagnostics import summary


def render(report: Report) -> str:
    """Every finding with all its keys, and the counts."""
    counts = {"files": report.files, "records": report.records, **summary(report.findings)}
    findings = [msgspec.structs.asdict(finding) for finding in report.findings]
    return json.dumps({"findings": findings, "summary": counts}, ensure_ascii=False, indent=2)
