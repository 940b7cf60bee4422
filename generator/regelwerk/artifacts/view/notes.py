"""What there is to say about a process and each of its steps, as plain text without layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from regelwerk.artifacts.view.lookup import Lookup, lookup
from regelwerk.artifacts.view.markdown import plain
from regelwerk.artifacts.view.standing import status_view
from regelwerk.artifacts.view.steps import reading_order, step_tree
from regelwerk.model.context import BuildContext


def process_note(context: BuildContext) -> str:
    """Number, title, version and status, then the purpose."""
    look = lookup(context)
    title = look.speech.say(
        "picture.title", process=look.process.title, version=look.process.version
    )
    head = " · ".join(part for part in (look.process.document, title) if part)
    return _lines([head, status_view(look)["text"], plain(look.process.purpose)])


def step_notes(context: BuildContext) -> Mapping[str, str]:
    """The text of each step by its id: number, instructions, decision, calls, documents, rules."""
    look = lookup(context)
    return {view["id"]: _lines(_about(look, view)) for view in reading_order(step_tree(look))}


def _about(look: Lookup, view: Mapping[str, Any]) -> Iterator[str]:
    labels = look.speech.labels
    yield f"{view['number']} {view['title']}"
    for text in view["instructions"]:
        yield text["plain"]
    yield from view["notes"]
    if view["decision"]:
        yield view["decision"]["question"]
        yield from (option["text"] for option in view["decision"]["options"])
    if view["calls"]:
        yield view["calls"]["text"]
        yield from (outcome["text"] for outcome in view["calls"]["outcomes"])
    for key in ("resources", "inputs", "outputs"):
        if view[key]:
            yield f"{labels[key]}: {look.speech.listing(view[key])}"
    for key in ("due", "four_eyes"):
        if view[key]:
            yield f"{labels[key]}: {view[key]}"


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
