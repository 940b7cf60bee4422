"""Take one filled form after the other: read it, plan the record, write it where that is asked."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any

import msgspec

from regelwerk.diagnostics import Path, path_text
from regelwerk.intake.excel import read_workbook
from regelwerk.intake.merge import Change
from regelwerk.intake.note import IntakeError, Note
from regelwerk.intake.parts import MAX_FILE
from regelwerk.intake.record_text import shown
from regelwerk.intake.web import read_web
from regelwerk.intake.word import read_word
from regelwerk.operations.import_files import (
    SCANS,
    WEB,
    WORD,
    WORKBOOK,
    HandedFile,
    read_handed,
)
from regelwerk.operations.import_form import Definitions, Spot, Told, told_by_form
from regelwerk.operations.import_report import Handed, Outcome, Reading
from regelwerk.operations.import_store import Plan, RecordStore
from regelwerk.operations.review import RecordReview
from regelwerk.project.limits import MAX_BYTES
from regelwerk.project.load import Loaded
from regelwerk.project.record_files import records_in

_UNSAFE = re.compile(r"[^\w.() -]")


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for: to write, to replace recorded values, and who entered what.

    `paper` is the scan of a form that was filled in by hand and whose values somebody typed.
    """

    write: bool = False
    overwrite: bool = False
    entered_by: str | None = None
    paper: FilePath | None = None


class Desk:
    """Takes one form after the other."""

    def __init__(
        self,
        loaded: Loaded,
        store: RecordStore,
        review: RecordReview,
        definitions: Definitions,
        wish: Wish,
    ) -> None:
        self._loaded = loaded
        self._store = store
        self._review = review
        self._definitions = definitions
        self._wish = wish

    def take(self, file: HandedFile) -> Handed:
        """Read a form, and record it where that is asked for and nothing speaks against it."""
        passed_over = _passed_over(file, self._loaded.root, self._store.files)
        if passed_over is not None:
            return Handed(file=file.name, outcome="skipped", notes=(passed_over,))
        told: Told | None = None
        try:
            content = self._content(file)
            told = self._told(file, content)
            return self._record(file, content, told)
        except IntakeError as error:
            notes = (*(told.notes if told is not None else ()), error.note)
            return self._handed(file, "refused", told, notes=notes)

    def _content(self, file: HandedFile) -> bytes:
        limit = MAX_BYTES if file.suffix in WEB else MAX_FILE
        content = read_handed(file.path, limit)
        if content is None:
            message = f"the file cannot be read, or is larger than {limit // 1024 // 1024} MiB"
            raise IntakeError(Note(word="unreadable", message=message))
        return content

    def _told(self, file: HandedFile, content: bytes) -> Told:
        if file.suffix in WORD:
            return told_by_form(read_word(content), self._definitions)
        if file.suffix in WORKBOOK:
            return told_by_form(read_workbook(content), self._definitions)
        source = next(records_in("record" + (".json" if file.suffix == ".json" else ""), content))
        if source.tree.problems:
            problem = source.tree.problems[0]
            line, column = problem.line or 1, problem.column or 1
            raise IntakeError(
                Note(
                    word="unreadable",
                    place=f"line {line}, column {column}",
                    message=problem.message,
                    hint=problem.hint,
                )
            )
        web = read_web(source.tree.data)
        self._definitions.find(web.process, web.version, web.digest)
        return Told(
            process=web.process,
            version=web.version,
            data=web.data,
            rounds=web.rounds,
            notes=self._definitions.other_version(web.process, web.version),
        )

    def _record(self, file: HandedFile, content: bytes, told: Told) -> Handed:
        stated = told.notes
        if not any(note.level == "error" for note in stated):
            stated = (*stated, *self._not_begun(told))
        if any(note.level == "error" for note in stated):
            return self._handed(file, "refused", told, notes=stated)
        context = self._definitions.context(told.process, told.version)
        title = context.definition.process.title if context is not None else told.process
        source, evidence = self._source(file, content, told)
        plan = self._store.plan(told, source, title, overwrite=self._wish.overwrite)
        notes = [*told.notes, *_conflicts(plan, told)]
        if self._wish.paper is None and _is_superseded(plan, content):
            message = "the same file was handed in before, and the record was changed since"
            hint = "to go back to what it says, hand in a new form that says so"
            superseded = Note(word="superseded", message=message, hint=hint)
            plan = msgspec.structs.replace(plan, changes=())
            return self._handed(file, "unchanged", told, plan, (*told.notes, superseded))
        if not plan.changes:
            return self._handed(file, "unchanged", told, plan, tuple(notes))
        if len(notes) == len(told.notes):
            notes += self._broken_rules(plan, told)
        if any(note.level == "error" for note in notes):
            return self._handed(file, "refused", told, plan, tuple(notes))
        if self._wish.write:
            self._store.write(plan, evidence)
        self._store.keep(plan)
        written: Outcome = "updated" if plan.before is not None else "recorded"
        outcome: Outcome = written if self._wish.write else "ready"
        return self._handed(file, outcome, told, plan, tuple(notes))

    def _not_begun(self, told: Told) -> Iterator[Note]:
        """A new case needs the day on which it began."""
        known = self._store.record(str(told.data["case"])) is not None
        refused = told.answers is not None and told.answers.refused("started")
        if not known and not refused and "started" not in told.data:
            place = told.where.get(("", 0, ("started",)), "$.started")
            message = "the case is new, and the day on which it started is empty"
            yield Note(word="invalid", place=place, message=message, hint="fill it in")

    def _broken_rules(self, plan: Plan, told: Told) -> Iterator[Note]:
        for problem in self._review.shape_problems(plan.source):
            yield Note(
                word="rule",
                place=_spot(problem.path, plan, told),
                message=f"{problem.code}: {problem.message}",
                hint=problem.hint,
            )

    def _source(
        self, file: HandedFile, content: bytes, told: Told
    ) -> tuple[dict[str, Any], Mapping[str, bytes]]:
        """What the record says of the form, and the copy of the form that is kept beside it."""
        kind = "docx" if file.suffix in WORD else "xlsx" if file.suffix in WORKBOOK else "web"
        original, name = content, file.path.name
        if self._wish.paper is not None:
            kind, name = "paper", self._wish.paper.name
            read = read_handed(self._wish.paper, MAX_FILE)
            if read is None:
                message = f"{name} cannot be read, or is larger than {MAX_FILE // 1024 // 1024} MiB"
                raise IntakeError(Note(word="unreadable", message=message))
            original = read
        digest = sha256(original).hexdigest()
        case = str(told.data["case"])
        known = self._store.record(case)
        record = known.file if known is not None else f"process/{told.process}/records/-"
        folder = posixpath.dirname(record)
        kept = f"evidence/{case}/{_safe(name)}"
        there = self._loaded.root / folder / kept
        if there.exists() and read_handed(there, MAX_FILE) != original:
            stem, suffix = posixpath.splitext(kept)
            kept = f"{stem}-{digest[:8]}{suffix}"
        source = {"file": kept, "sha256": digest, "kind": kind}
        if self._wish.entered_by is not None:
            source["entered_by"] = self._wish.entered_by
        return source, {f"{folder}/{kept}": original}

    def _handed(
        self,
        file: HandedFile,
        outcome: Outcome,
        told: Told | None,
        plan: Plan | None = None,
        notes: tuple[Note, ...] = (),
    ) -> Handed:
        return Handed(
            file=file.name,
            outcome=outcome,
            case=str(told.data.get("case", "")) if told is not None else "",
            record=plan.file if plan is not None else "",
            read=tuple(_read(told)) if told is not None else (),
            empty=tuple(_empty(told)) if told is not None else (),
            changes=tuple(_changes(plan, told)) if plan is not None else (),
            notes=notes,
        )


def _passed_over(file: HandedFile, root: FilePath, records: Sequence[str]) -> Note | None:
    """Why a file is not read at all."""
    if file.suffix in SCANS:
        hint = "type it into a form and import that with `--paper SCAN --entered-by ID`"
        return Note(word="scan", message="a scan cannot be read", hint=hint)
    if file.suffix not in (*WORD, *WORKBOOK, *WEB):
        return Note(word="not-a-form", message=f"files of the kind `{file.suffix}` are not read")
    resolved = file.path.resolve()
    if resolved.is_relative_to(root) and resolved.relative_to(root).as_posix() in records:
        return Note(word="not-a-form", message="it is a record of this project itself")
    return None


def _is_superseded(plan: Plan, content: bytes) -> bool:
    """Whether a form that the record was made from says something else than it says now."""
    if all(change.kind == "added" for change in plan.changes):
        return False
    return sha256(content).hexdigest() in set(plan.taken)


def _changes(plan: Plan, told: Told | None) -> Iterator[Change]:
    """What changes in a record that was there, each with the field's name."""
    for change in plan.changes if plan.before is not None else ():
        called = _of_path(change.path, plan, told.called if told is not None else {})
        yield msgspec.structs.replace(change, label=called)


def _conflicts(plan: Plan, told: Told) -> Iterator[Note]:
    for change in plan.changes:
        if change.kind == "conflict":
            old, new = shown(change.path, change.old), shown(change.path, change.new)
            called = _of_path(change.path, plan, told.called)
            yield Note(
                word="conflict",
                place=_spot(change.path, plan, told),
                message=(f"“{called}”: " if called else "")
                + f"the record says “{old}”, the form “{new}”",
                hint="if the form is right, import it again with `--overwrite`",
            )


def _spot(path: Path, plan: Plan, told: Told) -> str:
    """The control or cell of a value in the record, and its path there."""
    found = _of_path(path, plan, told.where)
    return f"{found}, {path_text(path)}" if found else path_text(path)


def _of_path(path: Path, plan: Plan, known: Mapping[Spot, str]) -> str:
    """What is known of a value in the record, by its step, round and path; else nothing."""
    step, number, below = "", 0, path
    if path[:1] == ("steps",) and len(path) > 1:
        entries = [entry.get("step") for entry in plan.source.tree.data.get("steps", ())]
        place = int(path[1])
        step = entries[place]
        number, below = entries[: place + 1].count(step), path[2:]
    for length in range(len(below), 0, -1):
        found = known.get((step, number, tuple(map(str, below[:length]))))
        if found is not None:
            return found
    return ""


def _read(told: Told) -> Iterator[Reading]:
    if told.answers is None:
        for path, value in _leaves(told.data, ()):
            yield Reading(path_text(path), "", shown(path, value))
        return
    for key, value in told.answers.values.items():
        yield Reading(told.answers.places[key], told.labels[key], shown((), value))


def _empty(told: Told) -> Iterator[Reading]:
    if told.answers is not None:
        for key in told.answers.empty:
            yield Reading(told.answers.places[key], told.labels[key], "")


def _leaves(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:  # noqa: ANN401
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _leaves(value, (*path, str(key)))
    elif isinstance(data, list) and data:
        for place, value in enumerate(data):
            yield from _leaves(value, (*path, place))
    else:
        yield path, data


def _safe(name: str) -> str:
    """A file name without what could mean something in a path."""
    plain = _UNSAFE.sub("_", name).strip(" .") or "form"
    return plain[-120:]
