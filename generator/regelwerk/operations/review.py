"""Judge the case records of a loaded project, file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from regelwerk.approvals.verdict import in_force
from regelwerk.diagnostics import Diagnostic, Problem
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.operations.consequences import Consequences
from regelwerk.operations.day import zone_of
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.progress import Progress
from regelwerk.project.load import Loaded
from regelwerk.project.record_files import RecordSource, read_records, records_in
from regelwerk.project.source import place_in
from regelwerk.records.check import check_record
from regelwerk.records.definitions import ProjectDefinitions
from regelwerk.records.evidence import EvidenceFolder
from regelwerk.records.index import CaseEntry, CaseIndex, build_index, case_entry
from regelwerk.records.world import InForce, World

CasePlace = tuple[str, int]


class RecordReview:
    """Reads every record once for the index of cases, and the chosen ones again to judge them."""

    def __init__(
        self,
        loaded: Loaded,
        as_of: date,
        files: Sequence[str],
        planned: Mapping[str, bytes] | None = None,
    ) -> None:
        """`planned` maps files to the content that they are to have."""
        self._loaded = loaded
        self._as_of = as_of
        self._planned = planned or {}
        self._files = sorted({*files, *self._planned})
        self._consequences = Consequences(loaded)
        self.records = 0

    @property
    def causes(self) -> frozenset[str]:
        """Files whose own faults keep the records from being judged in full."""
        return frozenset(self._consequences.causes)

    def findings(self, chosen: Sequence[str], progress: Progress) -> Iterator[Diagnostic]:
        """What is wrong with the records in the chosen files, in the order of the files."""
        if not chosen:
            return
        total = len(self._files) + len(chosen)
        world = self._world(self._index(progress, total))
        for done, file in enumerate(chosen):
            progress(len(self._files) + done, total, file)
            for source in self._read(file):
                self.records += 1
                for problem in self._judge(source, world):
                    yield place_in(source.tree, problem, file)
        progress(total, total, "")

    def shape_problems(self, source: RecordSource) -> list[Problem]:
        """What keeps a record from being well-formed, whatever happened in the case."""
        world = self._world(CaseIndex())
        return [
            problem
            for problem in self._judge(source, world)
            if problem.code.startswith(("schema/", "yaml/"))
        ]

    def _read(self, file: str) -> Iterator[RecordSource]:
        content = self._planned.get(file)
        if content is None:
            return read_records(self._loaded.root, file)
        return records_in(file, content)

    def _index(self, progress: Progress, total: int) -> CaseIndex:
        def entries() -> Iterator[CaseEntry | None]:
            for done, file in enumerate(self._files):
                progress(done, total, file)
                for source in self._read(file):
                    if isinstance(source.tree.data, dict):
                        yield case_entry(source.tree.data, _place(source))

        return build_index(entries())

    def _judge(self, source: RecordSource, world: World) -> list[Problem]:
        tree = source.tree
        if not tree.readable:
            return list(tree.problems)
        reported = {problem.path for problem in tree.problems}
        shape = [
            problem
            for problem in self._loaded.schemas.check("record", tree.data)
            if problem.path not in reported
        ]
        if not isinstance(tree.data, dict):
            return [*tree.problems, *shape]
        reported |= {problem.path for problem in shape}
        departures = [
            problem
            for problem in check_record(tree.data, _place(source), world)
            if not (problem.code.startswith("schema/") and problem.path in reported)
            and not self._consequences.only_follows(problem, tree.data)
        ]
        return [*tree.problems, *shape, *departures]

    def _world(self, cases: CaseIndex) -> World:
        loaded = self._loaded
        organization = loaded.project.organization

        def line_of(file: str, path: tuple[str | int, ...]) -> int | None:
            source = loaded.sources.get(file)
            return source.tree.place(path)[0] if source is not None else None

        return World(
            organization=organization,
            people=loaded.project.people,
            zone=zone_of(organization),
            calendar=BusinessCalendar(organization.country),
            as_of=self._as_of,
            definitions=ProjectDefinitions(loaded.project, line_of),
            evidence=EvidenceFolder(loaded.root),
            in_force=_in_force(loaded),
            cases=cases,
        )


def _place(source: RecordSource) -> CasePlace:
    return (source.file, source.line if source.file.endswith(".jsonl") else 0)


def _in_force(loaded: Loaded) -> InForce:
    originals = OriginalFiles(loaded.root)

    @cache
    def version_on(process: str, day: date) -> str | None:
        folder = loaded.project.processes.get(process)
        if folder is None:
            return None
        found = in_force(folder, loaded.project, day, originals)
        return found.version if found is not None else None

    return version_on
