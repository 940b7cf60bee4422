"""What a step must leave in the record: outputs, fields, answers; and what it needs beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.model.case import Entry
from regelwerk.records import words
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged
from regelwerk.records.tables import Compiled, StepPlan
from regelwerk.records.visit import How, Visit


def _done(judged: Judged) -> Iterator[tuple[Visit, StepPlan]]:
    for visit in judged.replayed.visits:
        if visit.plan is not None and visit.how is not How.AFTER:
            yield visit, visit.plan


def _mapping(entry: Entry, key: str) -> tuple[str, ...]:
    """A missing key stands at its mapping, or at the entry where there is no mapping."""
    return (key,) if key in entry.keys else ()


def document_name(document: str, compiled: Compiled) -> str:
    """A document by title and id."""
    found = compiled.process.documents.get(document)
    return f"“{found.title}” (`{document}`)" if found is not None else f"`{document}`"


def outputs(judged: Judged) -> Iterator[Finding]:
    """Each document that the step leaves behind has evidence."""
    for visit, plan in _done(judged):
        entry = visit.entry
        for document in plan.step.outputs if "outputs" not in entry.unreadable else ():
            if document not in entry.outputs:
                at = (*plan.step.at, "outputs")
                yield judged.finding(
                    entry,
                    "record/missing-output",
                    f"{words.did(entry, judged.compiled)} without evidence of "
                    f"{document_name(document, judged.compiled)}"
                    f"{words.source(judged.compiled, at)}",
                    f"add `{document}: {{file: …}}` or `{{reference: …}}` under `outputs`",
                    _mapping(entry, "outputs"),
                )


def fields(judged: Judged) -> Iterator[Finding]:
    """Each required field has a value that is not blank."""
    for visit, plan in _done(judged):
        entry = visit.entry
        for field in plan.step.fields if "fields" not in entry.unreadable else ():
            value = entry.fields.get(field.id, "")
            if field.required and isinstance(value, str) and not value.strip():
                here = field.id in entry.fields
                at = (*plan.step.at, "fields")
                yield judged.finding(
                    entry,
                    "record/missing-field",
                    f"{words.did(entry, judged.compiled)}, but the required field "
                    f"“{field.label}” (`{field.id}`) is {'empty' if here else 'missing'}"
                    f"{words.source(judged.compiled, at)}",
                    f"fill in `{field.id}` under `fields`",
                    ("fields", field.id) if here else _mapping(entry, "fields"),
                )


def checks(judged: Judged) -> Iterator[Finding]:
    """Each check is answered; `no` is an answer."""
    for visit, plan in _done(judged):
        entry = visit.entry
        for check in plan.step.checks if "checks" not in entry.unreadable else ():
            if check.id not in entry.checks:
                at = (*plan.step.at, "checks")
                yield judged.finding(
                    entry,
                    "record/unchecked",
                    f"{words.did(entry, judged.compiled)}, but “{check.label}” (`{check.id}`) was "
                    f"not answered{words.source(judged.compiled, at)}",
                    f"add `{check.id}: yes`, `no` or `not-applicable` under `checks`",
                    _mapping(entry, "checks"),
                )


def inputs(judged: Judged) -> Iterator[Finding]:
    """The documents that a step needs were there before it.

    Those of the process are there from the start; a step that was done, or skipped, leaves its
    documents behind. Where the order is at fault already, nothing is said.
    """
    compiled = judged.compiled
    present = {use.document for use in compiled.process.inputs}
    for visit in judged.replayed.visits:
        for skipped in visit.skipped:
            known = compiled.steps.get(skipped)
            present.update(known.step.outputs if known is not None else ())
        plan = visit.plan
        if plan is None or visit.how is How.AFTER:
            continue
        for document in plan.step.inputs if visit.how is How.ON else ():
            if document not in present:
                at = (*plan.step.at, "inputs")
                yield judged.finding(
                    visit.entry,
                    "record/input-before-output",
                    f"{words.did(visit.entry, compiled)} before "
                    f"{document_name(document, compiled)} was there, which it needs"
                    f"{words.source(compiled, at)}",
                    "record the step that leaves it behind before this one",
                )
        present.update(plan.step.outputs)
