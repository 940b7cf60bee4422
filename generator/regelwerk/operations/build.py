"""Make every artifact of a project, and only what has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from regelwerk.artifacts.catalog import Kind
from regelwerk.diagnostics import Diagnostic, Severity, did_you_mean
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.model.context import Artifact
from regelwerk.model.project import Project
from regelwerk.operations.build_result import BuildResult
from regelwerk.operations.context import Release, releases
from regelwerk.operations.courses import (
    MIN_CASES,
    is_measured,
    records_state,
    with_figures,
)
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.decisive import SHARED, area_digests, facts_of, inputs_of
from regelwerk.operations.examine import examine
from regelwerk.operations.issued import FOLDER, issued_artifacts, read_issued
from regelwerk.operations.kinds import KINDS
from regelwerk.operations.manifest import fingerprint_of
from regelwerk.operations.output import Output
from regelwerk.operations.pdf import KINDS as PDF_KINDS
from regelwerk.operations.pdf import (
    Sheet,
    build_pdfs,
    drop_outdated,
    unit_names,
    with_known_numbers,
)
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.rendering import render_all
from regelwerk.operations.writing import sha256_of
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root
from regelwerk.project.templates import TemplateFolder
from regelwerk.project.translations import AREA as WORDS

HANDBOOK, SITE, PICTURES = "handbook", "site", ".pictures"


def build(
    start: Path,
    processes: Sequence[str],
    kinds: Sequence[str],
    out: Path | None,
    clock: Clock,
    progress: Progress = silent,
    *,
    with_pdf: bool = False,
    figures: bool = False,
    jobs: int = 1,
    keep_pages: bool = False,
) -> BuildResult:
    """Build what was asked for (nothing named: everything) into `out` (None: `build/`).

    `with_pdf` has LibreOffice lay the Word files out: as PDF, and for their page numbers. `figures`
    draws the key figures from the records into documents that were not issued; without it no record
    changes a document. `jobs` is how many cores to use. `keep_pages` leaves the handbook's pages as
    they are where something could not be made and there are some.
    """
    root = find_root(start)
    loaded = load(root)
    as_of = clock(zone_of(loaded.project.organization))
    examination = examine(loaded, as_of)
    _require_known(processes, loaded.project)
    usual = root / "build"
    output = Output(root, out or usual, named=out is not None and out.absolute() != usual)
    errors = [f for f in examination.findings if f.severity is Severity.ERROR]
    stopped = _stopped(errors, loaded.project)
    asked = processes or tuple(loaded.project.processes)
    planned = [
        release
        for folder in loaded.project.processes.values()
        if folder.id not in stopped
        for release in releases(loaded.project, folder, examination.verdicts[folder.id], as_of)
    ]
    wanted = [release for release in planned if _process(release) in asked]
    if figures:
        wanted = with_figures(loaded, wanted)
    _build_artifacts(loaded, wanted, kinds, output, progress, jobs)
    drop_outdated(sorted(_names(wanted)), output)
    if with_pdf:
        build_pdfs(_sheets(loaded, wanted, kinds), output, progress)
    if not processes and not stopped:
        output.forget_units(_names(planned), keep_prefixes=(HANDBOOK, SITE, PICTURES))
    concerning = tuple(f for f in errors if _concerns(f, asked, stopped))
    kept = keep_pages and (concerning or output.failures) and (output.folder / HANDBOOK).is_dir()
    if not kept and (not kinds or HANDBOOK in kinds or SITE in kinds):
        _build_handbook(loaded, planned, output)
    if not kinds or SITE in kinds:
        from regelwerk.operations.site import build_site

        build_site(root, output, loaded.project)
    output.finish()
    return BuildResult(
        root=root,
        folder=output.folder,
        findings=concerning,
        files=len(loaded.sources),
        stopped=tuple(sorted(stopped & set(asked))),
        written=tuple(output.written),
        removed=tuple(output.removed),
        unchanged=output.unchanged,
        failures=tuple(output.failures),
    )


def _require_known(processes: Sequence[str], project: Project) -> None:
    for process in processes:
        if process not in project.processes:
            hint = did_you_mean(process, project.processes)
            raise UsageError(f"there is no process `{process}`", hint or _list(project.processes))


def _list(names: Iterable[str]) -> str:
    return "there are: " + ", ".join(f"`{name}`" for name in names)


def _process(release: Release) -> str:
    return release.folder.split("/", 1)[0]


def _stopped(errors: Sequence[Diagnostic], project: Project) -> set[str]:
    """Processes that cannot be built; an error in what all of them share stops every one."""
    if any(finding.file in SHARED for finding in errors):
        return set(project.processes)
    return {
        parts[1]
        for finding in errors
        if len(parts := finding.file.split("/")) > 2 and parts[0] == "process"
    }


def _concerns(finding: Diagnostic, asked: Sequence[str], stopped: set[str]) -> bool:
    parts = finding.file.split("/")
    if finding.file in SHARED or parts[:2] == ["templates", WORDS]:
        return True
    return len(parts) > 2 and parts[1] in asked and parts[1] in stopped


def _wanted_kinds(kinds: Sequence[str]) -> list[Kind]:
    return [kind for kind in KINDS if not kinds or kind.name in kinds]


def _names(planned: Sequence[Release]) -> set[str]:
    units = {f"{release.folder}/{kind.name}" for release in planned for kind in KINDS}
    return units | unit_names(sorted(units))


class _Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that is to be made: what it is called, what decides it, and what was issued of it."""

    name: str
    release: Release
    kind: Kind
    fingerprint: str
    inputs: Mapping[str, str]
    templates: Mapping[str, str]
    issued: Mapping[str, str] | None


def _build_artifacts(
    loaded: Loaded,
    wanted: Sequence[Release],
    kinds: Sequence[str],
    output: Output,
    progress: Progress,
    jobs: int,
) -> None:
    units = list(_units(loaded, wanted, kinds))
    waiting = [unit for unit in units if not output.is_current(unit.name, unit.fingerprint)]
    places = {release.folder: place for place, release in enumerate(wanted)}
    tasks = [
        (places[unit.release.folder], unit.kind.name) for unit in waiting if unit.issued is None
    ]
    rendered = render_all(wanted, tasks, loaded.root, jobs)
    done = len(units) - len(waiting)
    for unit in waiting:
        progress(done, len(units), f"{unit.release.folder} {unit.kind.name}")
        done += 1
        if unit.issued is None:
            made = next(rendered)
        else:
            made = issued_artifacts(loaded.root, _folder_of(unit.release), unit.issued)
        if isinstance(made, RegelwerkError):
            output.fail(unit.name, made.message, made.hint)
            continue
        folder = unit.release.folder
        placed = [Artifact(f"{folder}/{item.path}", item.content) for item in made]
        placed = with_known_numbers(unit.name, placed, output)
        output.write_unit(unit.name, unit.fingerprint, unit.inputs, unit.templates, placed)
    progress(len(units), len(units), "")


def _units(loaded: Loaded, wanted: Sequence[Release], kinds: Sequence[str]) -> Iterator[_Unit]:
    """Everything that is asked for, whether or not it has to be made."""
    chosen = _wanted_kinds(kinds)
    areas = {area: area_digests(loaded.root, area) for kind in chosen for area in kind.areas}
    for release in wanted:
        sources, facts = inputs_of(loaded, release), fingerprint_of(facts_of(release))
        for kind in chosen:
            issued = _issued(loaded, release, kind)
            if issued is not None:  # as it was issued, whatever has become of names and templates
                base = f"{_folder_of(release)}/{FOLDER}"
                inputs = {f"{base}/{path}": digest for path, digest in issued.items()}
                templates = {}
                fingerprint = fingerprint_of(kind.name, FOLDER, issued)
            else:
                inputs = sources
                templates = {file: d for area in kind.areas for file, d in areas[area].items()}
                fingerprint = fingerprint_of(
                    kind.name, inputs, templates, facts, *_drawn(release, kind)
                )
            yield _Unit(
                name=f"{release.folder}/{kind.name}",
                release=release,
                kind=kind,
                fingerprint=fingerprint,
                inputs=inputs,
                templates=templates,
                issued=issued,
            )


def _drawn(release: Release, kind: Kind) -> tuple[object, ...]:
    """The figures that a document draws: they stand for the records that gave them."""
    figures = release.context.figures
    return (figures,) if kind.name == "document" and figures else ()


def _sheets(loaded: Loaded, wanted: Sequence[Release], kinds: Sequence[str]) -> list[Sheet]:
    """The Word files that are to be had as PDF."""
    return [
        Sheet(
            unit=f"{release.folder}/{kind.name}",
            render=_render_anew(loaded, release, kind),
        )
        for release in wanted
        for kind in _wanted_kinds(kinds)
        if kind.name in PDF_KINDS
    ]


def _render_anew(loaded: Loaded, release: Release, kind: Kind) -> Callable[[bool], bytes] | None:
    """How to make a document with or without a table of contents, unless it was issued."""
    if kind.name != "document" or _issued(loaded, release, kind) is not None:
        return None

    def render(contents: bool) -> bytes:
        from regelwerk.artifacts.document.render import render_document

        templates = TemplateFolder(loaded.root)
        return render_document(release.context, templates, contents=contents).content

    return render


def _folder_of(release: Release) -> str:
    return release.context.definition.file.rsplit("/", 1)[0]


def _issued(loaded: Loaded, release: Release, kind: Kind) -> Mapping[str, str] | None:
    """The files of a kind with their SHA-256 where the version was issued, None where not."""
    if release.context.working:
        return None
    issued = read_issued(loaded.root, _folder_of(release))
    return issued.kinds.get(kind.name) if issued is not None else None


def _build_handbook(loaded: Loaded, planned: Sequence[Release], output: Output) -> None:
    from regelwerk.operations.coverage import coverage_by, naming_clauses
    from regelwerk.operations.site import site_config
    from regelwerk.project.clauses import catalogues
    from regelwerk.project.site_settings import site_settings

    files = _artifact_files(planned, output)
    templates = area_digests(loaded.root, "handbook")
    inputs = {file: source.sha256 for file, source in sorted(loaded.sources.items())}
    digests = {path: sha256_of(content) for path, content in files.items()}
    facts = [(release.folder, facts_of(release)) for release in planned]
    counted = is_measured(planned) or naming_clauses(planned)
    measured = (planned[0].context.as_of, records_state(loaded.root)) if counted else ()
    site = site_settings(site_config(loaded.root))
    known = (catalogues(loaded.root), site, [_is_overdue(release) for release in planned])
    fingerprint = fingerprint_of(HANDBOOK, inputs, templates, facts, digests, known, *measured)
    if output.is_current(HANDBOOK, fingerprint):
        return
    # Loaded only now: where nothing has changed, loading would take a good part of the time.
    from regelwerk.artifacts.handbook.render import render_handbook
    from regelwerk.artifacts.handbook.surroundings import Surroundings
    from regelwerk.operations.kept_pictures import KeptPictures

    try:
        told = with_figures(loaded, planned)
        surroundings = Surroundings(
            coverage=coverage_by(loaded, told), min_cases=MIN_CASES, site=site
        )
        contexts = {one.folder: one.context for one in told}
        kept = KeptPictures(output, PICTURES)
        templates_now = TemplateFolder(loaded.root)
        pages = list(render_handbook(contexts, files, templates_now, surroundings, kept.draw))
        kept.keep()
    except RegelwerkError as error:
        output.fail(HANDBOOK, error.message, error.hint)
        return
    placed = [Artifact(f"{HANDBOOK}/{page.path}", page.content) for page in pages]
    output.write_unit(HANDBOOK, fingerprint, inputs, templates, placed)


def _is_overdue(release: Release) -> bool:
    due = release.context.verdict.review_due
    return due is not None and due < release.context.as_of


def _artifact_files(planned: Sequence[Release], output: Output) -> Mapping[str, bytes]:
    """The bytes of every artifact of the planned releases that has been built."""
    return {
        path: (output.folder / path).read_bytes()
        for release in planned
        for unit in sorted(_names([release]))
        for path in output.outputs_of(unit)
        if (output.folder / path).is_file()
    }
