"""A form as it was handed in, before anybody asked what its fields mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from regelwerk.intake.note import Note

FormKind = Literal["docx", "xlsx"]

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """A control or a cell. `place` names it to a person; `text` is what can be read in it.

    `marked` is True for what the program itself calls a placeholder. `checked` belongs to check
    boxes, `day` (`2026-11-24`) and `number` to what the program keeps as such.
    """

    place: str
    tag: str = ""
    bookmark: str = ""
    title: str = ""
    text: str = ""
    marked: bool = False
    checked: bool | None = None
    day: str | None = None
    number: str | None = None
    formula: bool = False


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A whole form. `left` maps bookmarks without a control to the text that stands there.

    `sure_of_marks` is True where the program takes the mark of a placeholder away as soon as
    something is typed, so that what is marked is never an answer.
    """

    kind: FormKind
    properties: Mapping[str, str]
    controls: tuple[Control, ...]
    left: Mapping[str, str] = {}
    visible: str = ""
    sure_of_marks: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def digest(self) -> str:
        """The digest of the definition, `sha256:…`: from the properties, else from the text."""
        stated = self.properties.get("Digest", "")
        if _DIGEST.fullmatch(stated):
            return stated
        found = _DIGEST.search(self.visible)
        return found[0] if found is not None else ""
