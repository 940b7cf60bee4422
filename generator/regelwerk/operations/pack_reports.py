"""What an audit pack says of the project in it: versions, findings, key figures, clauses.

Everything here is worked out from the project in the pack alone, so that whoever has the pack can
work it out again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, tzinfo
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.model.context import resolve_names
from regelwerk.model.coverage import StandardCoverage
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.coverage import coverage
from regelwerk.operations.examine import Examination, examine
from regelwerk.operations.measure import Measurement, Question, measure
from regelwerk.operations.pack_format import Scope
from regelwerk.operations.pack_signatures import KeyUse, keys_used
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.record_run import run_records
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.operations.verify_result import SignedStage
from regelwerk.operations.verify_world import signed_stages
from regelwerk.project.load import Loaded, load
from regelwerk.project.record_files import record_files


class VersionTold(msgspec.Struct, frozen=True, kw_only=True):
    """A version on the day of the pack. `documents` says whether its documents are in the pack."""

    process: str
    title: str
    version: str
    status: Status
    on_paper: bool
    effective_from: date | None
    effective_until: date | None
    review_due: date | None
    superseded_by: str | None
    digest: str | None
    change: str
    signatures: tuple[SignedStage, ...]
    documents: bool


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a pack says; findings of definitions and approvals, and of records.

    `verdicts` maps process → version → verdict.
    """

    verdicts: Mapping[str, Mapping[str, Verdict]]
    versions: tuple[VersionTold, ...]
    keys: tuple[KeyUse, ...]
    findings: tuple[Diagnostic, ...]
    record_findings: tuple[Diagnostic, ...]
    records: int
    figures: Measurement
    coverage: tuple[StandardCoverage, ...]


def tell(root: Path, scope: Scope, progress: Progress = silent) -> tuple[Loaded, Told]:
    """Work everything out from the project at `root`; RegelwerkError where it cannot be read."""
    loaded = load(root)
    examination = examine(loaded, scope.as_of)
    clock = _clock(scope.as_of)
    files = tuple(record_files(root))
    run = run_records(loaded, scope.as_of, RecordFiles(files, (), ()), progress)
    question = Question(first=scope.first, last=scope.last)
    return loaded, Told(
        verdicts=examination.verdicts,
        versions=tuple(_versions(loaded, examination, scope)),
        keys=tuple(keys_used(loaded.project)),
        findings=tuple(_weighty(examination.findings)),
        record_findings=tuple(_without_left_out(run.findings, scope)),
        records=run.records,
        figures=measure(root, question, clock),
        coverage=coverage(root, (), (), clock).standards,
    )


def report_files(told: Told) -> Iterator[tuple[str, bytes]]:
    """The same as files of JSON."""
    figures = [msgspec.to_builtins(one) for one in told.figures.processes]
    for name, data in (
        ("versions", told.versions),
        ("keys", told.keys),
        ("findings", (*told.findings, *told.record_findings)),
        ("figures", figures),
        ("coverage", told.coverage),
    ):
        content: bytes = msgspec.json.format(msgspec.json.encode(data), indent=1)
        yield f"reports/{name}.json", content + b"\n"


def _clock(day: date) -> Callable[[tzinfo], date]:
    return lambda _zone: day


def _versions(loaded: Loaded, examination: Examination, scope: Scope) -> Iterator[VersionTold]:
    for folder in loaded.project.processes.values():
        for frozen in reversed(folder.versions):
            verdict = examination.verdicts[folder.id][frozen.version]
            names = resolve_names(loaded.project, frozen.context)
            process = frozen.definition.process if frozen.definition is not None else None
            yield VersionTold(
                process=folder.id,
                title=process.title if process is not None else folder.id,
                version=frozen.version,
                status=verdict.status,
                on_paper=verdict.on_paper,
                effective_from=verdict.effective_from,
                effective_until=verdict.effective_until,
                review_due=verdict.review_due,
                superseded_by=verdict.superseded_by,
                digest=verdict.digest,
                change=(process.change or "") if process is not None else "",
                signatures=tuple(signed_stages(verdict, names)),
                documents=_can_be_made(loaded, frozen) and was_in_force(verdict, scope),
            )


def _can_be_made(loaded: Loaded, frozen: FrozenVersion) -> bool:
    definition = frozen.definition
    return definition is not None and definition.sound and loaded.project.sound


def was_in_force(verdict: Verdict, scope: Scope) -> bool:
    """Whether a version was in force on some day of the period."""
    if not verdict.released or verdict.effective_from is None:
        return False
    late = scope.last is not None and verdict.effective_from > scope.last
    until = verdict.effective_until
    return not late and not (scope.first is not None and until is not None and until < scope.first)


def _weighty(findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Errors, and whatever is said of approvals; the rest is advice to authors."""
    for finding in findings:
        if finding.severity is Severity.ERROR or finding.code.startswith("approval/"):
            yield finding


def _without_left_out(findings: Sequence[Diagnostic], scope: Scope) -> Iterator[Diagnostic]:
    """Evidence that is left out of the pack, and was there, is not missing."""
    names = {posixpath.basename(name) for name in scope.left_out}
    for finding in findings:
        missing = finding.code == "record/evidence-missing"
        if not missing or not any(f"{name}`" in finding.message for name in names):
            yield finding
