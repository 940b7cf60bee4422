"""A definition as the fast path asks it: how to read its records, and what is left to look at."""

from __future__ import annotations

from typing import Any

import msgspec

from regelwerk.model.process import Calls
from regelwerk.model.span import Span
from regelwerk.records.courses import Done
from regelwerk.records.flow_table import FlowTable
from regelwerk.records.record_types import RecordRead, attributes, record_type
from regelwerk.records.tables import Compiled, StepPlan

# Days as `date.toordinal`, first and last.
Spans = tuple[tuple[int, int], ...]

NOT_NAMED = ""
"""Stands for an end of the called case for which no outcome is given."""


class FastStep:
    """What reading by type does not tell of a step.

    In a course `plain` stands for the step, `options` for the step with each option, `called` for
    the step with a case that it called; `done` is the one it always is, None where that depends or
    there are contents to look at. `calls` is None where no case kept here is called; `outcomes` are
    the ends between which the way on is chosen. `numbers`, `dates`, `texts` and `outputs` are the
    attributes under which those are read, `values` tells whether there are such values. `longest`
    is for each person the longest time (first and last day) in which they may do it, `holders` has
    all of them.
    """

    __slots__ = (
        "apart",
        "called",
        "calls",
        "dates",
        "done",
        "due",
        "due_after",
        "due_to_the_hour",
        "holders",
        "id",
        "is_call",
        "longest",
        "numbers",
        "options",
        "outcomes",
        "outputs",
        "plain",
        "roles",
        "texts",
        "values",
    )

    def __init__(self, plan: StepPlan) -> None:
        step = plan.step
        self.id = step.id
        self.plain = Done(self)
        self.options = {option: Done(self, option) for option in plan.options}
        self.called = Done(self, calls=True)
        self.calls: Calls | None = step.calls
        self.outcomes: tuple[str | None, ...] = ()
        if step.calls is not None and step.calls.external:
            self.calls = None
        elif plan.outcomes:
            self.outcomes = (*plan.outcomes, NOT_NAMED, None)
        names = attributes(field.id for field in step.fields)
        self.numbers = tuple(names[f.id] for f in step.fields if f.type == "number")
        self.dates = tuple(names[f.id] for f in step.fields if f.type == "date")
        self.texts = tuple(names[f.id] for f in step.fields if f.type == "text")
        self.outputs = tuple(attributes(step.outputs).values())
        self.values = bool(self.numbers or self.dates or self.texts)
        self.is_call = step.calls is not None
        depends = self.values or self.outputs or self.options or self.is_call
        self.done = None if depends else self.plain
        self.apart = step.not_same_person_as
        self.due: Span | None = plan.due if step.due is not None else None
        self.due_after = step.due.after if step.due is not None else ""
        self.due_to_the_hour = self.due is not None and self.due.has_time
        self.roles = plan.roles
        self.longest: dict[str | tuple[str, ...], tuple[int, int]] = {}
        self.holders: dict[tuple[str, str | None], Spans] = {}


class FastPlan:
    """One definition; `decode` reads JSON as its records and refuses everything else.

    `calls`: some step calls a process kept here. `numbers`: some step has fields that are numbers.
    """

    __slots__ = ("calls", "decode", "flow", "inputs", "numbers", "process", "steps", "version")

    def __init__(self, process: str, version: str, compiled: Compiled) -> None:
        self.process = process
        self.version = version
        self.flow = FlowTable(compiled)
        self.steps = {step: FastStep(plan) for step, plan in compiled.steps.items()}
        self.inputs = tuple(attributes(use.document for use in compiled.process.inputs).values())
        self.calls = any(step.calls is not None for step in self.steps.values())
        self.numbers = any(step.numbers for step in self.steps.values())
        kind: Any = record_type(process, version, compiled, self.steps, self)
        decoder: msgspec.json.Decoder[RecordRead] = msgspec.json.Decoder(kind)
        self.decode = decoder.decode
