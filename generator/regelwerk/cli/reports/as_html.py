"""Findings as one page that a manager can read: counts first, then what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from regelwerk.cli.reports.counts import count, first_of_each
from regelwerk.diagnostics import CODES, Diagnostic, summary

_MOST_OF_EACH = 100
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ccc;vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.error{color:#a00}.warning{color:#850}.info{color:#05a}
code{font-size:.9em;overflow-wrap:anywhere}.hint{color:#555}
"""


def page(findings: Sequence[Diagnostic], files: int, records: int) -> str:
    """A whole HTML page, without scripts and without anything from elsewhere."""
    return "".join(_page(findings, files, records))


def _page(findings: Sequence[Diagnostic], files: int, records: int) -> Iterator[str]:
    counts = summary(findings)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>Case records: findings</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield "<h1>Case records: findings</h1>\n"
    yield f"<p>{records:,} records in {files:,} files were checked: "
    yield f"{counts['errors']:,} errors, {counts['warnings']:,} warnings, "
    yield f"{counts['infos']:,} notes.</p>\n"
    if findings:
        yield from _overview(findings)
        yield from _details(findings)
    else:
        yield "<p>Every record keeps to its process.</p>\n"
    yield "</body>\n</html>\n"


def _overview(findings: Sequence[Diagnostic]) -> Iterator[str]:
    yield "<h2>What was found how often</h2>\n<table>\n<thead><tr><th>Kind</th><th>Finding</th>"
    yield '<th>What it means</th><th>Process</th><th class="number">Number</th></tr></thead>\n'
    yield "<tbody>\n"
    for severity, code, process, number in count(findings):
        known = CODES.get(code)
        meaning = escape(known.meaning) if known is not None else ""
        yield f'<tr><td class="{severity}">{severity}</td><td><code>{escape(code)}</code></td>'
        yield f"<td>{meaning}</td><td>{escape(process)}</td>"
        yield f'<td class="number">{number:,}</td></tr>\n'
    yield "</tbody>\n</table>\n"


def _details(findings: Sequence[Diagnostic]) -> Iterator[str]:
    shown = first_of_each(findings, _MOST_OF_EACH)
    yield "<h2>The findings</h2>\n"
    if len(shown) < len(findings):
        yield f"<p>The first {_MOST_OF_EACH} of each kind and process, {len(shown):,} of "
        yield f"{len(findings):,}; a report in JSON holds all.</p>\n"
    yield "<table>\n<thead><tr><th>Where</th><th>What</th></tr></thead>\n<tbody>\n"
    for finding in shown:
        place = escape(f"{finding.file}:{finding.line}:{finding.column}")
        yield f'<tr><td><code>{place}</code></td><td><span class="{finding.severity}">'
        yield f"{escape(finding.code)}</span> {escape(finding.message)}"
        if finding.hint:
            yield f'<br><span class="hint">{escape(finding.hint)}</span>'
        yield "</td></tr>\n"
    yield "</tbody>\n</table>\n"
