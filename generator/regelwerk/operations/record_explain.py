"""One case beside its definition: what was expected, what was done, and every finding in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Diagnostic
from regelwerk.model.case import Case, CasePlace, Entry
from regelwerk.model.moment import Moment
from regelwerk.model.process import Option
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.operations.record_lookup import find_case, with_ids
from regelwerk.project.load import load
from regelwerk.project.root import find_root
from regelwerk.project.source import place_in
from regelwerk.project.tree import Tree
from regelwerk.records.alignment import Row, RowKind, align
from regelwerk.records.check import departures, replay_record
from regelwerk.records.deviations import weigh
from regelwerk.records.due import still_to_do
from regelwerk.records.index import build_index, case_entry
from regelwerk.records.judged import Judged
from regelwerk.records.reading import read_case
from regelwerk.records.tables import Compiled
from regelwerk.records.world import World

_NOTHING_KNOWN = "recorded"


class ExplainedOption(msgspec.Struct, frozen=True, kw_only=True):
    """An option of a decision, where it leads, and whether it was chosen."""

    id: str
    label: str
    leads_to: str
    chosen: bool


class ExplainedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the alignment with everything a reader sees; times are the organization's.

    `kind` is a `RowKind`, or `recorded` where no definition is known. `meant` is the title on the
    definition's side where it is another. `within` are the parallels by title, each with a branch.
    """

    kind: str
    step: str
    title: str
    meant: str | None = None
    within: tuple[tuple[str, str], ...] = ()
    responsible: str = ""
    question: str | None = None
    options: tuple[ExplainedOption, ...] = ()
    by: tuple[str, ...] = ()
    role: str | None = None
    completed: Moment | None = None
    option: str | None = None
    called_case: str | None = None
    until: Moment | None = None
    findings: tuple[Diagnostic, ...] = ()


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A case and its alignment; `findings` are those about the case as a whole."""

    case: str
    subject: str
    process: str
    process_title: str
    version: str
    status: str
    started: Moment | None
    closed: Moment | None
    file: str
    line: int
    rows: tuple[ExplainedRow, ...]
    findings: tuple[Diagnostic, ...]

    def all_findings(self) -> tuple[Diagnostic, ...]:
        """Those about the case, then those of its rows."""
        return (*self.findings, *(finding for row in self.rows for finding in row.findings))


class Explained(msgspec.Struct, frozen=True):
    """The project's root, and the records that the case has: one, unless its id is given twice."""

    root: Path
    cases: tuple[Explanation, ...]


def explain_case(start: Path, case: str, clock: Clock, folders: Sequence[Path] = ()) -> Explained:
    """Set a case beside its definition; `case` is its id, the path of its record, or `path:line`.

    `folders` hold records outside the project. UsageError where nothing, or too much, is meant.
    """
    root = find_root(start)
    files, found = find_case(root, start, case, folders)
    loaded = load(root)
    judge = RecordJudge(loaded, clock(zone_of(loaded.project.organization)), files.outside)
    ids = {id_ for _, tree in found for id_ in _ids(tree.data)}
    others = with_ids(root, files.chosen, ids)
    index = build_index(case_entry(tree.data, place) for place, tree in others)
    world = judge.world(index)
    return Explained(root, tuple(_explain(judge, place, tree, world) for place, tree in found))


def _ids(data: object) -> Iterator[str]:
    """The ids of the cases that have a say in the verdict: its own, and those it calls."""
    case = read_case(data) if isinstance(data, dict) else Case()
    yield from (id_ for id_ in (case.case, *(entry.called for entry in case.entries)) if id_)


def _explain(judge: RecordJudge, place: CasePlace, tree: Tree, world: World) -> Explanation:
    file = place[0]
    said = judge.problems(tree, place, world)
    data = tree.data if isinstance(tree.data, dict) else {}
    judged = replay_record(data, place, world) if tree.readable and data else None
    case = judged.case if judged is not None else read_case(data)
    rows, rest = [], list(said)
    if judged is not None:
        findings = departures(judged)
        weighed = weigh(judged, findings)[: len(findings)]
        until = {plan.step.id: _local(due, world) for plan, due in still_to_do(judged)}
        for row in align(judged, findings).rows:
            mine = [weighed[number] for number in row.findings if weighed[number] in said]
            at = row.entry.at if row.entry is not None else None
            mine += [p for p in said if at and p.path[:2] == at and p not in weighed]
            rest = [problem for problem in rest if problem not in mine]
            placed = tuple(place_in(tree, problem, file) for problem in mine)
            rows.append(_row(judged, row, placed, until))
    else:
        rows = [_recorded(entry, world) for entry in case.entries]
    compiled = judged.compiled if judged is not None else None
    return Explanation(
        case=case.case or "",
        subject=str(data.get("subject") or ""),
        process=case.process or "",
        process_title=compiled.process.title if compiled is not None else case.process or "",
        version=case.version or "",
        status=case.status or "",
        started=_local(case.started, world),
        closed=_local(case.closed if case.status == "closed" else case.cancelled_on, world),
        file=file,
        line=place[1] or 1,
        rows=tuple(rows),
        findings=tuple(place_in(tree, problem, file) for problem in rest),
    )


def _row(
    judged: Judged,
    row: Row,
    findings: tuple[Diagnostic, ...],
    until: Mapping[str, Moment | None],
) -> ExplainedRow:
    compiled = judged.compiled
    if row.kind is RowKind.END or not row.step:
        return ExplainedRow(
            kind=row.kind,
            step=row.step,
            title=_end(row.step, compiled),
            meant=_end(row.meant, compiled) if row.meant is not None else None,
            findings=findings,
        )
    entry, plan = row.entry, compiled.steps.get(row.step)
    explained = ExplainedRow(
        kind=row.kind,
        step=row.step,
        title=_title(row.step, compiled),
        meant=_title(row.meant, compiled) if row.meant is not None else None,
        within=tuple((_title(container, compiled), branch) for container, branch in row.within),
        responsible=compiled.role_titles.get((plan and plan.step.responsible) or "", ""),
        question=_question(row.step, compiled),
        options=_options(row.step, entry, compiled),
        until=until.get(row.step) if row.kind is RowKind.NEXT else None,
        findings=findings,
    )
    return explained if entry is None else _with_entry(explained, entry, judged.world)


def _with_entry(row: ExplainedRow, entry: Entry, world: World) -> ExplainedRow:
    return msgspec.structs.replace(
        row,
        by=tuple(actor.id for actor in entry.by),
        role=entry.role,
        completed=_local(entry.completed, world),
        option=entry.option,
        called_case=entry.called,
    )


def _recorded(entry: Entry, world: World) -> ExplainedRow:
    row = ExplainedRow(kind=_NOTHING_KNOWN, step=entry.step, title=entry.step)
    return _with_entry(row, entry, world)


def _local(moment: Moment | None, world: World) -> Moment | None:
    return moment.astimezone(world.zone) if isinstance(moment, datetime) else moment


def _title(id_: str, compiled: Compiled) -> str:
    step = compiled.process.step(id_)
    return step.title if step is not None and step.title else id_


def _end(id_: str | None, compiled: Compiled) -> str:
    end = compiled.process.ends.get(id_ or "")
    return end.event if end is not None else id_ or ""


def _question(id_: str, compiled: Compiled) -> str | None:
    step = compiled.process.step(id_)
    return step.decision.question if step is not None and step.decision is not None else None


def _options(id_: str, entry: Entry | None, compiled: Compiled) -> tuple[ExplainedOption, ...]:
    step = compiled.process.step(id_)
    if step is None or step.decision is None:
        return ()
    chosen = entry.option if entry is not None else None
    return tuple(
        ExplainedOption(
            id=option.id,
            label=option.label,
            leads_to=_target(option, compiled),
            chosen=option.id == chosen,
        )
        for option in step.decision.options
    )


def _target(option: Option, compiled: Compiled) -> str:
    if option.next.step is not None:
        return _title(option.next.step, compiled)
    return _end(option.next.end, compiled) if option.next.end is not None else ""
