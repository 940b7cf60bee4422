"""What answers the clauses of the organization's standards, in a project as it is on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from regelwerk.coverage import coverage_of
from regelwerk.diagnostics import Diagnostic, Severity, did_you_mean
from regelwerk.errors import UsageError
from regelwerk.model.coverage import ClauseCoverage, StandardCoverage
from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE
from regelwerk.operations.context import Release, releases
from regelwerk.operations.courses import with_figures
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.examine import examine
from regelwerk.operations.steps_done import steps_done
from regelwerk.project.clauses import catalogues
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root

_SHARED = (ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE)


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """The coverage that was asked for; processes with `findings` (errors only) are not in it.

    `restricted`: only what some processes answer, so that nothing is open.
    """

    root: Path
    as_of: str
    standards: tuple[StandardCoverage, ...]
    findings: tuple[Diagnostic, ...]
    restricted: bool


def coverage(
    start: Path, processes: Sequence[str], standards: Sequence[str], clock: Clock
) -> Covered:
    """The coverage of some standards by some processes; of all where none is named.

    Where processes are named, only the clauses that they answer or are looked at for. UsageError
    where there is no such process or standard.
    """
    root = find_root(start)
    loaded = load(root)
    as_of = clock(zone_of(loaded.project.organization))
    _require(processes, loaded.project.processes, "process")
    examination = examine(loaded, as_of)
    errors = tuple(f for f in examination.findings if f.severity is Severity.ERROR)
    stopped = {id_ for id_ in loaded.project.processes if any(_concerns(f, id_) for f in errors)}
    planned = [
        release
        for folder in loaded.project.processes.values()
        if folder.id not in stopped
        for release in releases(loaded.project, folder, examination.verdicts[folder.id], as_of)
    ]
    covered = coverage_by(loaded, with_figures(loaded, planned))
    _require(standards, [one.standard for one in covered], "standard")
    asked = processes or tuple(loaded.project.processes)
    return Covered(
        root=root,
        as_of=as_of.isoformat(),
        standards=tuple(
            _restricted(one, frozenset(processes)) if processes else one
            for one in covered
            if not standards or one.standard in standards
        ),
        findings=tuple(f for f in errors if any(_concerns(f, id_) for id_ in asked)),
        restricted=bool(processes),
    )


def coverage_by(loaded: Loaded, planned: Sequence[Release]) -> tuple[StandardCoverage, ...]:
    """The coverage by given versions (with their figures, see `with_figures`) and all records."""
    editions = [release.context for release in planned]
    return coverage_of(
        loaded.project.organization,
        editions,
        catalogues(loaded.root),
        steps_done(loaded.root, naming_clauses(planned)),
    )


def naming_clauses(planned: Iterable[Release]) -> frozenset[str]:
    """The processes that name a clause, so that their records count."""
    processes = (release.context.definition.process for release in planned)
    return frozenset(
        process.id
        for process in processes
        if process.clauses or any(step.clauses for step in process.all_steps())
    )


def _require(names: Iterable[str], known: Iterable[str], what: str) -> None:
    there_are = list(known)
    for name in names:
        if name not in there_are:
            listed = ", ".join(f"`{one}`" for one in there_are)
            hint = did_you_mean(name, there_are) or f"there are: {listed}"
            raise UsageError(f"there is no {what} `{name}`", hint)


def _concerns(finding: Diagnostic, process: str) -> bool:
    return finding.file in _SHARED or finding.file.startswith(f"process/{process}/")


def _restricted(standard: StandardCoverage, processes: frozenset[str]) -> StandardCoverage:
    return msgspec.structs.replace(
        standard, clauses=tuple(_of_processes(standard.clauses, processes))
    )


def _of_processes(
    clauses: Iterable[ClauseCoverage], processes: frozenset[str]
) -> Iterator[ClauseCoverage]:
    for clause in clauses:
        answers = tuple(one for one in clause.answers if one.process in processes)
        observations = tuple(one for one in clause.observations if one.process in processes)
        if answers or observations:
            yield msgspec.structs.replace(clause, answers=answers, observations=observations)
