"""Build a process definition from data. Tolerant: what is missing is left empty, so that checks
can run on what is there; whoever needs a sound definition asks for the findings first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

from regelwerk.diagnostics import Path
from regelwerk.model.moment import parse_date
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

Data = Mapping[str, Any]


def build_process(data: Data, folder: str) -> Process:
    """Build the definition; `folder` stands in for an id that is missing."""
    return Process(
        id=text(data, "id") or folder,
        title=text(data, "title") or folder,
        version=text(data, "version") or "0.0",
        purpose=text(data, "purpose") or "",
        start=Start(event=text(mapping(data, "start"), "event") or ""),
        steps=_steps(data, "steps", ()),
        ends={key: _end(key, value) for key, value in own(data, "ends").items()},
        document=text(data, "document"),
        subtitle=text(data, "subtitle"),
        category=cast("Any", text(data, "category")),
        owner=text(data, "owner"),
        classification=text(data, "classification"),
        approval=text(data, "approval"),
        scope=text(data, "scope"),
        sections=tuple(_section(item) for _, item in items(data, "sections")),
        terms=build_terms(data),
        participants=texts(data, "participants"),
        resources={
            item["id"]: _resource(item)
            for _, item in items(data, "resources")
            if isinstance(item.get("id"), str)
        },
        documents={key: _document(key, value) for key, value in own(data, "documents").items()},
        inputs=_uses(data, "inputs", "from"),
        outputs=_uses(data, "outputs", "to"),
        risks=tuple(_risk(item) for _, item in items(data, "risks")),
        kpis=tuple(_kpi(item) for _, item in items(data, "kpis")),
        applicable_documents=tuple(
            _applicable(item) for _, item in items(data, "applicable_documents")
        ),
        clauses=_clauses(data),
        history=tuple(_history(item) for _, item in items(data, "history")),
        change=text(data, "change"),
        review_every=text(data, "review_every"),
    )


def text(data: Data, key: str) -> str | None:
    """The text under a key, None where there is none."""
    value = data.get(key)
    return value if isinstance(value, str) else None


def flag(data: Data, key: str) -> bool:
    """Whether the key says true."""
    return data.get(key) is True


def number(data: Data, key: str) -> float | int | None:
    """The number under a key, None where there is none."""
    value = data.get(key)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def mapping(data: Data, key: str) -> Data:
    """The mapping under a key, empty where there is none."""
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def own(data: Data, key: str) -> dict[str, Data]:
    """A mapping of mappings without free `x-` keys; what is no mapping counts as empty."""
    return {
        name: value if isinstance(value, dict) else {}
        for name, value in mapping(data, key).items()
        if not name.startswith("x-")
    }


def items(data: Data, key: str) -> Iterable[tuple[int, Data]]:
    """The mappings of a list, each with its index."""
    value = data.get(key)
    for index, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, dict):
            yield index, item


def texts(data: Data, key: str) -> tuple[str, ...]:
    """A list of texts; a single text counts as a list of one."""
    value = data.get(key)
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def build_terms(data: Data) -> dict[str, Term]:
    """The glossary under `terms`."""
    return {
        key: Term(
            id=key, title=text(value, "title") or key, definition=text(value, "definition") or ""
        )
        for key, value in own(data, "terms").items()
    }


def _steps(data: Data, key: str, at: Path) -> tuple[Step, ...]:
    return tuple(_step(item, (*at, key, index)) for index, item in items(data, key))


def _step(data: Data, at: Path) -> Step:
    return Step(
        id=text(data, "id") or "",
        title=text(data, "title") or text(data, "id") or "",
        at=at,
        responsible=text(data, "responsible"),
        was=texts(data, "was"),
        accountable=text(data, "accountable"),
        supporting=texts(data, "supporting"),
        consulted=texts(data, "consulted"),
        informed=texts(data, "informed"),
        instructions=texts(data, "instructions"),
        resources=texts(data, "resources"),
        inputs=texts(data, "inputs"),
        outputs=texts(data, "outputs"),
        fields=tuple(_field(item) for _, item in items(data, "fields")),
        checks=tuple(
            Check(id=text(item, "id") or "", label=text(item, "label") or "")
            for _, item in items(data, "checks")
        ),
        email=text(data, "email"),
        due=_due(mapping(data, "due")) if "due" in data else None,
        not_same_person_as=texts(data, "not_same_person_as"),
        optional=flag(data, "optional"),
        repeatable=flag(data, "repeatable"),
        clauses=_clauses(data),
        decision=_decision(mapping(data, "decision")) if "decision" in data else None,
        calls=_calls(mapping(data, "calls")) if "calls" in data else None,
        parallel=_branches(data, at),
        next=build_target(data["next"]) if "next" in data else None,
    )


def _branches(data: Data, at: Path) -> tuple[Branch, ...]:
    branches = mapping(data, "parallel")
    return tuple(
        Branch(
            id=name,
            steps=_steps(branches, name, (*at, "parallel")),
            at=(*at, "parallel", name),
        )
        for name in branches
        if not name.startswith("x-")
    )


def build_target(value: object) -> Target:
    """`next` as written: a step id, `{end: …}` or `{join: true}`."""
    if isinstance(value, dict):
        return Target(end=text(value, "end"), join=flag(value, "join"))
    return Target(step=value if isinstance(value, str) else None)


def _decision(data: Data) -> Decision:
    return Decision(
        question=text(data, "question"),
        options=tuple(
            Option(
                id=key,
                label=text(value, "label") or key,
                next=build_target(value.get("next")),
                max_repeats=cast("int | None", number(value, "max_repeats")),
            )
            for key, value in own(data, "options").items()
        ),
    )


def _calls(data: Data) -> Calls:
    outcomes = mapping(data, "outcomes")
    return Calls(
        process=text(data, "process") or "",
        outcomes={
            key: build_target(value) for key, value in outcomes.items() if not key.startswith("x-")
        },
        external=flag(data, "external"),
    )


def _due(data: Data) -> Due:
    return Due(within=text(data, "within") or "", after=text(data, "after") or "start")


def _field(data: Data) -> Field:
    kind = text(data, "type") or "text"
    return Field(
        id=text(data, "id") or "",
        label=text(data, "label") or "",
        type=cast("Any", kind),
        required=flag(data, "required"),
        unit=text(data, "unit"),
        options=texts(data, "options"),
        help=text(data, "help"),
    )


def _end(key: str, data: Data) -> End:
    return End(id=key, event=text(data, "event") or "", success=flag(data, "success"))


def _section(data: Data) -> Section:
    place: Literal["before-steps", "after-steps"] = (
        "after-steps" if data.get("place") == "after-steps" else "before-steps"
    )
    return Section(title=text(data, "title") or "", text=text(data, "text") or "", place=place)


def _resource(data: Data) -> Resource:
    return Resource(
        id=text(data, "id") or "",
        title=text(data, "title") or "",
        kind=cast("Any", text(data, "kind") or "document"),
        note=text(data, "note"),
    )


def _document(key: str, data: Data) -> Document:
    return Document(
        id=key,
        title=text(data, "title") or key,
        form=text(data, "form"),
        retention=text(data, "retention"),
        external=flag(data, "external"),
    )


def _uses(data: Data, key: str, party: str) -> tuple[DocumentUse, ...]:
    value = data.get(key)
    found = []
    for index, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, str):
            found.append(DocumentUse(document=item, party=None, at=(key, index)))
        elif isinstance(item, dict) and isinstance(item.get("document"), str):
            found.append(
                DocumentUse(document=item["document"], party=text(item, party), at=(key, index))
            )
    return tuple(found)


def _risk(data: Data) -> Risk:
    return Risk(
        title=text(data, "title") or "",
        kind="opportunity" if data.get("kind") == "opportunity" else "risk",
        action=text(data, "action"),
        owner=text(data, "owner"),
    )


def _kpi(data: Data) -> Kpi:
    target = mapping(data, "target")
    return Kpi(
        id=text(data, "id") or "",
        title=text(data, "title") or "",
        measure=mapping(data, "measure") if "measure" in data else None,
        aggregate=cast("Any", text(data, "aggregate")),
        unit=text(data, "unit"),
        target=KpiTarget(min=number(target, "min"), max=number(target, "max")) if target else None,
        period=cast("Any", text(data, "period")),
    )


def _applicable(data: Data) -> ApplicableDocument:
    return ApplicableDocument(
        title=text(data, "title"),
        number=text(data, "number"),
        edition=text(data, "edition"),
        external=flag(data, "external"),
        register=text(data, "register"),
    )


def _history(data: Data) -> HistoryEntry:
    return HistoryEntry(
        version=text(data, "version") or "",
        change=text(data, "change") or "",
        on=parse_date(data.get("on")),
    )


def _clauses(data: Data) -> dict[str, tuple[str, ...]]:
    value = data.get("clauses")
    if isinstance(value, list):
        return {"": texts(data, "clauses")}
    return {key: texts(mapping(data, "clauses"), key) for key in mapping(data, "clauses")}
