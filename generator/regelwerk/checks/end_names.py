"""Ends that are named must be defined: the process's own, and those of a called process."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.names import Known, known_ends
from regelwerk.diagnostics import Problem
from regelwerk.model.project import Definition, Project

_CODE = "reference/undefined-end"


def undefined_end(project: Project, definition: Definition) -> Iterator[Problem]:
    """Every end that a way leads to exists, and every outcome is an end of the called process.

    A case that takes an unknown way could never be closed.
    """
    known = known_ends(definition)
    for step in definition.process.all_steps():
        for path, target in step.targets():
            yield from known.undefined(
                target.end or "",
                _CODE,
                (*path, "end"),
                f"the process has no end `{target.end}`",
                "define it under `ends`",
            )
        if step.calls is None or step.calls.external:
            continue
        called = step.calls.process
        ends = project.ends_of(called)
        for outcome in step.calls.outcomes if ends is not None else ():
            yield from Known(ends or frozenset(), _ends_certain(project, called)).undefined(
                outcome,
                _CODE,
                (*step.at, "calls", "outcomes", outcome),
                f"the process `{called}` has no end `{outcome}`",
                f"name an end of `{called}`",
            )


def _ends_certain(project: Project, process: str) -> bool:
    """Whether the ends of the called process could be read; by the definition that tells them."""
    folder = project.processes[process]
    definitions = [folder.working, *(frozen.definition for frozen in reversed(folder.versions))]
    first = next((definition for definition in definitions if definition is not None), None)
    return first is not None and known_ends(first).certain
