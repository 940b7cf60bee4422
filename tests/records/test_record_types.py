"""Types made from definitions: what they read is what the definition asks, however small it is."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from records.support import compiled, entry, process, record, world
from regelwerk.records.fast import FastJudge

FULL = {
    "checks": [{"id": "sound", "label": "Sound"}],
    "fields": [
        {"id": "size", "label": "Size", "type": "number", "required": True},
        {"id": "colour", "label": "Colour", "type": "choice", "options": ["red"], "required": True},
    ],
    "outputs": ["note-1"],
}
DONE = entry(
    "a",
    checks={"sound": "yes"},
    fields={"size": 1, "colour": "red"},
    outputs={"note-1": {"reference": "here"}},
)
WALKS = {
    "one step": ([{"id": "a", "next": {"end": "done"}, **FULL}], [DONE]),
    "two steps": (
        [{"id": "a", **FULL}, {"id": "b", "next": {"end": "done"}}],
        [DONE, entry("b")],
    ),
    "one decision": (
        [
            {
                "id": "a",
                "decision": {
                    "question": "?",
                    "options": {"go": {"label": "Go", "next": {"end": "done"}}},
                },
            }
        ],
        [entry("a", "go")],
    ),
}


def judge(steps: list[dict[str, Any]]) -> FastJudge:
    documents = {"note-1": {"title": "Note"}}
    return FastJudge(world(compiled(process(steps, documents=documents))))


def is_right(fast: FastJudge, data: dict[str, Any]) -> bool:
    read = fast.read(json.dumps(data, separators=(",", ":")).encode())
    return read is not None and fast.judge(read, "process/p/records/x.jsonl") is not None


def without_a_key(data: Any) -> Iterator[Any]:
    """The data with each key left out once, wherever it stands."""
    items = list(data.items() if isinstance(data, dict) else enumerate(data))
    for key, value in items if isinstance(data, dict | list) else ():
        if isinstance(data, dict):
            yield {one: below for one, below in data.items() if one != key}
        if isinstance(value, dict | list):
            for changed in without_a_key(value):
                new = copy.copy(data)
                new[key] = changed
                yield new


@pytest.mark.parametrize("name", WALKS)
def test_only_the_whole_record_is_right(name: str) -> None:
    steps, entries = WALKS[name]
    fast = judge(steps)
    whole = record(*entries, closed_with="done")
    assert is_right(fast, whole)
    for number, part in enumerate(without_a_key(whole)):
        assert not is_right(fast, part), (number, part)


@pytest.mark.parametrize("step", ["", "b", "a ", None, 1, ["a"]])
def test_an_entry_of_no_step_is_in_doubt(step: object) -> None:
    steps, entries = WALKS["one step"]
    assert not is_right(judge(steps), record({**entries[0], "step": step}, closed_with="done"))


def test_without_steps_there_are_no_entries() -> None:
    fast = judge([])
    assert not is_right(fast, record({"by": "ann", "completed": "2026-03-03"}))
    assert not is_right(fast, record({"step": "", "by": "ann", "completed": "2026-03-03"}))
