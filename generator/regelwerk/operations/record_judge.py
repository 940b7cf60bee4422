"""Judge one record that is read already: its shape, and the case it tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from regelwerk.approvals.originals import Originals
from regelwerk.approvals.verdict import reigns_over
from regelwerk.diagnostics import Diagnostic, Problem
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.case import CasePlace
from regelwerk.model.project import FrozenVersion
from regelwerk.operations.consequences import Consequences
from regelwerk.operations.day import zone_of
from regelwerk.operations.evidence_places import EvidencePlaces
from regelwerk.operations.originals import OriginalFiles
from regelwerk.project.load import Loaded
from regelwerk.project.source import place_in
from regelwerk.project.tree import Tree
from regelwerk.records.check import check_record
from regelwerk.records.definitions import ProjectDefinitions
from regelwerk.records.evidence import EvidenceStore
from regelwerk.records.index import CaseIndex
from regelwerk.records.world import InForce, World


class RecordJudge:
    """Judges the records of a loaded project on a day; says every departure in full."""

    def __init__(
        self,
        loaded: Loaded,
        as_of: date,
        outside: Sequence[Path] = (),
        *,
        evidence: EvidenceStore | None = None,
        originals: Originals | None = None,
    ) -> None:
        """`outside` are folders with records beyond the project, each holding its evidence.

        `evidence` and `originals` say where those are looked up, if not on the disk.
        """
        self.loaded = loaded
        self._consequences = Consequences(loaded)
        self._world = _world(
            loaded,
            as_of,
            evidence or EvidencePlaces(loaded.root, outside),
            originals or OriginalFiles(loaded.root),
        )

    def warm(self) -> None:
        """Read now what is otherwise read when it is first needed; the files may go then."""
        self.loaded.schemas.check("record", {})
        for process in self.loaded.project.processes:
            self._world.in_force(process, self._world.as_of)

    @property
    def causes(self) -> frozenset[str]:
        """Files whose own faults keep the records from being judged in full."""
        return frozenset(self._consequences.causes)

    def world(self, cases: CaseIndex) -> World:
        """What judging needs from outside a record, with these cases in the index."""
        return msgspec.structs.replace(self._world, cases=cases)

    def findings(self, tree: Tree, place: CasePlace, world: World) -> list[Diagnostic]:
        """What is wrong with a record, placed in its file."""
        return [place_in(tree, problem, place[0]) for problem in self.problems(tree, place, world)]

    def problems(self, tree: Tree, place: CasePlace, world: World) -> list[Problem]:
        """What is wrong with a record; what the schema says already is not said again."""
        if not tree.readable:
            return list(tree.problems)
        reported = {problem.path for problem in tree.problems}
        shape = [
            problem
            for problem in self.loaded.schemas.check("record", tree.data)
            if problem.path not in reported
        ]
        if not isinstance(tree.data, dict):
            return [*tree.problems, *shape]
        reported |= {problem.path for problem in shape}
        departures = [
            problem
            for problem in check_record(tree.data, place, world)
            if not (problem.code.startswith("schema/") and problem.path in reported)
            and not self._consequences.only_follows(problem, tree.data)
        ]
        return [*tree.problems, *shape, *departures]


def _world(loaded: Loaded, as_of: date, evidence: EvidenceStore, originals: Originals) -> World:
    organization = loaded.project.organization

    def line_of(file: str, path: tuple[str | int, ...]) -> int | None:
        source = loaded.sources.get(file)
        return source.tree.place(path)[0] if source is not None else None

    return World(
        organization=organization,
        people=loaded.project.people,
        zone=zone_of(organization),
        calendar=BusinessCalendar(organization.country),
        as_of=as_of,
        definitions=ProjectDefinitions(loaded.project, line_of),
        evidence=evidence,
        in_force=_in_force(loaded, originals),
    )


def _in_force(loaded: Loaded, originals: Originals) -> InForce:
    @cache
    def reigns(process: str) -> Callable[[date], FrozenVersion | None]:
        folder = loaded.project.processes[process]
        return reigns_over(folder, loaded.project, originals)

    @lru_cache(maxsize=50_000)
    def version_on(process: str, day: date) -> str | None:
        if process not in loaded.project.processes:
            return None
        found = reigns(process)(day)
        return found.version if found is not None else None

    return version_on
