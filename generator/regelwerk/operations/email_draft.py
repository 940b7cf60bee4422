"""An e-mail of a step, filled from the record of a case, or blank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.artifacts.calendar import calendar_file
from regelwerk.artifacts.email.given import MISSING, Recorded, recorded_values
from regelwerk.artifacts.email.meeting import meeting_of
from regelwerk.artifacts.email.message import CALENDAR_TYPE, AttachedFile, Draft
from regelwerk.artifacts.email.render import draft_of, sound_template
from regelwerk.artifacts.email.syntax import written
from regelwerk.artifacts.email.template import EmailTemplate
from regelwerk.artifacts.email.values import Gap
from regelwerk.diagnostics import Diagnostic, Problem, Severity, did_you_mean
from regelwerk.errors import UsageError
from regelwerk.model.context import BuildContext
from regelwerk.model.process import Process, Step
from regelwerk.model.project import (
    ORGANIZATION_FILE,
    PEOPLE_FILE,
    REGISTER_FILE,
    ProcessFolder,
)
from regelwerk.operations.context import WORKING, release_of
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.email_files import gather
from regelwerk.operations.email_record import CaseRecord, find_case, read_case
from regelwerk.operations.examine import Examination, examine
from regelwerk.operations.new_record import process_folder, require_case_id
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root
from regelwerk.project.source import place, place_in
from regelwerk.project.templates import TemplateFolder

_SHARED = (ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """Which e-mail: of a step, in a version (None: the record's, else the one in force).

    `record` is the case's file, `case` tells which of several, or of all records of the project.
    Neither: the blank template.
    `sequence` counts how often the meeting was moved.
    """

    process: str
    step: str
    version: str | None = None
    record: Path | None = None
    case: str | None = None
    allow_blank: bool = False
    sequence: int = 0


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """The draft; None where `findings` are in the way. `name` is what its files are called."""

    root: Path
    files: int
    name: str
    template: str
    draft: Draft | None
    findings: tuple[Diagnostic, ...] = ()


def make_email(start: Path, wish: Wish, clock: Clock) -> Made:
    """The draft of an e-mail. UsageError for what there is not; findings for what is missing."""
    root = find_root(start)
    loaded = load(root)
    day = clock(zone_of(loaded.project.organization))
    folder = process_folder(loaded, wish.process)
    record = None
    if wish.record is not None:
        record = read_case(root, start, wish.record, wish.case)
    elif wish.case is not None:
        record = find_case(root, wish.case)
    if record is not None and record.findings:
        return _stopped(root, loaded, record.findings)
    examination = examine(loaded, day)
    errors = _errors(examination, folder)
    if errors:
        return _stopped(root, loaded, errors)
    version = _version(wish, folder, record)
    release = release_of(loaded.project, folder, examination.verdicts[folder.id], day, version)
    if release is None:
        kept = ", ".join(one.version for one in folder.versions) or "none"
        hint = f"kept here: {kept}; `{WORKING}` is the working definition"
        raise UsageError(f"{folder.id} has no version {version}", hint)
    context = release.context
    step = _step(context.definition.process, wish.step, folder)
    email = sound_template(context, TemplateFolder(root), step.email or "", (step,))
    if record is None:
        gathered = gather(root, context, email, None)
        drafted = draft_of(context, email, (step,), None, both_ways=True, files=gathered.files)
        process = context.definition.process
        mark = "-DRAFT" if context.working else ""
        name = f"{process.id}-{process.version}{mark}-{email.name}"
        return _made(root, loaded, name, email, drafted.draft)
    return _filled(root, loaded, context, step, email, record, wish)


def _filled(
    root: Path,
    loaded: Loaded,
    context: BuildContext,
    step: Step,
    email: EmailTemplate,
    record: CaseRecord,
    wish: Wish,
) -> Made:
    data: dict[str, Any] = record.source.tree.data
    recorded = recorded_values(context, step, data, email)
    gathered = gather(root, context, email, record)
    planned = meeting_of(context, email, step, recorded, data, wish.sequence)
    problems = [*recorded.problems, *planned.problems, *gathered.problems]
    drafted = draft_of(
        context,
        email,
        (step,),
        recorded.values,
        both_ways=wish.allow_blank,
        files=gathered.files,
    )
    if not wish.allow_blank:
        wrong = recorded.unfit | {("document", one.path[-2]) for one in gathered.problems}
        gaps = dict.fromkeys((*drafted.gaps, *planned.gaps))
        problems += [_missing(gap, step, email, recorded) for gap in gaps if gap.name not in wrong]
    if problems:
        return _stopped(root, loaded, tuple(_placed(problems, record, loaded)))
    draft = drafted.draft
    if planned.event is not None:
        method = "PUBLISH" if planned.event.organizer is not None else ""
        content = calendar_file([planned.event], "email", method)
        type_ = f"{CALENDAR_TYPE}; method={method}" if method else CALENDAR_TYPE
        calendar = AttachedFile(f"{email.name}.ics", type_, content)
        draft = msgspec.structs.replace(draft, calendar=calendar)
    case = data.get("case")
    if not isinstance(case, str):
        return _made(root, loaded, f"{context.definition.process.id}-{email.name}", email, draft)
    require_case_id(case)
    return _made(root, loaded, f"{case}-{email.name}", email, draft)


def _made(root: Path, loaded: Loaded, name: str, email: EmailTemplate, draft: Draft) -> Made:
    files = len(loaded.sources)
    return Made(root=root, files=files, name=name, template=email.name, draft=draft)


def _stopped(root: Path, loaded: Loaded, findings: tuple[Diagnostic, ...]) -> Made:
    files = len(loaded.sources)
    return Made(root=root, files=files, name="", template="", draft=None, findings=findings)


def _errors(examination: Examination, folder: ProcessFolder) -> tuple[Diagnostic, ...]:
    return tuple(
        finding
        for finding in examination.findings
        if finding.severity is Severity.ERROR
        and (finding.file in _SHARED or finding.file.startswith(f"{folder.folder}/"))
    )


def _version(wish: Wish, folder: ProcessFolder, record: CaseRecord | None) -> str | None:
    """The version asked for, else the record's, else None for the one in force."""
    if record is None:
        return wish.version
    data = record.source.tree.data
    process, version = data.get("process"), data.get("version")
    if process != folder.id:
        said = f"is of the process `{process}`" if process else "does not say its process"
        raise UsageError(f"{record.source.file} {said}, not of `{folder.id}`")
    if wish.version is not None:
        return wish.version
    if not isinstance(version, str):
        raise UsageError(f"{record.source.file} does not say its version", "or use --version")
    working = folder.working
    if folder.version(version) is None and working is not None:
        return WORKING if working.process.version == version else version
    return version


def _step(process: Process, wanted: str, folder: ProcessFolder) -> Step:
    """The step, which must send an e-mail; UsageError names those that do."""
    step = process.step(wanted)
    senders = [one.id for one in process.work_steps() if one.email is not None]
    known = ", ".join(f"`{one}`" for one in senders)
    listed = f"these steps send one: {known}" if senders else ""
    if step is None:
        hint = did_you_mean(wanted, [one.id for one in process.work_steps()])
        raise UsageError(f"{process.id} has no step `{wanted}`", hint or listed)
    if step.email is None:
        working = folder.working.process if folder.working is not None else None
        draft = working.step(wanted) if working is not None else None
        if not listed and working is not None and draft is not None and draft.email is not None:
            listed = f"the working definition {working.version} does: --version {WORKING}"
        if not listed:
            listed = "give it `email:` with the name of a template in templates/email/"
        raise UsageError(
            f"in version {process.version} of {process.id} the step `{wanted}` sends no e-mail",
            listed,
        )
    return step


def _missing(gap: Gap, step: Step, email: EmailTemplate, recorded: Recorded) -> Problem:
    """A value that is missing, at the place where it belongs."""
    hint = f"it comes from {gap.origin}; --allow-blank leaves a gap to fill in by hand"
    kind = gap.name[0] if gap.name else ""
    if kind in ("role", "person"):
        message = f"the e-mail `{email.name}` needs the address of “{gap.label}”, which is missing"
        at = (gap.name[1],) if kind == "person" else ()
        return Problem(MISSING, at, message, hint, file=PEOPLE_FILE)
    named = f" (`{_placeholder(gap, step)}`)" if kind in ("record", "steps") else ""
    message = f"the e-mail `{email.name}` needs “{gap.label}”{named}, which is missing"
    return Problem(MISSING, recorded.places.get(gap.name, ("steps",)), message, hint)


def _placeholder(gap: Gap, step: Step) -> str:
    """A value's name as a template of the step writes it."""
    name = gap.name
    own = name[0] == "steps" and name[1] == step.id
    return written(("fields", name[3]) if own else name)


def _placed(problems: list[Problem], record: CaseRecord, loaded: Loaded) -> Iterator[Diagnostic]:
    for problem in problems:
        if problem.file in loaded.sources:
            yield place(problem, loaded.sources)
        else:
            yield place_in(record.source.tree, problem, record.source.file)
