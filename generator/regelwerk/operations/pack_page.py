"""The words of an audit pack's first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from regelwerk.artifacts.auditpack.data import Cell, Link, PageData, Part, Table, Tone
from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.model.coverage import Standing
from regelwerk.model.figure import Cell as Measured
from regelwerk.model.figure import Figure, Judgement
from regelwerk.model.version import Status
from regelwerk.operations.pack_format import PROJECT, Scope
from regelwerk.operations.pack_proof import PROVES, PROVES_NOT, commands
from regelwerk.operations.pack_records import record_tables
from regelwerk.operations.pack_reports import Told, VersionTold
from regelwerk.operations.verify_result import SignedStage
from regelwerk.project.load import Loaded

MOST_ROWS = 500
_STATUS: Mapping[Status, tuple[str, Tone]] = {
    Status.EFFECTIVE: ("in force", "good"),
    Status.APPROVED: ("approved, not yet in force", ""),
    Status.SUPERSEDED: ("superseded", "soft"),
    Status.WITHDRAWN: ("withdrawn", "bad"),
    Status.IN_APPROVAL: ("in approval", "soft"),
    Status.DRAFT: ("not approved", "bad"),
}
_STANDING: Mapping[Standing, tuple[str, Tone]] = {
    Standing.ANSWERED: ("answered", "good"),
    Standing.PARTLY: ("in part", ""),
    Standing.PLANNED: ("planned", "soft"),
    Standing.EXCLUDED: ("does not apply", "soft"),
    Standing.OPEN: ("open", "bad"),
}
_JUDGEMENT: Mapping[Judgement, tuple[str, Tone]] = {
    Judgement.MET: ("target met", "good"),
    Judgement.MISSED: ("target missed", "bad"),
    Judgement.NO_TARGET: ("no target", "soft"),
    Judgement.NO_VALUE: ("no value", "soft"),
    Judgement.WITHHELD: ("withheld", "soft"),
}


def page_data(loaded: Loaded, told: Told, scope: Scope, names: Sequence[str]) -> PageData:
    """The page; `names` are the other files of the pack, to which links may lead."""
    parts = (
        _versions(told, names),
        _keys(told, names),
        Part(
            id="records",
            title="Records",
            paragraphs=(
                (
                    "Every case that was under way in the period, and the cases that it calls. A"
                    " finding is a departure from the version by which the case was done."
                ),
                *(() if scope.cases else ("There is none.",)),
            ),
            tables=tuple(record_tables(loaded, told, MOST_ROWS)),
        ),
        _findings(told),
        _figures(told),
        _clauses(told),
        _left_out(scope),
        Part(id="proof", title="What this pack proves", entries=PROVES),
        Part(id="no-proof", title="What it does not prove", entries=PROVES_NOT),
        Part(
            id="check",
            title="Check it yourself",
            paragraphs=(
                (
                    "With regelwerk installed, nothing else is needed, no network either. "
                    "Without it, any tool for SHA-256 compares manifest.json, and OpenSSH "
                    "verifies signatures."
                ),
            ),
            commands=commands(names),
        ),
    )
    return PageData(
        title="Audit pack",
        organization=loaded.project.organization.name,
        lead="What is laid down, who approved it, what was recorded, and what came of it, as one "
        f"package that can be checked by itself. Everything is told as of {scope.as_of}.",
        facts=_facts(told, scope),
        counts=tuple(_counts(told)),
        parts=parts,
        foot="Made by regelwerk from the files in project/. Nothing on this page was written by "
        "hand; regelwerk verify makes it again and compares.",
    )


def _facts(told: Told, scope: Scope) -> dict[str, str]:
    return {
        "As of": str(scope.as_of),
        "Period": _period(scope.first, scope.last),
        "Processes": str(len(scope.processes)),
        "Cases": str(told.records),
        "Names in records": "under pseudonyms" if scope.pseudonymized else "as recorded",
    }


def _period(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return "all days"
    begin = f"from {first}" if first is not None else "up"
    return f"{begin} to {last}" if last is not None else f"{begin} on"


def _counts(told: Told) -> Iterator[tuple[str, str, Tone]]:
    in_force = sum(one.status is Status.EFFECTIVE for one in told.versions)
    wrong = _errors(told.findings)
    departures = _errors(told.record_findings)
    cells = [cell for one in _all_figures(told) for cell in one.cells if cell.complete]
    missed = sum(cell.judgement is Judgement.MISSED for cell in cells)
    met = sum(cell.judgement is Judgement.MET for cell in cells)
    opened = sum(one.count(Standing.OPEN) for one in told.coverage)
    yield "versions in force", str(in_force), "good" if in_force else "bad"
    yield "errors in definitions and approvals", str(wrong), "bad" if wrong else "good"
    yield "departures in records", str(departures), "bad" if departures else "good"
    if met + missed:
        yield "targets met", f"{met} of {met + missed}", "bad" if missed else "good"
    if told.coverage:
        yield "clauses open", str(opened), "bad" if opened else "good"


def _errors(findings: Sequence[Diagnostic]) -> int:
    return sum(one.severity is Severity.ERROR for one in findings)


def _all_figures(told: Told) -> Iterator[Figure]:
    for process in told.figures.processes:
        yield from process.figures


def _versions(told: Told, names: Sequence[str]) -> Part:
    rows = [_version(one, names) for one in told.versions]
    table = Table(
        caption="Versions, the highest of each process first",
        columns=("Process", "Version", "Status", "In force", "Signed by", "Files"),
        rows=rows,
    )
    paper = any(one.on_paper for one in told.versions)
    notes = ["Definitions are frozen: the digest under a version is that of the approved text."]
    if paper:
        notes.append("What is signed on paper is told as recorded; no tool can verify it.")
    if not rows:
        notes = ["No version of these processes has been frozen yet."]
    return Part(
        id="versions",
        title="Versions and approvals",
        paragraphs=notes,
        tables=(table,) if rows else (),
    )


def _version(one: VersionTold, names: Sequence[str]) -> Sequence[Cell]:
    word, tone = _STATUS[one.status]
    paper = " (on paper)" if one.on_paper else ""
    status = [f"{word}{paper}", *([f"by {one.superseded_by}"] if one.superseded_by else [])]
    days = [f"from {one.effective_from}"] if one.effective_from is not None else ["never"]
    days += [f"to {one.effective_until}"] if one.effective_until is not None else []
    days += [f"review by {one.review_due}"] if one.review_due is not None else []
    place = f"documents/{one.process}/{one.version}/"
    links = [Link(name.removeprefix(place), name) for name in names if name.startswith(place)]
    frozen = f"{PROJECT}process/{one.process}/versions/{one.version}"
    links += [
        Link("definition", f"{frozen}/process.yaml"),
        Link("approvals", f"{frozen}/approvals.yaml"),
    ]
    return (
        Cell((one.title,)),
        Cell((one.version, (one.digest or "").removeprefix("sha256:")[:12])),
        Cell(status, tone),
        Cell(days, "day"),
        Cell([_signed(signature) for signature in one.signatures] or ["nobody"]),
        Cell(links),
    )


def _signed(one: SignedStage) -> str:
    how = "SSH, verified" if one.method == "ssh" else "on paper"
    role = f", {'deputy ' if one.deputy else ''}{one.role}" if one.role else ""
    return f"{one.stage}: {one.name}{role}, {one.at[:10]} ({how})"


def _keys(told: Told, names: Sequence[str]) -> Part:
    used = Counter((one.fingerprint, one.name) for one in told.keys)
    rows = [
        (Cell((name,)), Cell((print_,), "mono"), Cell((str(number),), "number"))
        for (print_, name), number in sorted(used.items(), key=lambda item: item[0][1])
    ]
    if not rows:
        text = "No version here is signed with a key."
        return Part(id="keys", title="Public keys", paragraphs=(text,))
    table = Table(
        caption="Keys that signed", columns=("Person", "Fingerprint", "Signatures"), rows=rows
    )
    where = " They are in keys/." if any(name.startswith("keys/") for name in names) else ""
    return Part(
        id="keys",
        title="Public keys",
        paragraphs=(
            (
                "Compare each fingerprint with what the person tells you by another way: a key "
                f"in the pack is only as good as where it comes from.{where}"
            ),
        ),
        tables=(table,),
    )


def _findings(told: Told) -> Part:
    found = (*told.findings, *told.record_findings)
    shown = sorted(found, key=lambda one: (one.severity is not Severity.ERROR,))[:MOST_ROWS]
    if not found:
        text = "Nothing was found: definitions, approvals and records are as they should be."
        return Part(id="findings", title="Findings", paragraphs=(text,))
    rows = [
        (
            Cell((one.code,), "mono"),
            Cell((str(one.severity),), "bad" if one.severity is Severity.ERROR else ""),
            Cell((one.message,)),
            Cell((Link(f"{one.file}:{one.line}", f"{PROJECT}{one.file}"),)),
        )
        for one in shown
    ]
    table = Table(
        caption="Errors first",
        columns=("Code", "Severity", "What was found", "Where"),
        rows=rows,
        more=_more(len(found), "findings", "reports/findings.json"),
    )
    return Part(id="findings", title="Findings", tables=(table,))


def _more(number: int, what: str, where: str) -> str:
    return f"The first {MOST_ROWS} of {number} {what}; all are in {where}." * (number > MOST_ROWS)


def _figures(told: Told) -> Part:
    tables = []
    for process in told.figures.processes:
        rows = [
            (
                Cell((figure.title,)),
                Cell((cell.period.label + ("" if cell.complete else ", not over"),)),
                Cell((_value(cell.value, figure.unit),), "number"),
                Cell((str(cell.cases) if cell.cases is not None else "–",), "number"),
                Cell((_JUDGEMENT[cell.judgement][0],), _tone(cell)),
            )
            for figure in process.figures
            for cell in figure.cells
            if cell.judgement is not Judgement.NO_VALUE
        ]
        if rows:
            tables.append(
                Table(
                    caption=f"{process.title}, by version {process.version}",
                    columns=("Key figure", "Period", "Value", "Cases", "Target"),
                    rows=rows[:MOST_ROWS],
                    more=_more(len(rows), "values", "reports/figures.json"),
                )
            )
    text = (
        "Periods without a value are in reports/figures.json only."
        if tables
        else "No version in force says how a key figure is measured."
    )
    return Part(id="figures", title="Key figures", paragraphs=(text,), tables=tables)


def _tone(cell: Measured) -> Tone:
    """What is not over yet is neither good nor bad."""
    return _JUDGEMENT[cell.judgement][1] if cell.complete else "soft"


def _value(value: float | None, unit: str | None) -> str:
    if value is None:
        return "–"
    shown = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{shown} {unit}" if unit else shown


def _clauses(told: Told) -> Part:
    tables = []
    for standard in told.coverage:
        rows = [
            (
                Cell((f"{clause.clause} {clause.label}".strip(),)),
                Cell((_STANDING[clause.standing][0],), _STANDING[clause.standing][1]),
                Cell(
                    [
                        f"{answer.title} {answer.version}"
                        + (f": {', '.join(answer.step_titles)}" if answer.step_titles else "")
                        for answer in clause.answers
                    ]
                    or [clause.reason or "–"]
                ),
            )
            for clause in standard.clauses
        ]
        counted = ", ".join(
            f"{standard.count(standing)} {word}" for standing, (word, _) in _STANDING.items()
        )
        tables.append(
            Table(
                caption=f"{standard.standard}: {counted}",
                columns=("Clause", "Stands", "Answered by"),
                rows=rows,
            )
        )
    return Part(
        id="clauses",
        title="Clauses of standards",
        paragraphs=(
            "That a process names a clause is no proof that it meets it: people judge that.",
        ),
        tables=tables,
    )


def _left_out(scope: Scope) -> Part:
    entries = list(scope.notes)
    if scope.left_out:
        entries.append(
            f"{len(scope.left_out)} evidence files are named and not here; their SHA-256 stand in "
            "manifest.json, so that a file that is asked for can be compared."
        )
    text = () if entries else ("Nothing of what the records here name was left out.",)
    return Part(id="left-out", title="What is not here", paragraphs=text, entries=entries)
