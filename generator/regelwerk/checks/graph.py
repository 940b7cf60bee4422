"""The flow graph as the rules see it, also where ids are missing or given twice."""

from __future__ import annotations

from collections import Counter

import msgspec

from regelwerk.model.flow import Flow, build_flow
from regelwerk.model.process import Process, Step
from regelwerk.model.project import Definition, Project


class Graph(msgspec.Struct, frozen=True):
    """A process, its steps and flow. `doubtful` are steps whose own id nobody can name.

    Those had no id, or one that stands further up already; here they got another.
    """

    process: Process
    flow: Flow
    steps: dict[str, Step]
    doubtful: frozenset[str]


def build_graph(project: Project, definition: Definition) -> Graph:
    """The graph of a definition."""
    process = definition.process
    ids = Counter(step.id for step in process.all_steps())
    doubtful: set[str] = set()
    if "" in ids or max(ids.values(), default=0) > 1:
        steps = _distinct(process.steps, set(), doubtful)
        process = msgspec.structs.replace(process, steps=steps)
    return Graph(
        process,
        build_flow(process, project.ends_of),
        {step.id: step for step in process.all_steps()},
        frozenset(doubtful),
    )


def _distinct(steps: tuple[Step, ...], seen: set[str], renamed: set[str]) -> tuple[Step, ...]:
    """The same steps; from the second of an id on, each with an id that no file can hold."""
    result = []
    for step in steps:
        id_ = step.id
        if not id_ or id_ in seen:
            id_ = f"{step.id} ({len(renamed) + 2})"
            renamed.add(id_)
        seen.add(id_)
        branches = tuple(
            msgspec.structs.replace(branch, steps=_distinct(branch.steps, seen, renamed))
            for branch in step.parallel
        )
        result.append(msgspec.structs.replace(step, id=id_, parallel=branches))
    return tuple(result)
