"""A process definition as frozen values, built once after the schema holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

Path = tuple[str | int, ...]


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A word and what it means here."""

    id: str
    title: str
    definition: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A free section of the document (Markdown), before or after the steps."""

    title: str
    text: str
    place: Literal["before-steps", "after-steps"] = "before-steps"


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """What the work is done with (ISO 9001:2015, 7.1)."""

    id: str
    title: str
    kind: Literal["system", "form", "document", "equipment"]
    note: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Documented information (ISO 9001:2015, 7.5); the same id in two processes is the same one."""

    id: str
    title: str
    form: str | None = None
    retention: str | None = None
    external: bool = False


class DocumentUse(msgspec.Struct, frozen=True, kw_only=True):
    """A document that the whole process takes in or gives out; `party` is from whom or to whom."""

    document: str
    party: str | None
    at: Path


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """Where the flow goes on: exactly one of a step, an end, or the join of the parallel."""

    step: str | None = None
    end: str | None = None
    join: bool = False


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a step records."""

    id: str
    label: str
    type: Literal["text", "number", "date", "choice", "yes-no"]
    required: bool = False
    unit: str | None = None
    options: tuple[str, ...] = ()
    help: str | None = None


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A box to tick: yes, no or not applicable."""

    id: str
    label: str


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to a decision; `max_repeats` limits how often it may be chosen in a loop."""

    id: str
    label: str
    next: Target
    max_repeats: int | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """An exclusive choice (BPMN 2.0, 10.6.2: exclusive gateway)."""

    question: str | None
    options: tuple[Option, ...]

    def option(self, id_: object) -> Option | None:
        """The option with that id, if there is one."""
        return next((option for option in self.options if option.id == id_), None)


class Calls(msgspec.Struct, frozen=True, kw_only=True):
    """Another process done as this step (BPMN: call activity); `outcomes` map its ends to ways."""

    process: str
    outcomes: Mapping[str, Target] = {}
    external: bool = False


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Within which span after the start (`start`) or after another step."""

    within: str
    after: str = "start"


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """One branch of a parallel: a list of steps."""

    id: str
    steps: tuple[Step, ...]
    at: Path


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step. A step with `parallel` is only a container and is never recorded.

    `at` is the step's path in the definition file. `responsible` is None only for containers.
    """

    id: str
    title: str
    at: Path
    responsible: str | None = None
    was: tuple[str, ...] = ()
    accountable: str | None = None
    supporting: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    checks: tuple[Check, ...] = ()
    email: str | None = None
    due: Due | None = None
    not_same_person_as: tuple[str, ...] = ()
    optional: bool = False
    repeatable: bool = False
    clauses: Mapping[str, tuple[str, ...]] = {}
    decision: Decision | None = None
    calls: Calls | None = None
    parallel: tuple[Branch, ...] = ()
    next: Target | None = None

    @property
    def is_container(self) -> bool:
        """Whether the step only holds parallel branches."""
        return bool(self.parallel)

    def targets(self) -> Iterator[tuple[Path, Target]]:
        """Every target the step names, with the path of the key that names it."""
        if self.next is not None:
            yield (*self.at, "next"), self.next
        if self.decision is not None:
            for option in self.decision.options:
                yield (*self.at, "decision", "options", option.id, "next"), option.next
        if self.calls is not None:
            for end, target in self.calls.outcomes.items():
                yield (*self.at, "calls", "outcomes", end), target


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """What sets the process off (BPMN 2.0: start event)."""

    event: str


class End(msgspec.Struct, frozen=True, kw_only=True):
    """One way the process can end (BPMN 2.0: end event); `success` counts as having worked."""

    id: str
    event: str
    success: bool = False


class Risk(msgspec.Struct, frozen=True, kw_only=True):
    """A risk or an opportunity and what is done about it (ISO 9001:2015, 6.1)."""

    title: str
    kind: Literal["risk", "opportunity"]
    action: str | None = None
    owner: str | None = None


class KpiTarget(msgspec.Struct, frozen=True, kw_only=True):
    """The range in which a key figure should be."""

    min: float | None = None
    max: float | None = None


class Kpi(msgspec.Struct, frozen=True, kw_only=True):
    """A key figure (ISO 9001:2015, 9.1); `measure` is kept as written, None: not measured here."""

    id: str
    title: str
    measure: Mapping[str, object] | None = None
    aggregate: Literal["median", "mean", "p90", "max"] | None = None
    unit: str | None = None
    target: KpiTarget | None = None
    period: Literal["month", "quarter", "year"] | None = None


class ApplicableDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document that applies here: told in place, or an entry of the register."""

    title: str | None = None
    number: str | None = None
    edition: str | None = None
    external: bool = False
    register: str | None = None


class HistoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A version older than those kept here."""

    version: str
    change: str
    on: date | None = None


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """A process definition. `clauses` maps a standard (`""`: the organization's first) to ids."""

    id: str
    title: str
    version: str
    purpose: str
    start: Start
    steps: tuple[Step, ...]
    ends: Mapping[str, End]
    document: str | None = None
    subtitle: str | None = None
    category: Literal["management", "core", "support"] | None = None
    owner: str | None = None
    classification: str | None = None
    approval: str | None = None
    scope: str | None = None
    sections: tuple[Section, ...] = ()
    terms: Mapping[str, Term] = {}
    participants: tuple[str, ...] = ()
    resources: Mapping[str, Resource] = {}
    documents: Mapping[str, Document] = {}
    inputs: tuple[DocumentUse, ...] = ()
    outputs: tuple[DocumentUse, ...] = ()
    risks: tuple[Risk, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    applicable_documents: tuple[ApplicableDocument, ...] = ()
    clauses: Mapping[str, tuple[str, ...]] = {}
    history: tuple[HistoryEntry, ...] = ()
    change: str | None = None
    review_every: str | None = None

    def all_steps(self) -> Iterator[Step]:
        """Every step in the order of the file, containers before what they hold."""
        yield from walk(self.steps)

    def work_steps(self) -> Iterator[Step]:
        """Every step that is done and recorded, so without containers."""
        return (step for step in self.all_steps() if not step.is_container)

    def step(self, id_: str) -> Step | None:
        """The step with that id, if there is one."""
        return next((step for step in self.all_steps() if step.id == id_), None)

    def accountable(self, step: Step) -> str | None:
        """Who is accountable: the step's own, else the process owner, else the responsible role."""
        return step.accountable or self.owner or step.responsible


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Every step of a list and of the branches below it, in the order of the file."""
    for step in steps:
        yield step
        for branch in step.parallel:
            yield from walk(branch.steps)
