"""A case beside its definition, step by step: what was expected, what was done, what departs.

An alignment as in conformance checking (Adriansyah, "Aligning Observed and Modeled Behavior",
2014): steps done as expected stand on both sides, skipped ones on the definition's side only, extra
ones on the case's side only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from regelwerk.model.case import Entry
from regelwerk.model.process import Path, Process, Step
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged
from regelwerk.records.visit import How, Visit


class RowKind(StrEnum):
    """How the two sides of a row stand to each other."""

    DONE = "done"
    OTHER_WAY = "other-way"
    SKIPPED = "skipped"
    ONLY_LATER = "only-later"
    NOT_DONE = "not-done"
    LEFT_OUT = "left-out"
    LATE = "late"
    REPEATED = "repeated"
    EXTRA = "extra"
    UNKNOWN = "unknown"
    AFTER_END = "after-end"
    NEXT = "next"
    END = "end"


# The parallels a step lies in, from the outermost, each with the branch.
Within = tuple[tuple[str, str], ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `step` is the step's id (of an end: the end's id), `entry` what was done.

    `meant` is the step that stands on the definition's side where that is another than the one
    done. `findings` are the numbers of the findings that belong here.
    """

    kind: RowKind
    step: str
    within: Within = ()
    entry: Entry | None = None
    meant: str | None = None
    findings: tuple[int, ...] = ()


class Alignment(msgspec.Struct, frozen=True):
    """The rows, and the numbers of the findings about the case as a whole."""

    rows: tuple[Row, ...]
    whole_case: tuple[int, ...]


def align(judged: Judged, findings: Sequence[Finding]) -> Alignment:
    """Set a case beside its definition; `findings` are all its departures."""
    within = _surroundings(judged.compiled.process)
    rows = [*_Walk(judged, within).rows(), *_outlook(judged, within), *_ends(judged)]
    placed: dict[int, list[int]] = {}
    whole_case = []
    for number, finding in enumerate(findings):
        place = _row_of(finding, rows)
        if place is None:
            whole_case.append(number)
        else:
            placed.setdefault(place, []).append(number)
    return Alignment(
        tuple(
            msgspec.structs.replace(row, findings=tuple(placed.get(place, ())))
            for place, row in enumerate(rows)
        ),
        tuple(whole_case),
    )


class _Walk:
    """Goes through the entries in order, and remembers what had been passed over."""

    def __init__(self, judged: Judged, within: Mapping[str, Within]) -> None:
        self._judged = judged
        self._within = within
        self._left: set[str] = set()

    def rows(self) -> Iterator[Row]:
        visits = self._judged.replayed.visits
        for place, visit in enumerate(visits):
            if visit.how is not How.UNKNOWN:
                later = {after.entry.step for after in visits[place:] if after.how is How.ASIDE}
                for step in visit.optional:
                    yield self._row(RowKind.LEFT_OUT, step)
                for step in visit.passed:
                    yield self._row(_why_not_there(step, visit, later), step)
                self._left |= set(visit.passed)
            yield self._done(visit)

    def _done(self, visit: Visit) -> Row:
        entry = visit.entry
        meant = None
        if visit.how is How.UNKNOWN:
            kind, meant = RowKind.UNKNOWN, next(iter(visit.skipped), None)
        elif visit.how is How.AFTER:
            kind = RowKind.AFTER_END
        elif visit.how is How.ON:
            kind = RowKind.OTHER_WAY if self._contradicts(entry) else RowKind.DONE
        elif entry.step in self._left:
            kind = RowKind.LATE
        else:
            kind = RowKind.REPEATED if self._repeats(entry) else RowKind.EXTRA
        self._left.discard(entry.step)
        return msgspec.structs.replace(self._row(kind, entry.step), entry=entry, meant=meant)

    def _row(self, kind: RowKind, step: str) -> Row:
        return Row(kind=kind, step=step, within=self._within.get(step, ()))

    def _contradicts(self, entry: Entry) -> bool:
        return self._is_said(entry, "record/branch-contradicts-decision")

    def _repeats(self, entry: Entry) -> bool:
        return self._is_said(entry, "record/repeated-step")

    def _is_said(self, entry: Entry, code: str) -> bool:
        found = self._judged.replayed.findings
        return any(finding.code == code and finding.path == entry.at for finding in found)


def _why_not_there(step: str, visit: Visit, later: set[str]) -> RowKind:
    if step in later:
        return RowKind.ONLY_LATER
    return RowKind.SKIPPED if step in visit.skipped else RowKind.NOT_DONE


def _outlook(judged: Judged, within: Mapping[str, Within]) -> Iterator[Row]:
    """What may come next in an open case, or should have come in a closed one."""
    replayed, status = judged.replayed, judged.case.status
    steps, kind = replayed.possible, RowKind.NEXT
    if status == "closed":
        steps, kind = frozenset() if replayed.ends else replayed.expected, RowKind.NOT_DONE
    elif status == "cancelled" or replayed.lost:
        return
    for step in judged.compiled.steps:
        if step in steps:
            yield Row(kind=kind, step=step, within=within.get(step, ()))


def _ends(judged: Judged) -> Iterator[Row]:
    """The end that was reached, and in a closed case the one it names."""
    case, ends = judged.case, sorted(judged.replayed.ends)
    if case.status != "closed":
        if len(ends) == 1 and not judged.replayed.expected:
            yield Row(kind=RowKind.NEXT, step="", meant=ends[0])
        return
    reached = case.end if case.end in ends else next(iter(ends), None)
    if reached is not None or case.end is not None:
        yield Row(kind=RowKind.END, step=case.end or "", meant=reached)


def _row_of(finding: Finding, rows: Sequence[Row]) -> int | None:
    """The row that a finding belongs to; None where it is about the case as a whole."""
    number = _entry_number(finding.path)
    if number is None:
        if finding.path[:1] == ("end",) or finding.code == "record/not-ended":
            return next((n for n, row in enumerate(rows) if row.kind is RowKind.END), None)
        coming = (RowKind.NEXT, RowKind.NOT_DONE)
        return next(
            (n for n, row in enumerate(rows) if row.kind in coming and row.step == finding.step),
            None,
        )
    at = next((n for n, row in enumerate(rows) if row.entry and row.entry.index == number), None)
    if at is None or finding.code != "record/skipped-step":
        return at
    before = at - 1
    while before >= 0 and rows[before].entry is None:
        if rows[before].step == finding.step:
            return before
        before -= 1
    return at


def _entry_number(path: Path) -> int | None:
    if len(path) > 1 and path[0] == "steps" and isinstance(path[1], int):
        return path[1]
    return None


def _surroundings(process: Process) -> dict[str, Within]:
    found: dict[str, Within] = {}

    def note(steps: tuple[Step, ...], within: Within) -> None:
        for step in steps:
            found[step.id] = within
            for branch in step.parallel:
                note(branch.steps, (*within, (step.id, branch.id)))

    note(process.steps, ())
    return found
