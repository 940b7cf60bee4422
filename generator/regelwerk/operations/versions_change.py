"""What a version changes against the one before it: a sentence a change, and the number it asks.

The wording alone asks for a minor number, anything else for a major one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from regelwerk.approvals.prose import beyond_wording, differences
from regelwerk.diagnostics import Path, path_text
from regelwerk.model.ids import version_key
from regelwerk.model.project import Definition, FrozenVersion, ProcessFolder

_LONGEST = 60


class Change(msgspec.Struct, frozen=True):
    """`before` is the version compared with, None where this is the first."""

    before: str | None
    sentences: tuple[str, ...]
    asks_for: Literal["major", "minor", "nothing"]

    def advice(self, version: str) -> str:
        """What the change says about the number that was chosen."""
        old, new = version_key(self.before or ""), version_key(version)
        if old is None or new is None or self.asks_for == "nothing":
            return ""
        raised = "major" if new[0] > old[0] else "minor"
        if self.asks_for == "minor":
            why = "Only the wording changes, which asks for a minor number"
        else:
            why = "More than the wording changes, which asks for a major number"
        if raised == self.asks_for:
            return f"{why}; {version} after {self.before} is one."
        return f"{why}; {version} after {self.before} is a {raised} one. You decide."


def change_since(definition: Definition, before: FrozenVersion | None) -> Change:
    """Compare a definition with the version before it."""
    if before is None or before.definition is None:
        return Change(None, ("This is the first version kept here.",), "nothing")
    old, new = before.definition.data, definition.data
    places = list(differences(old, new))
    if not places:
        return Change(before.version, ("Nothing but the version's number differs.",), "nothing")
    sentences = tuple(_sentence(place, old, new) for place in places)
    return Change(before.version, sentences, "major" if beyond_wording(old, new) else "minor")


def version_before(folder: ProcessFolder, version: str) -> FrozenVersion | None:
    """The highest frozen version below a number."""
    own = version_key(version) or (0, 0)
    lower = [
        frozen
        for frozen in folder.versions
        if (key := version_key(frozen.version)) is not None and key < own
    ]
    return max(lower, key=lambda frozen: version_key(frozen.version) or (0, 0), default=None)


def _sentence(place: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    before, after = _found(place, old), _found(place, new)
    where = " › ".join(_names(place, new if after else old)) or path_text(place)
    if not before:
        return f"{where}: new: {_short(after[0])}"
    if not after:
        return f"{where}: no longer there: {_short(before[0])}"
    return f"{where}: {_short(before[0])} → {_short(after[0])}"


def _found(place: Path, data: Any) -> tuple[Any, ...]:  # noqa: ANN401
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return ()
    return (data,)


def _names(place: Path, data: Any) -> Iterator[str]:  # noqa: ANN401
    """The way to a place in words: titles where things have one, keys elsewhere."""
    for part in place:
        data = data[part]
        title = data.get("title") if isinstance(data, Mapping) else None
        if isinstance(title, str):
            yield f"“{title}”"
        elif isinstance(part, str):
            yield part.replace("_", " ")
        else:
            yield f"no. {part + 1}"


def _short(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        text = " ".join(value.split())
        return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return _short(", ".join(value))
        return f"{len(value)} entries"
    if isinstance(value, Mapping):
        named = value.get("title") or value.get("id")
        return _short(named) if isinstance(named, str) else f"{len(value)} entries"
    return str(value)
