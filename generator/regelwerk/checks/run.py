"""Ask every rule."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from regelwerk.checks.catalog import DEFINITION_RULES, FLOW_RULES, PROJECT_RULES
from regelwerk.checks.graph import build_graph
from regelwerk.checks.shape import flow_is_known
from regelwerk.diagnostics import Problem
from regelwerk.model.project import Definition, Project


def check_project(project: Project) -> Iterator[Problem]:
    """What the rules find in a project; every problem names its file."""
    for rule in PROJECT_RULES:
        yield from rule(project)
    for definition in project.definitions():
        for problem in check_definition(project, definition):
            yield msgspec.structs.replace(problem, file=definition.file)


def check_definition(project: Project, definition: Definition) -> Iterator[Problem]:
    """What the rules find in one definition of the project; the file is left empty."""
    for rule in DEFINITION_RULES:
        yield from rule(project, definition)
    if flow_is_known(definition):
        graph = build_graph(project, definition)
        for flow_rule in FLOW_RULES:
            yield from flow_rule(project, graph)
