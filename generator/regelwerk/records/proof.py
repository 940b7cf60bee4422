"""Evidence files of a record: there, inside the project, and unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.model.case import Case, Entry, Evidence
from regelwerk.records import words
from regelwerk.records.evidence import EvidenceState
from regelwerk.records.finding import Finding
from regelwerk.records.reading import evidence_in
from regelwerk.records.times import NameOf
from regelwerk.records.world import World

_WHY = {
    EvidenceState.MISSING: "is not there",
    EvidenceState.OUTSIDE: "is not a path inside the project, and was not opened",
    EvidenceState.UNREADABLE: "cannot be read",
}


def proof(case: Case, world: World, record: str, name: NameOf) -> Iterator[Finding]:
    """Every file that the record names; `record` is its own path relative to the root."""
    for evidence in case.evidence:
        yield from _check(evidence, world, record, None, name)
    for entry in case.entries:
        for evidence in evidence_in(entry.outputs, (*entry.at, "outputs")):
            yield from _check(evidence, world, record, entry, name)


def _check(
    evidence: Evidence,
    world: World,
    record: str,
    entry: Entry | None,
    name: NameOf,
) -> Iterator[Finding]:
    state = world.evidence.state(record, evidence.file, evidence.sha256)
    if state is EvidenceState.PRESENT:
        return
    document = str(evidence.at[-2])
    said = f"the evidence `{evidence.file}` of `{document}`"
    if entry is not None:
        did = words.by_and_on(entry, world.zone)
        said += f", which {name(entry.step)} left behind when it was done {did},"
    if state is EvidenceState.CHANGED:
        code = "record/evidence-changed"
        message = f"{said} is no longer the file that was recorded: its SHA-256 differs"
        hint = "bring back the recorded file"
    else:
        code = "record/evidence-missing"
        message = f"{said} {_WHY[state]}"
        hint = "paths are relative to the record and stay inside the project"
    yield Finding(
        code=code,
        path=evidence.at,
        message=message,
        hint=hint,
        step=entry.step if entry is not None else None,
        occurrence=entry.occurrence if entry is not None else 1,
        by=entry.people if entry is not None else frozenset(),
    )
