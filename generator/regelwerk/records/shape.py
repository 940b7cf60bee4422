"""What a record's data must be by its definition: known keys, and values of the fields' types.

This is what the generated schema says beyond the shape all records share. What the replay judges
(steps, options, what is missing) is not said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from regelwerk.diagnostics import Problem, did_you_mean
from regelwerk.model.case import Case, Entry
from regelwerk.model.moment import parse_date
from regelwerk.model.process import Field, Path
from regelwerk.records.reading import read_case
from regelwerk.records.tables import Compiled, StepPlan


def value_problems(data: Mapping[str, Any], compiled: Compiled) -> list[Problem]:
    """Keys that the definition does not know, and field values of the wrong type."""
    return shape_problems(read_case(data), data, compiled)


def shape_problems(case: Case, data: Mapping[str, Any], compiled: Compiled) -> list[Problem]:
    """The same of a case that is read already."""
    return [
        problem
        for entry in case.entries
        if (plan := compiled.steps.get(entry.step)) is not None
        for problem in _entry(entry, plan)
    ] + list(
        _unknown(
            _keys(data.get("inputs")),
            [use.document for use in compiled.process.inputs],
            ("inputs",),
            "input of the process",
        )
    )


def _keys(value: object) -> list[str]:
    return [key for key in value if isinstance(key, str)] if isinstance(value, dict) else []


def _entry(entry: Entry, plan: StepPlan) -> Iterator[Problem]:
    step = plan.step
    fields = {field.id: field for field in step.fields}
    name = f"`{step.id}`"
    if entry.checks:
        checks = [check.id for check in step.checks]
        yield from _unknown(entry.checks, checks, (*entry.at, "checks"), f"check of {name}")
    if entry.fields:
        yield from _unknown(entry.fields, fields, (*entry.at, "fields"), f"field of {name}")
    if entry.outputs:
        at = (*entry.at, "outputs")
        yield from _unknown(entry.outputs, step.outputs, at, f"output of {name}")
    if step.decision is None and "option" in entry.keys:
        yield _misplaced(entry, "option", f"{name} is not a decision")
    if step.calls is None and "called_case" in entry.keys:
        yield _misplaced(entry, "called_case", f"{name} calls no other process")
    for id_, value in entry.fields.items():
        field = fields.get(id_)
        # Other types than these are reported by the shape that all records share.
        if field is not None and type(value) in (str, int, float):
            yield from _value(field, value, (*entry.at, "fields", id_))


def _unknown(
    written: Iterable[str], known: Iterable[str], at: Path, what: str
) -> Iterator[Problem]:
    known = list(known)
    for key in written:
        if key not in known and not key.startswith("x-"):
            hint = did_you_mean(key, known)
            if not hint:
                listed = ", ".join(f"`{id_}`" for id_ in known)
                hint = f"known here: {listed}" if known else "there are none; remove it"
            yield Problem("schema/unknown-key", (*at, key), f"`{key}` is no {what}", hint)


def _misplaced(entry: Entry, key: str, why: str) -> Problem:
    return Problem("schema/unknown-key", (*entry.at, key), f"`{key}` does not belong here", why)


def _value(field: Field, value: str | float, at: Path) -> Iterator[Problem]:
    name = f"“{field.label}” (`{field.id}`)"
    if isinstance(value, str) and not value.strip() and (field.required or field.type == "text"):
        return  # empty: where that is a departure, it is `record/missing-field`
    if field.type == "number":
        if isinstance(value, str):
            yield Problem(
                "schema/type",
                at,
                f"{name} is a number, not the text `{value[:40]}`",
                "write it without quotes and without its unit",
            )
    elif not isinstance(value, str):
        yield Problem(
            "schema/type", at, f"{name} is a text, not the number `{value}`", "put it in quotes"
        )
    elif field.type == "date" and parse_date(value) is None:
        yield Problem(
            "schema/value",
            at,
            f"`{value[:40]}` is not a real date; {name} is a date",
            "for example 2026-05-12",
        )
    elif field.type == "choice" and value not in field.options:
        yield _not_among(value, field.options, name, at)
    elif field.type == "yes-no" and value not in ("yes", "no"):
        yield _not_among(value, ("yes", "no"), name, at)


def _not_among(value: str, words: tuple[str, ...], name: str, at: Path) -> Problem:
    hint = did_you_mean(value, words) or "one of " + ", ".join(f"`{word}`" for word in words)
    return Problem("schema/value", at, f"`{value[:40]}` is not one of the answers of {name}", hint)
