"""Everything that can be said of a project's definitions, records apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from regelwerk.approvals.keys import key_problems
from regelwerk.approvals.trust import Trust
from regelwerk.approvals.verdict import judge_process, working_problems
from regelwerk.checks.run import check_project
from regelwerk.diagnostics import Diagnostic, Problem
from regelwerk.model.version import Verdict
from regelwerk.operations.issued import issued_problems
from regelwerk.operations.originals import OriginalFiles
from regelwerk.project.load import Loaded
from regelwerk.project.source import place


class Examination(msgspec.Struct, frozen=True):
    """Placed findings in reading order, and the verdict about every frozen version.

    `verdicts` maps process id → version → verdict.
    """

    findings: tuple[Diagnostic, ...]
    verdicts: Mapping[str, Mapping[str, Verdict]]


def examine(loaded: Loaded, as_of: date, trust: Trust | None = None) -> Examination:
    """Shape, names, flow and approvals of every definition; signatures by the trusted state."""
    problems: list[Problem] = [
        *loaded.problems,
        *check_project(loaded.project),
        *key_problems(loaded.project),
    ]
    verdicts: dict[str, dict[str, Verdict]] = {}
    originals = OriginalFiles(loaded.root)
    for folder in loaded.project.processes.values():
        judged = judge_process(folder, loaded.project, as_of, originals, trust)
        verdicts[folder.id] = {version: verdict for version, (verdict, _) in judged.items()}
        for version, (verdict, found) in judged.items():
            problems += found
            place_ = f"{folder.folder}/versions/{version}"
            problems += issued_problems(loaded.root, place_, folder.id, version, verdict.digest)
        problems += working_problems(folder, loaded.project, originals)
    findings = sorted(_placed(problems, loaded), key=Diagnostic.sort_key)
    return Examination(tuple(findings), verdicts)


def _placed(problems: list[Problem], loaded: Loaded) -> Iterator[Diagnostic]:
    seen: set[Diagnostic] = set()
    for problem in problems:
        finding = place(problem, loaded.sources)
        if finding not in seen:
            seen.add(finding)
            yield finding
