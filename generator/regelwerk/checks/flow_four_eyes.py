"""Steps and stages that different people must do, and cannot."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.flow_order import can_come_before
from regelwerk.checks.graph import Graph
from regelwerk.checks.walk import texts_at
from regelwerk.diagnostics import Problem
from regelwerk.model.process import Step
from regelwerk.model.project import ORGANIZATION_FILE, Definition, Project

_CODE = "flow/four-eyes-impossible"


def same_step(_project: Project, definition: Definition) -> Iterator[Problem]:
    """No step must be done by somebody else than itself.

    `not_same_person_as` names the other step of the two that need different people.
    """
    for step in definition.process.work_steps():
        for path, name in texts_at(definition.data, (*step.at, "not_same_person_as")):
            if name and name == step.id:
                message = f"`{name}` cannot be done by somebody else than `{name}`"
                yield Problem(_CODE, path, message, "name the other of the two steps")


def only_one_person(project: Project, graph: Graph) -> Iterator[Problem]:
    """Where two steps need different people, not the same one person alone may do both.

    Told only where it is certain: everybody who ever holds either role is that one person.
    """
    if not project.sound:
        return
    for step in graph.process.work_steps():
        for index, name in enumerate(step.not_same_person_as):
            other = graph.steps.get(name)
            if other is None or other.is_container or other is step:
                continue
            people = _people(project, step) | _people(project, other)
            alone = len(people) == 1 and _people(project, step) == _people(project, other)
            if alone and can_come_before(graph, other, step):
                yield Problem(
                    _CODE,
                    (*step.at, "not_same_person_as", index),
                    f"`{name}` and `{step.id}` need two people, but `{min(people)}` alone holds"
                    " the roles for them",
                    "give one of the roles to somebody else as well, in people.yaml",
                )


def same_stage(project: Project) -> Iterator[Problem]:
    """No stage of an approval rule must be signed by somebody else than itself.

    `not_same_as` names other stages of the rule.
    """
    for rule, stages in project.organization.approval.items():
        for index, stage in enumerate(stages):
            for position, name in enumerate(stage.not_same_as):
                if name and name == stage.id:
                    message = f"the stage `{name}` cannot be signed by somebody else than itself"
                    path = ("approval", rule, index, "not_same_as", position)
                    hint = "name another stage of the rule"
                    yield Problem(_CODE, path, message, hint, file=ORGANIZATION_FILE)


def _people(project: Project, step: Step) -> set[str]:
    """Everybody who ever holds the step's responsible role."""
    fitting = project.organization.members(step.responsible or "")
    return {
        id_
        for id_, person in project.people.items()
        if any(holding.role in fitting for holding in person.roles)
    }
