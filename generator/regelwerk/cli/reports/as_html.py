"""Findings as one page that a manager can read: counts first, then what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from regelwerk.cli.reports.counts import count, first_of_each, process_of
from regelwerk.diagnostics import CODES, Diagnostic, Severity, summary

_MOST_OF_EACH = 100
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_STYLE = """
:root{color-scheme:light dark;--text:#1f2328;--soft:#59636e;--line:#d1d9e0;--back:#fff;
--band:#f6f8fa;--error:#b3261e;--warning:#7a5200;--info:#0a58a8;--good:#14662f}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ed;--soft:#a3acb5;--line:#3d444d;
--back:#15181c;--band:#1f242a;--error:#ff9b93;--warning:#f0c36a;--info:#8cc4ff;--good:#7bd695}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Carlito,sans-serif;max-width:64rem;
margin:0 auto;padding:1.5rem 1rem 4rem;color:var(--text);background:var(--back)}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.3rem;margin:2.5rem 0 .5rem}
h3{font-size:1.05rem;margin:2rem 0 .25rem}
a{color:var(--info)}
table{border-collapse:collapse;width:100%;margin:.75rem 0}
th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);
vertical-align:top}
th{color:var(--soft);font-weight:600;font-size:.85rem}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:0}
.error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}
.good{color:var(--good)}.kind{font-weight:600;white-space:nowrap}
.soft,.hint,code{color:var(--soft)}
code{font:.85em/1.5 ui-monospace,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
td code{display:block}
ul.figures{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;padding:0;margin:1rem 0}
ul.figures li{flex:1 1 9rem;background:var(--band);border:1px solid var(--line);
border-radius:.5rem;padding:.6rem .9rem;color:var(--soft)}
ul.figures b{display:block;font-size:1.6rem;line-height:1.3;color:var(--text);
font-variant-numeric:tabular-nums}
ul.figures .error b{color:var(--error)}ul.figures .warning b{color:var(--warning)}
ol.findings{list-style:none;padding:0;margin:.5rem 0}
ol.findings li{border-top:1px solid var(--line);padding:.6rem 0;overflow-wrap:anywhere}
ol.findings p{margin:0}
@media (max-width:40rem){
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,td:first-child{display:block}
tr{border-bottom:1px solid var(--line);padding:.6rem 0}
td{display:inline;border:0;padding:0}td+td+td::before{content:" · ";color:var(--soft)}
td.number::after{content:" " attr(data-word)}
}
@media print{:root{color-scheme:light;--text:#000;--soft:#444;--line:#999;--back:#fff;--band:#fff;
--error:#8f1d16;--warning:#5c3d00;--info:#063b70;--good:#0c4720}
body{font-size:10pt;max-width:none;padding:0}h2,h3{break-after:avoid}
tr,ol.findings li{break-inside:avoid}a{color:inherit;text-decoration:none}@page{margin:18mm}}
"""


def page(findings: Sequence[Diagnostic], files: int, records: int) -> str:
    """A whole HTML page, without scripts and without anything from elsewhere."""
    return "".join(_page(findings, files, records))


def _page(findings: Sequence[Diagnostic], files: int, records: int) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>Case records: findings</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield "<main>\n<h1>Case records: findings</h1>\n"
    yield f"<p>{_number(records, 'record')} in {_number(files, 'file')} "
    yield f"{'was' if records == 1 else 'were'} held against the versions that "
    yield f"{'it names' if records == 1 else 'they name'}.</p>\n"
    yield from _figures(findings)
    if findings:
        yield from _overview(findings)
        yield from _details(findings)
    yield "</main>\n</body>\n</html>\n"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _figures(findings: Sequence[Diagnostic]) -> Iterator[str]:
    counts = summary(findings)
    files = len({finding.file for finding in findings if finding.severity is Severity.ERROR})
    if not counts["errors"]:
        yield '<p class="good"><b>No errors.</b> '
        yield "Every record keeps to its process.</p>\n" if not findings else "</p>\n"
    yield '<ul class="figures">\n'
    for severity, word in _WORDS.items():
        number = counts[f"{severity}s"]
        kind = str(severity) if number else "soft"
        where = f" in {_number(files, 'file')}" if severity is Severity.ERROR and files else ""
        plural = "" if number == 1 else "s"
        yield f'<li class="{kind}"><b>{number:,}</b>{word}{plural}{where}</li>\n'
    yield "</ul>\n"


def _overview(findings: Sequence[Diagnostic]) -> Iterator[str]:
    yield "<h2>What was found how often</h2>\n<table>\n<thead><tr><th>What it means</th>"
    yield '<th>Process</th><th>Kind</th><th class="number">Number</th></tr></thead>\n<tbody>\n'
    for place, (severity, code, process, number) in enumerate(count(findings)):
        word = _WORDS[severity]
        yield f'<tr><td><a href="#found-{place}">{_meaning(code)}</a> '
        yield f"<code>{escape(code)}</code></td><td>{escape(process)}</td>"
        yield f'<td class="kind {severity}">{word}</td>'
        yield f'<td class="number" data-word="{"time" if number == 1 else "times"}">'
        yield f"{number:,}</td></tr>\n"
    yield "</tbody>\n</table>\n"


def _meaning(code: str) -> str:
    """What a code means, as a heading says it."""
    known = CODES.get(code)
    return escape(known.meaning.removesuffix(".") if known is not None else code)


def _details(findings: Sequence[Diagnostic]) -> Iterator[str]:
    groups: dict[tuple[Severity, str, str], list[Diagnostic]] = defaultdict(list)
    for finding in first_of_each(findings, _MOST_OF_EACH):
        groups[finding.severity, finding.code, process_of(finding)].append(finding)
    yield "<h2>The findings</h2>\n"
    for place, (severity, code, process, number) in enumerate(count(findings)):
        shown = groups[severity, code, process]
        yield f'<h3 id="found-{place}">{_meaning(code)} '
        yield f'<span class="soft">· {escape(process)} · '
        yield f'<span class="{severity}">{_number(number, _WORDS[severity])}</span></span></h3>\n'
        if len(shown) < number:
            yield f'<p class="soft">The first {len(shown):,}; a report in JSON holds all.</p>\n'
        yield '<ol class="findings">\n'
        for finding in shown:
            where = escape(f"{finding.file}:{finding.line}:{finding.column}")
            yield f"<li><p>{escape(finding.message)}</p>"
            if finding.hint:
                yield f'<p class="hint">{escape(finding.hint)}</p>'
            yield f"<p><code>{where}</code></p></li>\n"
        yield "</ol>\n"
