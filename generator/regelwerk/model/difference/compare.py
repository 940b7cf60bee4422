"""Compare two definitions, key by key, in the order in which a document tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from regelwerk.model.difference.change import Change, Part, Place
from regelwerk.model.difference.clauses import clause_change
from regelwerk.model.difference.fields import key_change, key_changes, list_changes
from regelwerk.model.difference.outline import outline
from regelwerk.model.difference.renames import Renames
from regelwerk.model.difference.steps import step_changes
from regelwerk.model.process import ApplicableDocument, DocumentUse, Kpi, Process, Risk, Section

# Keys of the whole that are compared by themselves.
_APART = (
    *("start", "steps", "ends", "sections", "terms", "resources", "documents", "inputs"),
    *("outputs", "risks", "kpis", "applicable_documents", "clauses", "history"),
)


def differences(old: Process, new: Process, standard: str = "") -> tuple[Change, ...]:
    """Everything that differs in meaning, in reading order; empty where nothing does.

    Steps are matched by id, then by what a new one `was`; a step that stands elsewhere has moved.
    What names a renamed step names the same step. `standard` is the organization's first, meant
    where clauses name none. The order of a mapping's keys and free `x-` keys mean nothing.
    """
    table = outline(old, new)
    whole = Place(part="process")
    return (
        *key_changes(whole, old, new, _APART),
        *clause_change(whole, old.clauses, new.clauses, standard),
        *_sections(old, new),
        *_unordered("term", old, new, "terms"),
        *_uses("input", old.inputs, new.inputs),
        *_uses("output", old.outputs, new.outputs),
        *list_changes(
            _of("resource"),
            list(old.resources.values()),
            list(new.resources.values()),
            lambda resource: resource.id,
        ),
        *key_changes(Place(part="start"), old.start, new.start),
        *step_changes(table, standard),
        *_unordered("end", old, new, "ends"),
        *_kpis(old, new, table.renames),
        *list_changes(_of("risk"), old.risks, new.risks, _title, words=_risk_words, skip=()),
        *_unordered("document", old, new, "documents"),
        *list_changes(
            _of("applicable"),
            old.applicable_documents,
            new.applicable_documents,
            _applicable_key,
            skip=(),
        ),
        *list_changes(
            _of("history"), old.history, new.history, lambda e: e.version, skip=("version",)
        ),
    )


def _of(part: Part) -> Callable[[str], Place]:
    return lambda id_: Place(part=part, id=id_)


def _unordered(part: Part, old: Process, new: Process, field: str) -> Iterator[Change]:
    """A mapping by ids; the order of its keys means nothing."""
    before = list(getattr(old, field).values())
    after = list(getattr(new, field).values())
    yield from list_changes(_of(part), before, after, _id, ordered=False)


def _id(thing: msgspec.Struct) -> str:
    return str(getattr(thing, "id"))  # noqa: B009


def _sections(old: Process, new: Process) -> Iterator[Change]:
    yield from list_changes(
        _of("section"),
        old.sections,
        new.sections,
        _title,
        words=lambda section: f"{section.title} {section.text}",
        skip=(),
    )


def _title(thing: Section | Risk) -> str:
    return thing.title


def _risk_words(risk: Risk) -> str:
    return f"{risk.title} {risk.action or ''}"


def _uses(
    part: Part, old: tuple[DocumentUse, ...], new: tuple[DocumentUse, ...]
) -> Iterator[Change]:
    yield from list_changes(_of(part), old, new, lambda use: use.document, skip=("document",))


def _applicable_key(document: ApplicableDocument) -> str:
    return document.register or document.number or document.title or ""


def _kpis(old: Process, new: Process, renames: Renames) -> Iterator[Change]:
    def measure(place: Place, before: Kpi, after: Kpi) -> Iterator[Change]:
        if renames.measure(before.measure) != _IN_NEW.measure(after.measure):
            yield from key_change(place, "measure", before.measure, after.measure)

    yield from list_changes(
        _of("kpi"), old.kpis, new.kpis, lambda kpi: kpi.id, skip=("id", "measure"), more=measure
    )


# What the new definition says is in its own ids already.
_IN_NEW = Renames({})
