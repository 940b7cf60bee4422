"""Approval rules and their stages that are named must be defined."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.names import Known, known_rules
from regelwerk.diagnostics import Problem
from regelwerk.model.project import ORGANIZATION_FILE, Definition, Project


def undefined_approval(project: Project, definition: Definition) -> Iterator[Problem]:
    """The approval rule that a definition names is one of organization.yaml.

    Without its rule nobody knows who must sign, and the version can never be approved.
    """
    rule = definition.process.approval
    yield from known_rules(project).undefined(
        rule or "",
        "reference/undefined-approval",
        ("approval",),
        f"the approval rule `{rule}` is not defined in organization.yaml",
        "define it under `approval` in organization.yaml",
    )


def undefined_stage(project: Project) -> Iterator[Problem]:
    """A stage's `not_same_as` names other stages of the same rule.

    A misspelled stage would let one person sign both, although the rule forbids it.
    """
    for rule, stages in project.organization.approval.items():
        known = Known(
            frozenset(stage.id for stage in stages),
            project.sound or all(stage.id for stage in stages),
        )
        for index, stage in enumerate(stages):
            for position, other in enumerate(stage.not_same_as):
                yield from known.undefined(
                    other,
                    "reference/undefined-approval",
                    ("approval", rule, index, "not_same_as", position),
                    f"`{other}` is no stage of the approval rule `{rule}`",
                    "name a stage of the same rule",
                    ORGANIZATION_FILE,
                )
