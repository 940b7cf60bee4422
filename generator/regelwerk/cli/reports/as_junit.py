"""Findings as JUnit XML: errors are failures; warnings and information are output."""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape

from regelwerk.cli.reports.report import Report
from regelwerk.diagnostics import Diagnostic, Severity

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(report: Report) -> str:
    """A test suite with a test case for every file that has findings, and one for the others."""
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for finding in report.findings:
        by_file[finding.file].append(finding)
    cases = [_case(file, findings) for file, findings in sorted(by_file.items())]
    if not cases:
        cases = ['    <testcase classname="regelwerk" name="check"/>']
    failures = sum(
        any(finding.severity is Severity.ERROR for finding in findings)
        for findings in by_file.values()
    )
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<testsuites>",
            f'  <testsuite name="regelwerk" tests="{len(cases)}" failures="{failures}" errors="0">',
            *cases,
            "  </testsuite>",
            "</testsuites>",
        ]
    )


def _case(file: str, findings: list[Diagnostic]) -> str:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    others = [finding for finding in findings if finding.severity is not Severity.ERROR]
    lines = [f'    <testcase classname="regelwerk" name="{escape(_clean(file))}">']
    if errors:
        head = escape(_clean(f"{len(errors)} errors, first: {errors[0].message}"))
        lines.append(f'      <failure message="{head}">{_text(errors)}</failure>')
    if others:
        lines.append(f"      <system-out>{_text(others)}</system-out>")
    lines.append("    </testcase>")
    return "\n".join(lines)


def _text(findings: list[Diagnostic]) -> str:
    return escape(
        _clean(
            "\n".join(
                f"{finding.file}:{finding.line}:{finding.column}: {finding.severity} "
                f"[{finding.code}] {finding.message}"
                + (f" ({finding.hint})" if finding.hint else "")
                for finding in findings
            )
        ),
        quote=False,
    )


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
