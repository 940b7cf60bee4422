"""Decisions that decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.diagnostics import Path, Problem
from regelwerk.model.process import Option, Step
from regelwerk.model.project import Definition, Project


def single_option(_project: Project, definition: Definition) -> Iterator[Problem]:
    """A decision has at least two options.

    With one there is nothing to decide, or an answer has been forgotten.
    """
    for step, at, options in _decisions(definition):
        if len(options) == 1:
            yield Problem(
                "flow/single-option",
                at,
                f"the decision `{step.id}` has only one option, `{options[0].id}`",
                "add the other answers, or make it a step without a decision",
            )


def same_target(_project: Project, definition: Definition) -> Iterator[Problem]:
    """The options of a decision lead to different places.

    Where all lead to the same, the answer changes nothing; often one `next` is not what was meant.
    """
    steps = {step.id for step in definition.process.all_steps()}
    for step, at, options in _decisions(definition):
        target = options[0].next if options else None
        if target is None or len(options) < 2 or any(other.next != target for other in options):
            continue
        if target.join or target.end in definition.process.ends or target.step in steps:
            yield Problem(
                "flow/same-target",
                at,
                f"all {len(options)} options of the decision `{step.id}` lead to the same place",
                "let them lead to different places, or record the answer in a field",
            )


def _decisions(definition: Definition) -> Iterator[tuple[Step, Path, tuple[Option, ...]]]:
    for step in definition.process.all_steps():
        if step.decision is not None:
            yield step, (*step.at, "decision", "options"), step.decision.options
