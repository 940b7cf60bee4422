"""A definition as the fast path asks it: per step what an entry must hold, as sets."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.model.process import Calls, Field
from regelwerk.model.span import Span
from regelwerk.records.flow_table import FlowTable
from regelwerk.records.tables import Compiled, StepPlan

# Days as `date.toordinal`, first and last.
Spans = tuple[tuple[int, int], ...]

NOT_NAMED = ""
"""Stands for an end of the called case for which no outcome is given."""


class FastStep:
    """What an entry of one step must hold to be beyond doubt.

    `calls` is None where no case kept here is called; `outcomes` are the ends between which the
    way on is chosen, none where they do not matter. `holders` remembers who may do it when.
    """

    __slots__ = (
        "apart",
        "calls",
        "checks",
        "due",
        "due_after",
        "fields",
        "holders",
        "is_call",
        "options",
        "outcomes",
        "outputs",
        "plan",
        "required",
    )

    def __init__(self, plan: StepPlan) -> None:
        step = plan.step
        self.plan = plan
        self.options = plan.options if step.decision is not None else None
        self.is_call = step.calls is not None
        self.calls: Calls | None = step.calls
        self.outcomes: tuple[str | None, ...] = ()
        if step.calls is not None and step.calls.external:
            self.calls = None
        elif plan.outcomes:
            self.outcomes = (*plan.outcomes, NOT_NAMED, None)
        self.checks = frozenset(check.id for check in step.checks)
        self.fields: Mapping[str, Field] = {field.id: field for field in step.fields}
        self.required = frozenset(field.id for field in step.fields if field.required)
        self.outputs = frozenset(step.outputs)
        self.apart = step.not_same_person_as
        self.due: Span | None = plan.due if step.due is not None else None
        self.due_after = step.due.after if step.due is not None else ""
        self.holders: dict[tuple[str, str | None], Spans] = {}


class FastPlan:
    """One definition. `remembers`: some rule looks back at who did a step, or when."""

    __slots__ = ("flow", "inputs", "process", "remembers", "steps", "version")

    def __init__(self, process: str, version: str, compiled: Compiled) -> None:
        self.process = process
        self.version = version
        self.flow = FlowTable(compiled)
        self.steps = {step: FastStep(plan) for step, plan in compiled.steps.items()}
        self.inputs = frozenset(use.document for use in compiled.process.inputs)
        self.remembers = any(step.apart or step.due for step in self.steps.values())
