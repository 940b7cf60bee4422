"""Evidence files of a record: there, inside the project, and unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.model.case import Case, Evidence
from regelwerk.records.evidence import EvidenceState
from regelwerk.records.finding import Finding
from regelwerk.records.reading import evidence_in
from regelwerk.records.world import World

_WHY = {
    EvidenceState.MISSING: "is not there",
    EvidenceState.OUTSIDE: "is not a path inside the project, and was not opened",
    EvidenceState.UNREADABLE: "cannot be read",
}


def proof(case: Case, world: World, record: str) -> Iterator[Finding]:
    """Every file that the record names; `record` is its own path relative to the root."""
    for evidence in case.evidence:
        yield from _check(evidence, world, record, None, 1, frozenset())
    for entry in case.entries:
        for evidence in evidence_in(entry.outputs, (*entry.at, "outputs")):
            yield from _check(evidence, world, record, entry.step, entry.occurrence, entry.people)


def _check(
    evidence: Evidence,
    world: World,
    record: str,
    step: str | None,
    occurrence: int,
    by: frozenset[str],
) -> Iterator[Finding]:
    state = world.evidence.state(record, evidence.file, evidence.sha256)
    if state is EvidenceState.PRESENT:
        return
    if state is EvidenceState.CHANGED:
        code = "record/evidence-changed"
        message = (
            f"the evidence `{evidence.file}` is no longer the file that was recorded: its SHA-256 "
            "differs"
        )
        hint = "bring back the recorded file"
    else:
        code = "record/evidence-missing"
        message = f"the evidence `{evidence.file}` {_WHY[state]}"
        hint = "paths are relative to the record and stay inside the project"
    yield Finding(
        code=code,
        path=evidence.at,
        message=message,
        hint=hint,
        step=step,
        occurrence=occurrence,
        by=by,
    )
