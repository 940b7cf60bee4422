"""Files that were read, and findings given their place in them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from regelwerk.diagnostics import CODES, Diagnostic, Problem, Severity, path_text
from regelwerk.project.tree import Tree


class Source(msgspec.Struct, frozen=True):
    """One file (path relative to the root, with `/`) and what reading it gave."""

    file: str
    tree: Tree

    @property
    def frozen(self) -> bool:
        """Whether the file is part of a frozen definition, whose faults are only information."""
        parts = self.file.split("/")
        return len(parts) == 5 and parts[2] == "versions" and parts[4] != "approvals.yaml"


def place(problem: Problem, sources: Mapping[str, Source], file: str = "") -> Diagnostic:
    """Stamp a problem with file, line, column and severity."""
    name = problem.file or file
    source = sources.get(name)
    line, column = source.tree.place(problem.path) if source is not None else (1, 1)
    severity = problem.severity or CODES[problem.code].severity
    if source is not None and source.frozen and not problem.code.startswith("approval/"):
        severity = Severity.INFO
    return Diagnostic(
        code=problem.code,
        severity=severity,
        file=name,
        line=problem.line or line,
        column=problem.column or column,
        path=path_text(problem.path),
        message=problem.message,
        hint=problem.hint,
    )
