"""What the YAML and the JSON reader say alike."""

from __future__ import annotations

from regelwerk.diagnostics import Path, Problem
from regelwerk.project.limits import MAX_DEPTH, MAX_NODES
from regelwerk.project.tree import Place


def duplicate_key(path: Path, first: Place | None, place: Place) -> Problem:
    """The key at the path is given again; `first` is where it was given before, if known."""
    where = f" (first in line {first[0]})" if first is not None else ""
    message = f"the key `{short(str(path[-1]))}` is given twice{where}"
    return Problem("yaml/duplicate-key", path, message, "remove or rename one of the two", *place)


def too_deep(place: Place) -> Problem:
    """More levels than any sensible file has, so that no reader runs out of stack."""
    message = f"nested more than {MAX_DEPTH} levels deep"
    return Problem("yaml/too-large", (), message, "flatten the file", *place)


def too_many(place: Place) -> Problem:
    """More values than any sensible file has, counted with what aliases repeat."""
    message = f"more than {MAX_NODES} values in one file"
    return Problem("yaml/too-large", (), message, "split the file", *place)


def short(text: str) -> str:
    """A text from the file on one line and short enough for a message."""
    text = text.replace("\n", " ")
    return text if len(text) <= 40 else text[:39] + "…"
