"""What an import has to say of a form: a stable word, the control or cell, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Level = Literal["error", "warning"]

# With an error nothing of the form is written. The words are documented in the manual and stay.
WORDS: Mapping[str, tuple[Level, str]] = {
    "unreadable": ("error", "The file cannot be read as a form, or only in part."),
    "foreign": ("error", "The file is no form of this project."),
    "unknown-version": ("error", "The version that the form was made from is not kept here."),
    "other-digest": ("error", "The form was made from another text of that version."),
    "other-case": ("error", "The case is recorded by another process or version, or elsewhere."),
    "invalid": ("error", "What was entered cannot be a value of this field."),
    "formula": ("error", "The cell holds a formula; only what is typed is read."),
    "duplicate": ("error", "Two controls claim to be the same field."),
    "unknown": ("error", "Something was entered where the form has no field."),
    "removed": ("error", "The control is gone, and text stands in its place."),
    "conflict": ("error", "The form says something else than the record."),
    "superseded": (
        "warning",
        "This very file was recorded before, and what it said was changed since; it stays so.",
    ),
    "comments": ("error", "The record was written by hand in a way that cannot be added to."),
    "rule": ("error", "The record would break a rule of the format."),
    "missing": ("warning", "The control or row is gone; the field counts as not asked."),
    "renamed": ("warning", "The control has another tag; it was found by its bookmark."),
    "incomplete": ("warning", "A step without who or when is not recorded yet."),
    "other-version": ("warning", "The form was made from a version that is not in force."),
    "macros": ("warning", "The file holds macros; they are ignored."),
    "scan": ("warning", "A picture cannot be read; somebody has to type what it says."),
    "not-a-form": ("warning", "The file is of no kind that is read."),
}


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to say; `place` names the control or the cell, empty for the whole file."""

    word: str
    message: str
    place: str = ""
    hint: str = ""

    @property
    def level(self) -> Level:
        """Whether the form can still be recorded."""
        return WORDS[self.word][0]


class IntakeError(Exception):
    """The form cannot be read on; carries the one note that says why."""

    def __init__(self, note: Note) -> None:
        super().__init__(note.message)
        self.note = note
