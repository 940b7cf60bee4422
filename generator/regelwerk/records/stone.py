"""A stone: what is left of a record that was erased when its retention was over.

It says which case there was, and that nobody can check it any more; the digest proves to whoever
kept a copy that it is the one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from regelwerk.diagnostics import Severity
from regelwerk.model.case import Case
from regelwerk.model.moment import day_of
from regelwerk.records.finding import Finding
from regelwerk.records.retention import earliest, kept
from regelwerk.records.tables import Compiled
from regelwerk.records.world import World

_HEAD = ("process", "version", "case", "status", "started", "closed", "end")


def stone_of(
    data: Mapping[str, Any],
    *,
    sha256: str,
    on: date,
    by: str,
    reason: str,
    evidence: Sequence[str] = (),
) -> dict[str, Any]:
    """What is left of a record: its head without the subject, and how it was erased.

    `sha256` is that of the record as it stood there, `evidence` those of the files removed with it.
    """
    stone = {key: data[key] for key in _HEAD if key in data}
    if stone.get("status") == "cancelled":
        stone["cancelled"] = {"on": data["cancelled"]["on"]}
    erased: dict[str, Any] = {
        "on": on.isoformat(),
        "by": by,
        "reason": reason,
        "sha256": sha256,
    }
    if evidence:
        erased["evidence"] = list(evidence)
    return {**stone, "erased": erased, "steps": []}


def erased(case: Case, compiled: Compiled | None, world: World) -> Iterator[Finding]:
    """That the record was erased, and whether any of its documents could be over by then."""
    erasure = case.erased
    if erasure is None:
        return
    day = day_of(erasure.on, world.zone) if erasure.on is not None else None
    who = erasure.by.id if erasure.by is not None else "somebody"
    on = day.isoformat() if day is not None else "an unknown day"
    reason = f": {' '.join(erasure.reason.split()).rstrip('.')}" if erasure.reason else ""
    said = f"the record of case `{case.case}` was erased by {who} on {on}{reason}"
    documents = () if compiled is None else kept(case, compiled, world.calendar, world.zone)
    first = earliest(documents)
    if compiled is not None and day is not None and (first is None or day <= first):
        until = f"are kept until {first.isoformat()}" if first is not None else "have no retention"
        yield Finding(
            code="record/erased",
            path=erasure.at,
            message=f"{said}; but its documents {until} (version {compiled.version} of "
            f"`{compiled.process.id}`), so it was too early",
            hint="bring back the record",
            severity=Severity.ERROR,
        )
        return
    yield Finding(
        code="record/erased",
        path=erasure.at,
        message=f"{said}; whether it departed from its process can no longer be checked",
    )
