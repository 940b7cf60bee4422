"""Steps that are named must exist, and be steps that somebody does where that matters."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.names import known_ends, known_steps
from regelwerk.checks.walk import texts_at
from regelwerk.diagnostics import Path, Problem
from regelwerk.model.process import Step
from regelwerk.model.project import Definition, Project

_CODE = "reference/undefined-step"


def undefined_step(_project: Project, definition: Definition) -> Iterator[Problem]:
    """Every step that a way, a due date or the four eyes name exists in the process.

    Otherwise the flow stops there, or the due date and the four eyes are never checked.
    """
    known, ends = known_steps(definition), known_ends(definition)
    process = definition.process
    containers = {step.id for step in process.all_steps() if step.is_container}
    for step in process.all_steps():
        for path, target in step.targets():
            name = target.step or ""
            if name in ends.names and name not in known.names:
                message = f"`{name}` is an end of the process, not a step"
                yield Problem(_CODE, path, message, f"write {{end: {name}}}")
            else:
                message = f"the process has no step `{name}`"
                yield from known.undefined(name, _CODE, path, message, "name a step's id")
        for path, name in _done_before(definition, step):
            if name in containers:
                message = f"`{name}` only holds parallel branches; nobody does it"
                yield Problem(_CODE, path, message, "name one of the steps inside it")
            else:
                message = f"the process has no step `{name}`"
                yield from known.undefined(name, _CODE, path, message, "name a step's id")


def _done_before(definition: Definition, step: Step) -> Iterator[tuple[Path, str]]:
    """The places that name a step whose completion counts."""
    if step.due is not None and step.due.after != "start":
        yield from texts_at(definition.data, (*step.at, "due", "after"))
    yield from texts_at(definition.data, (*step.at, "not_same_person_as"))
