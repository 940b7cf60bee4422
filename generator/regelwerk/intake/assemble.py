"""From answers to a record's data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from regelwerk.intake.answers import Answers
from regelwerk.intake.note import Note
from regelwerk.intake.sequence import Done, in_order
from regelwerk.model.form import Form, FormStep

Data = dict[str, Any]

_HEAD = ("process", "version", "case", "subject", "status", "started", "closed", "end")
_ENTRY = ("step", "by", "role", "completed", "option", "called_case", "checks", "fields", "outputs")


class Assembled(msgspec.Struct, frozen=True):
    """A record as far as a form tells it, and what could not be taken over yet.

    `rounds` are the form's rounds of the steps, in the order of `data["steps"]`.
    """

    data: Data
    rounds: tuple[tuple[str, int], ...]
    notes: tuple[Note, ...]


def assemble(
    form: Form,
    answers: Answers,
    process: str,
    version: str,
    back: Mapping[str, Mapping[str, str]],
) -> Assembled:
    """The record's data; `back` is as in `sequence.in_order`."""
    data: Data = {"process": process, "version": version}
    for field in (*form.case, *form.result):
        if field.key in answers.values:
            _put(data, field.path, answers.values[field.key])
    done: list[Done] = []
    notes: list[Note] = []
    for row in form.all_steps():
        entry: Data = {"step": row.id}
        for field in row.all_fields():
            if field.key in answers.values:
                _put(entry, field.path, answers.values[field.key])
        if len(entry) > 1:
            lacking = [f for f in (row.by, row.completed) if f.key not in answers.values]
            unsaid = [f.label for f in lacking if not answers.refused(f.key)]
            notes += [_incomplete(row, unsaid, answers)] if unsaid else []
            done += [] if lacking else [Done(row, _sorted(entry, _ENTRY))]
    ordered = in_order(done, back)
    data["steps"] = [one.entry for one in ordered]
    rounds = tuple((one.row.id, one.row.round) for one in ordered)
    return Assembled(_sorted(data, _HEAD), rounds, tuple(notes))


def _put(data: Data, path: tuple[str, ...], value: object) -> None:
    for key in path[:-1]:
        data = data.setdefault(key, {})
    data[path[-1]] = value


def _sorted(data: Data, order: tuple[str, ...]) -> Data:
    first = {key: data[key] for key in order if key in data}
    return first | {key: value for key, value in data.items() if key not in first}


def _incomplete(row: FormStep, lacking: list[str], answers: Answers) -> Note:
    words = " and ".join(f"“{label}”" for label in lacking)
    round_ = f", round {row.round}" if row.round > 1 else ""
    verb = "is" if len(lacking) == 1 else "are"
    return Note(
        word="incomplete",
        place=answers.places.get(row.completed.key, ""),
        message=f"step {row.number}, {row.title}{round_}: {words} {verb} empty, so the step is "
        "not recorded yet",
        hint="fill it in when the step is done, and hand the form in again",
    )
