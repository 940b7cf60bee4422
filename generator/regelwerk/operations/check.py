"""Check a whole project: definitions, approvals, templates, generated schemas and records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from regelwerk.approvals.trust import Trust
from regelwerk.diagnostics import Diagnostic, Problem
from regelwerk.operations.check_result import CheckResult, is_cause
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.examine import examine
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.selection import select
from regelwerk.operations.write_schemas import generated_schemas, stale_schemas
from regelwerk.project.load import Loaded, load
from regelwerk.project.record_files import record_files
from regelwerk.project.root import find_root
from regelwerk.project.source import place
from regelwerk.project.templates import TemplateFolder
from regelwerk.project.translations import catalogues

_TEMPLATE_AREAS = ("document", "checklist", "email", "handbook")


def check(
    start: Path,
    paths: Sequence[Path],
    clock: Clock,
    progress: Progress = silent,
    trust: str | None = None,
    jobs: int = 1,
) -> CheckResult:
    """Check what lies in `paths`, everything where none is given.

    `trust` is the git ref whose people, keys and approval rules count instead of those here.
    Records are judged by `jobs` processes, on which the result does not depend.
    """
    root = find_root(start)
    selection = select(root, start, paths)
    loaded = load(root)
    as_of = clock(zone_of(loaded.project.organization))
    records = record_files(root)
    templates = _template_files(root)
    words = catalogues(root)
    read = [*loaded.sources, *templates, *words, *records]
    selection.require_match([*read, *generated_schemas(root)])

    trusted = _trusted(root, trust, as_of)
    examination = examine(loaded, as_of, trusted)
    chosen = [file for file in records if selection.holds(file)]
    judged, number, causes = _records(loaded, as_of, records, chosen, progress, jobs)
    findings = [
        *examination.findings,
        *_templates(loaded, [file for file in templates if selection.holds(file)]),
        *(place(problem, loaded.sources) for problem in stale_schemas(loaded)),
        *judged,
        *_changes_of_trust(loaded, trusted),
    ]
    shown = [f for f in findings if selection.holds(f.file) or is_cause(f, causes)]
    files = [file for file in read if selection.holds(file)]
    return CheckResult(
        root=root,
        findings=tuple(sorted(shown, key=Diagnostic.sort_key)),
        files=len(files),
        records=number,
    )


def _trusted(root: Path, ref: str | None, as_of: date) -> Trust | None:
    if ref is None:
        return None
    from regelwerk.operations.trusted import trusted_state

    return trusted_state(root, ref, as_of)


def _changes_of_trust(loaded: Loaded, trusted: Trust | None) -> list[Diagnostic]:
    if trusted is None:
        return []
    from regelwerk.operations.trusted import changes_of_trust

    return list(changes_of_trust(loaded, trusted))


def _records(
    loaded: Loaded,
    as_of: date,
    files: Sequence[str],
    chosen: Sequence[str],
    progress: Progress,
    jobs: int,
) -> tuple[list[Diagnostic], int, frozenset[str]]:
    """Findings of the chosen record files, the number of records, and what keeps them unjudged."""
    if not chosen:
        return [], 0, frozenset()
    from regelwerk.operations.record_run import run_records
    from regelwerk.operations.record_selection import RecordFiles

    among = set(chosen)
    others = tuple(file for file in files if file not in among)
    among_files = RecordFiles(tuple(chosen), others, ())
    run = run_records(loaded, as_of, among_files, progress, jobs=jobs)
    return list(run.findings), run.records, run.causes


def _template_files(root: Path) -> list[str]:
    """The project's own templates; packaged ones are not the user's to mend."""
    return sorted(
        path.relative_to(root).as_posix()
        for area in _TEMPLATE_AREAS
        for path in (root / "templates" / area).rglob("*")
        if path.is_file() and not path.name.startswith((".", "~$"))
    )


def _templates(loaded: Loaded, chosen: Sequence[str]) -> list[Diagnostic]:
    """Findings of the chosen templates, and of e-mails with the steps that send them."""
    areas = {file.split("/")[1] for file in chosen}
    if any(step.email for one in loaded.project.definitions() for step in one.process.all_steps()):
        areas.add("email")
    if not areas:
        return []
    from regelwerk.artifacts.lint import lint_templates

    problems: list[Problem] = lint_templates(loaded.project, TemplateFolder(loaded.root), areas)
    return [place(problem, loaded.sources) for problem in problems]
