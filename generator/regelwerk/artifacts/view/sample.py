"""A made-up definition that uses everything, and its view: what templates are tried with."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from regelwerk.artifacts.view.process import process_view
from regelwerk.model.context import BuildContext, VersionEntry, resolve_names
from regelwerk.model.organization import Organization, Person, RegisterEntry, Role
from regelwerk.model.process import (
    ApplicableDocument,
    Branch,
    Calls,
    Check,
    Decision,
    Document,
    DocumentUse,
    Due,
    End,
    Field,
    HistoryEntry,
    Kpi,
    KpiTarget,
    Option,
    Process,
    Resource,
    Risk,
    Section,
    Start,
    Step,
    Target,
    Term,
)
from regelwerk.model.project import Definition, FrozenVersion, ProcessFolder, Project
from regelwerk.model.version import Signature, StageVerdict, Status, Verdict

_TEXT = (
    "A *paragraph* with a [link](https://www.example.com).\n\n- one\n- two\n\n|a|b|\n|-|-|\n|c|d|"
)


def sample_view() -> dict[str, Any]:
    """A view in which no list and no text is empty but `status.stamp`."""
    return {**process_view(sample_context()), "build_short": "0123456789ab"}


def sample_context() -> BuildContext:
    """What `sample_view` is made from."""
    project = Project(
        organization=Organization(
            name="Sample organization",
            standards=("ISO 9001:2015",),
            roles={
                "lead": Role(id="lead", title="Lead"),
                "team": Role(id="team", title="Team", includes=("lead",)),
            },
        ),
        people={"a.b": Person(id="a.b", name="Sample Person", external=True)},
        register={
            "form": RegisterEntry(
                id="form",
                title="Form",
                kind="form",
                number="F-1",
                edition="1",
                owner="lead",
                url="https://www.example.com",
            )
        },
    )
    definition = Definition(file="", data={}, process=_process(), sound=True, version="1.1")
    frozen = FrozenVersion(
        version="1.1",
        folder="",
        definition=definition,
        context={"terms": {"word": {"title": "Paragraph", "definition": "Some lines."}}},
        approvals=None,
    )
    folder = ProcessFolder(id="sample", folder="", working=None, versions=(frozen,))
    project = msgspec.structs.replace(project, processes={"sample": folder})
    signature = Signature(
        stage="approved",
        by="a.b",
        at="2020-01-02",
        moment=date(2020, 1, 2),
        method="paper",
        path=(),
        comment="Well done.",
    )
    verdict = Verdict(
        version="1.1",
        status=Status.SUPERSEDED,
        stages=(
            StageVerdict(
                id="approved", title="Approval", role="lead", needed=1, signatures=(signature,)
            ),
        ),
        effective_from=date(2020, 1, 2),
        effective_until=date(2021, 1, 2),
        review_due=date(2021, 1, 2),
        on_paper=True,
        digest="sha256:" + "0123456789abcdef" * 4,
        superseded_by="1.2",
    )
    return BuildContext(
        project=project,
        definition=definition,
        verdict=verdict,
        names=resolve_names(project, None),
        as_of=date(2022, 1, 1),
        working=False,
        versions=(VersionEntry(version="1.1", verdict=verdict, change="Something new."),),
    )


def _process() -> Process:
    return Process(
        id="sample",
        document="P-1",
        title="Sample process",
        subtitle="With everything",
        version="1.1",
        category="core",
        owner="lead",
        classification="internal",
        purpose=_TEXT,
        scope=_TEXT,
        sections=(
            Section(title="Before", text=_TEXT),
            Section(title="After", text=_TEXT, place="after-steps"),
        ),
        terms={"own": Term(id="own", title="Own", definition="Ours.")},
        participants=("team",),
        resources={"tool": Resource(id="tool", title="Tool", kind="system", note="A note.")},
        documents={
            "paper": Document(
                id="paper", title="Paper", form="F-1", retention="P10Y", external=True
            )
        },
        inputs=(DocumentUse(document="paper", party="customer", at=()),),
        outputs=(DocumentUse(document="paper", party="customer", at=()),),
        start=Start(event="Something happens"),
        steps=_steps(),
        ends={"done": End(id="done", event="It is done", success=True)},
        risks=(Risk(title="It fails", kind="risk", action="Take care.", owner="lead"),),
        kpis=(
            Kpi(
                id="time",
                title="Time",
                measure={"time": {"from": "start", "to": "end"}},
                aggregate="median",
                unit="d",
                target=KpiTarget(max=5),
                period="year",
            ),
        ),
        applicable_documents=(ApplicableDocument(register="form"),),
        clauses={"": ("8.1",)},
        history=(HistoryEntry(version="1.0", change="First.", on=date(2019, 1, 1)),),
        change="Something new.",
        review_every="P1Y",
    )


def _steps() -> tuple[Step, ...]:
    work = Step(
        id="work",
        title="Work",
        at=("steps", 0),
        responsible="lead",
        accountable="team",
        supporting=("team",),
        consulted=("team",),
        informed=("team",),
        instructions=(_TEXT,),
        resources=("tool",),
        inputs=("paper",),
        outputs=("paper",),
        fields=(
            Field(
                id="kind",
                label="Kind",
                type="choice",
                required=True,
                unit="kg",
                options=("a", "b"),
                help="Help.",
            ),
        ),
        checks=(Check(id="ready", label="Ready"),),
        email="note",
        due=Due(within="P5BD"),
        not_same_person_as=("judge",),
        optional=True,
        repeatable=True,
        clauses={"": ("8.1",)},
    )
    inner = Step(id="inner", title="Inner", at=(), responsible="lead")
    call = Step(
        id="call",
        title="Call",
        at=("steps", 2),
        responsible="lead",
        calls=Calls(process="other", outcomes={"good": Target(step="judge")}, external=True),
    )
    judge = Step(
        id="judge",
        title="Judge",
        at=("steps", 3),
        responsible="team",
        decision=Decision(
            question="Good?",
            options=(
                Option(id="yes", label="Yes", next=Target(step="finish")),
                Option(id="no", label="No", next=Target(step="work"), max_repeats=2),
            ),
        ),
    )
    finish = Step(
        id="finish", title="Finish", at=("steps", 4), responsible="lead", next=Target(end="done")
    )
    both = Step(
        id="both",
        title="Both",
        at=("steps", 1),
        parallel=(Branch(id="one", steps=(inner,), at=()),),
    )
    return (work, both, call, judge, finish)
