"""What a form adds to a record, and where the two disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from regelwerk.diagnostics import Path
from regelwerk.model.moment import parse_date, parse_moment

Data = dict[str, Any]

_PROGRESS = {
    "open": ("on-hold", "closed", "cancelled"),
    "on-hold": ("open", "closed", "cancelled"),
}


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A value that the form has: new, or another than the recorded one (`old`).

    `path` is that in the merged record, `label` what the form calls the field, where it has one.
    """

    kind: Literal["added", "changed", "conflict"]
    path: Path
    old: Any = None
    new: Any = None
    label: str = ""


class Merged(msgspec.Struct, frozen=True):
    """The record with what the form adds, and with its changes where they were asked for."""

    data: Data
    changes: tuple[Change, ...]

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """Changes of recorded values that nobody has asked for."""
        return tuple(change for change in self.changes if change.kind == "conflict")


def merge(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    rounds: Sequence[tuple[str, int]],
    *,
    overwrite: bool,
) -> Merged:
    """Put a form's data into a record; `rounds` says which entry of the form is which time.

    The status may go on from `open` and `on-hold`; a recorded day and time is the same as its day.
    """
    data: Data = _copied(dict(old))
    merger = _Merger(overwrite=overwrite)
    for key, value in new.items():
        if key != "steps":
            merger.put(data, key, value, (key,))
    steps = data.get("steps")
    if not isinstance(steps, list):
        steps = data["steps"] = []
    known = _occurrences(steps)
    for entry, occurrence in zip(new.get("steps", ()), rounds, strict=True):
        recorded = known.get(occurrence)
        if recorded is None:
            place = _place(steps, entry)
            steps.insert(place, _copied(entry))
            merger.changes.append(Change(kind="added", path=("steps", place), new=entry))
            continue
        place = next(index for index, one in enumerate(steps) if one is recorded)
        for key, value in entry.items():
            merger.put(recorded, key, value, ("steps", place, key))
    return Merged(data, tuple(merger.changes))


class _Merger:
    """Collects what changes."""

    def __init__(self, *, overwrite: bool) -> None:
        self.changes: list[Change] = []
        self._overwrite = overwrite

    def put(self, data: Data, key: str, value: object, path: Path) -> None:
        old = data.get(key)
        if old is None or old == {} or old == "":
            data[key] = _copied(value)
            self.changes.append(Change(kind="added", path=path, new=value))
        elif same(old, value):
            return
        elif isinstance(old, dict) and isinstance(value, dict) and not _is_evidence(value):
            for below, one in value.items():
                self.put(old, below, one, (*path, below))
        elif path == ("status",) and value in _PROGRESS.get(str(old), ()):
            data[key] = value
            self.changes.append(Change(kind="changed", path=path, old=old, new=value))
        else:
            kind: Literal["changed", "conflict"] = "changed" if self._overwrite else "conflict"
            if self._overwrite:
                data[key] = _copied(value)
            self.changes.append(Change(kind=kind, path=path, old=old, new=value))


def _copied(value: Any) -> Any:  # noqa: ANN401
    """A copy in which nothing is shared, as aliases in YAML would be."""
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def same(old: object, new: object) -> bool:
    """Whether a form that was filled in from `old` would say `new`."""
    if old == new and type(old) is type(new):
        return True
    if isinstance(old, int | float) and isinstance(new, int | float):
        return old == new and not isinstance(old, bool) and not isinstance(new, bool)
    if isinstance(old, str) and isinstance(new, str) and parse_date(new) is not None:
        return parse_moment(old) is not None and old[:10] == new
    if isinstance(old, list) or isinstance(new, list):
        return _names(old) == _names(new)
    if _is_evidence(old) or _is_evidence(new):
        return _told(old) == _told(new) and not _has_more(new, old)
    return False


def _names(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _is_evidence(value: object) -> bool:
    return isinstance(value, dict) and ("file" in value or "reference" in value)


def _told(value: object) -> object:
    if isinstance(value, dict):
        return value.get("file") or value.get("reference")
    return value


def _has_more(new: object, old: object) -> bool:
    """Whether `new` says something of the evidence, such as a checksum, that `old` does not."""
    if not isinstance(new, dict) or not isinstance(old, dict):
        return False
    return any(key not in ("file", "reference") and old.get(key) != new[key] for key in new)


def _occurrences(steps: Sequence[object]) -> dict[tuple[str, int], Data]:
    counts: dict[str, int] = {}
    found = {}
    for entry in steps:
        if isinstance(entry, dict) and isinstance(entry.get("step"), str):
            step = entry["step"]
            counts[step] = counts.get(step, 0) + 1
            found[step, counts[step]] = entry
    return found


def _place(steps: Sequence[object], entry: Mapping[str, Any]) -> int:
    """Behind the last entry that was not done later."""
    day = str(entry.get("completed", ""))[:10]
    for place in range(len(steps), 0, -1):
        before = steps[place - 1]
        known = before.get("completed") if isinstance(before, dict) else None
        if not isinstance(known, str) or not day or known[:10] <= day:
            return place
    return 0
