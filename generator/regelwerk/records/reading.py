"""Read a record's data as a case; what has the wrong type is left out, the schema reports it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from regelwerk.model.case import Actor, Case, CaseStatus, Deviation, Entry, Erasure, Evidence
from regelwerk.model.moment import parse_moment
from regelwerk.model.process import Path

_CODE = re.compile(r"[a-z]+/[a-z0-9-]+")
_STATUS = ("open", "on-hold", "closed", "cancelled")


def read_case(data: Mapping[str, Any]) -> Case:
    """The case that a record tells, as far as its data have the right types."""
    cancelled = _mapping(data.get("cancelled"))
    source = _mapping(data.get("source"))
    status = data.get("status")
    return Case(
        process=_text(data.get("process")),
        version=_text(data.get("version")),
        case=_text(data.get("case")),
        status=cast("CaseStatus", status) if status in _STATUS else None,
        started=parse_moment(data.get("started")),
        closed=parse_moment(data.get("closed")),
        end=_text(data.get("end")),
        cancelled_on=parse_moment(cancelled.get("on")),
        entries=tuple(_entries(data.get("steps"))),
        listed=isinstance(data.get("steps"), list),
        deviations=tuple(_deviations(data.get("deviations"))),
        actors=(
            *_actors(cancelled.get("by"), ("cancelled", "by")),
            *_actors(source.get("entered_by"), ("source", "entered_by")),
            *_actors(_mapping(data.get("erased")).get("by"), ("erased", "by")),
        ),
        evidence=(
            *evidence_in(_mapping(data.get("inputs")), ("inputs",)),
            *_evidence(source, ("source",)),
        ),
        inputs=tuple(key for key in _mapping(data.get("inputs")) if not key.startswith("x-")),
        erased=_erasure(data["erased"]) if "erased" in data else None,
    )


def _erasure(erased: object) -> Erasure:
    data = _mapping(erased)
    return Erasure(
        on=parse_moment(data.get("on")),
        by=next(_actors(data.get("by"), ("erased", "by")), None),
        reason=_text(data.get("reason")) or "",
        sha256=_text(data.get("sha256")) or "",
    )


def evidence_in(documents: Mapping[str, Any], at: Path) -> Iterator[Evidence]:
    """The files among the evidence of several documents."""
    for document, evidence in documents.items():
        if not document.startswith("x-"):
            yield from _evidence(_mapping(evidence), (*at, document))


def _evidence(data: Mapping[str, Any], at: Path) -> Iterator[Evidence]:
    file = _text(data.get("file"))
    if file is not None:
        yield Evidence(file, (*at, "file"), _text(data.get("sha256")))


def _entries(steps: object) -> Iterator[Entry]:
    counts: dict[str, int] = {}
    for index, item in enumerate(steps if isinstance(steps, list) else ()):
        data = _mapping(item)
        step = _text(data.get("step"))
        if step is None:
            continue
        counts[step] = counts.get(step, 0) + 1
        at: Path = ("steps", index)
        called = data.get("called_case")
        yield Entry(
            index=index,
            at=at,
            step=step,
            occurrence=counts[step],
            by=tuple(_actors(data.get("by"), (*at, "by"))),
            role=_text(data.get("role")),
            started=parse_moment(data.get("started")),
            completed=parse_moment(data.get("completed")),
            option=_text(data.get("option")),
            called=_text(called),
            called_reference=isinstance(called, dict),
            checks=_mapping(data.get("checks")),
            fields=_mapping(data.get("fields")),
            outputs=_mapping(data.get("outputs")),
            keys=frozenset(data),
            unreadable=frozenset(_unreadable(data)),
        )


def _unreadable(data: Mapping[str, Any]) -> Iterator[str]:
    for key in ("checks", "fields", "outputs"):
        if not isinstance(data.get(key, {}), dict):
            yield key
    if "option" in data and _text(data["option"]) is None:
        yield "option"
    if "called_case" in data and not isinstance(data["called_case"], dict | str):
        yield "called_case"


def _deviations(deviations: object) -> Iterator[Deviation]:
    for index, item in enumerate(deviations if isinstance(deviations, list) else ()):
        data = _mapping(item)
        finding, person = _text(data.get("finding")), _text(data.get("approved_by"))
        if finding is None or person is None or _CODE.fullmatch(finding) is None:
            continue
        at: Path = ("deviations", index)
        occurrence = data.get("occurrence", 1)
        yield Deviation(
            at=at,
            finding=finding,
            step=_text(data.get("step")),
            occurrence=occurrence if type(occurrence) is int and occurrence > 0 else 1,
            approved_by=Actor(person, (*at, "approved_by")),
            on=parse_moment(data.get("on")),
            reason=_text(data.get("reason")) or "",
        )


def _actors(by: object, at: Path) -> Iterator[Actor]:
    if isinstance(by, list):
        for index, person in enumerate(by):
            yield from _actors(person if isinstance(person, str) else None, (*at, index))
    elif isinstance(by, str) and by.strip():
        yield Actor(by, at)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {}
    for key in value:
        if not isinstance(key, str):
            return {key: item for key, item in value.items() if isinstance(key, str)}
    return value
