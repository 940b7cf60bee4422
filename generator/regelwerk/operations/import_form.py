"""From a filled form to the data of a record: find the definition it was made from, read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from regelwerk.approvals.verdict import judge_process
from regelwerk.artifacts.checklist.controls import placeholder_texts
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.view.speech import speech
from regelwerk.intake.answers import Answers, answers_of
from regelwerk.intake.assemble import assemble
from regelwerk.intake.filled import Filled
from regelwerk.intake.note import IntakeError, Note
from regelwerk.intake.values import Basis
from regelwerk.model.context import BuildContext
from regelwerk.model.form import Form, full_labels
from regelwerk.model.process import Process
from regelwerk.model.version import Status
from regelwerk.operations.context import release_of
from regelwerk.operations.originals import OriginalFiles
from regelwerk.project.load import Loaded

_ROW = re.compile(r"([0-9]{2,3})_([0-9]{1,2})_[a-z0-9_]+")
_MOST_ROUNDS = 50


Spot = tuple[str, int, tuple[str, ...]]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a form or a web record tells: the record's data, and where its values were found.

    `rounds` are as in `intake.merge`; `labels` give a field's words by its key. `where` names the
    control or cell of a value by step ("" for the case), round and path, `called` its field.
    """

    process: str
    version: str
    data: Mapping[str, Any]
    rounds: tuple[tuple[str, int], ...]
    notes: tuple[Note, ...] = ()
    answers: Answers | None = None
    labels: Mapping[str, str] = {}
    where: Mapping[Spot, str] = {}
    called: Mapping[Spot, str] = {}


class Definitions:
    """The frozen definitions, each judged and turned into a context once."""

    def __init__(self, loaded: Loaded, as_of: date) -> None:
        self._loaded = loaded
        self._as_of = as_of
        self._contexts: dict[tuple[str, str], BuildContext] = {}
        self._judged: set[str] = set()

    def context(self, process: str, version: str) -> BuildContext | None:
        """A frozen version; None where it is not kept here or cannot be read."""
        self._judge(process)
        return self._contexts.get((process, version))

    def with_digest(self, digest: str) -> BuildContext | None:
        """The frozen version with that digest."""
        for process in self._loaded.project.processes:
            self._judge(process)
        known = self._contexts.values()
        return next((one for one in known if one.verdict.digest == digest), None)

    def in_force(self, process: str) -> str | None:
        """The version in force on the day."""
        self._judge(process)
        for (id_, version), context in self._contexts.items():
            if id_ == process and context.verdict.status is Status.EFFECTIVE:
                return version
        return None

    def _judge(self, process: str) -> None:
        folder = self._loaded.project.processes.get(process)
        if folder is None or process in self._judged:
            return
        self._judged.add(process)
        project = self._loaded.project
        judged = judge_process(folder, project, self._as_of, OriginalFiles(self._loaded.root))
        verdicts = {version: verdict for version, (verdict, _) in judged.items()}
        for frozen in folder.versions:
            release = release_of(project, folder, verdicts, self._as_of, frozen.version)
            if release is not None:
                self._contexts[process, frozen.version] = release.context

    def find(self, process: str, version: str, digest: str) -> BuildContext:
        """The definition of a form that says so of itself; an IntakeError where it is not ours."""
        if not (process and version):
            found = self.with_digest(digest) if digest else None
            if found is None:
                raise _refused("foreign", "the file does not say which process it is a form of")
            return found
        if process not in self._loaded.project.processes:
            raise _refused("foreign", f"it is a form of the process `{process}`, not kept here")
        context = self.context(process, version)
        if context is None:
            folder = self._loaded.project.processes[process]
            kept = ", ".join(one.version for one in folder.versions) or "none"
            raise _refused(
                "unknown-version",
                f"it is a form of version {version} of {process}, which is not frozen here",
                f"kept here: {kept}; by a draft nobody works, "
                f"`regelwerk versions submit {process}` begins its approval",
            )
        if digest and digest != context.verdict.digest:
            raise _refused(
                "other-digest",
                f"it was made from another text of version {version} of {process}",
                "take a new form: `regelwerk records new`",
            )
        return context

    def other_version(self, process: str, version: str) -> tuple[Note, ...]:
        """Said where the form's version is not the one in force."""
        current = self.in_force(process)
        if current == version:
            return ()
        message = f"the form is of version {version}; in force is {current or 'none'}"
        hint = "a case stays with the version that was in force when it started"
        return (Note(word="other-version", message=message, hint=hint),)


def told_by_form(filled: Filled, definitions: Definitions) -> Told:
    """The data of a filled Word form or workbook; an IntakeError where it is no form of ours."""
    stated = filled.properties
    process, version = stated.get("Process", ""), stated.get("Version", "")
    if not filled.controls and not filled.digest:
        raise _refused("foreign", "the file holds no form of this project")
    if not filled.digest:
        raise _refused("foreign", "the file does not say which definition it was made from")
    context = definitions.find(process, version, filled.digest)
    definition = context.definition.process
    version = context.definition.version or definition.version
    form = form_of(context, _rounds(filled, definition))
    labels = full_labels(form)
    answers = answers_of(filled, form, basis_of(context, form))
    made = assemble(form, answers, definition.id, version, ways_back(definition))
    notes = [
        *definitions.other_version(definition.id, version),
        *answers.notes,
        *made.notes,
        *_case_notes(stated.get("Case", ""), answers),
    ]
    return Told(
        process=definition.id,
        version=version,
        data=made.data,
        rounds=made.rounds,
        notes=tuple(notes),
        answers=answers,
        labels=labels,
        where=_spots(form, answers.places),
        called=_spots(form, labels),
    )


def _spots(form: Form, by_key: Mapping[str, str]) -> dict[Spot, str]:
    """The same by where the values belong."""
    found: dict[Spot, str] = {
        ("", 0, field.path): by_key[field.key]
        for field in (*form.case, *form.result)
        if field.key in by_key
    }
    for row in form.all_steps():
        for field in row.all_fields():
            if field.key in by_key:
                found[row.id, row.round, field.path] = by_key[field.key]
    return found


def basis_of(context: BuildContext, form: Form) -> Basis:
    """What the values of a form are read with."""
    steps = {step.id: step for step in context.definition.process.work_steps()}
    elsewhere = {
        row.called_case.key
        for row in form.all_steps()
        if row.called_case is not None
        and (calls := steps[row.id].calls) is not None
        and (calls.external or not _has_versions(context, calls.process))
    }
    people = {id_: person.name for id_, person in context.project.people.items()}
    return Basis(
        people={**people, **{id_: context.names.people.get(id_, n) for id_, n in people.items()}},
        locale=speech(context.names.language).locale,
        placeholders=placeholder_texts(context.names.translations),
        external=frozenset(elsewhere),
    )


def _has_versions(context: BuildContext, process: str) -> bool:
    """Whether there can be cases of a process, which are worked by frozen versions only."""
    folder = context.project.processes.get(process)
    return folder is not None and bool(folder.versions)


def ways_back(process: Process) -> dict[str, dict[str, str]]:
    """For each decision the options that lead to it itself or to an earlier step."""
    places = {step.id: place for place, step in enumerate(process.all_steps())}
    return {
        step.id: {
            option.id: option.next.step
            for option in step.decision.options
            if option.next.step is not None
            and places.get(option.next.step, len(places)) <= places[step.id]
        }
        for step in process.work_steps()
        if step.decision is not None
    }


def _rounds(filled: Filled, process: Process) -> dict[str, int]:
    """How many rows the form has for each step, from its own keys."""
    steps = [step.id for step in process.work_steps()]
    found: dict[str, int] = {}
    for control in filled.controls:
        for key in (control.tag, control.bookmark):
            match = _ROW.fullmatch(key)
            if match is not None and 0 < int(match[1]) <= len(steps):
                step = steps[int(match[1]) - 1]
                found[step] = max(found.get(step, 1), min(int(match[2]), _MOST_ROUNDS))
    return found


def _case_notes(stated: str, answers: Answers) -> list[Note]:
    entered = answers.values.get("case")
    place = answers.places.get("case", "")
    if entered is None:
        if any(note.place == place and note.word == "invalid" for note in answers.notes):
            return []
        message = "the case's id is empty"
        return [Note(word="invalid", place=place, message=message, hint="fill it in")]
    if stated and stated != entered:
        message = f"the form was made for case {stated}, and says it is {entered}"
        return [Note(word="other-case", place=place, message=message, hint="take a new form")]
    return []


def _refused(word: str, message: str, hint: str = "") -> IntakeError:
    return IntakeError(Note(word=word, message=message, hint=hint))
