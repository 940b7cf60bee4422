"""Files that were read, and findings given their place in them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from regelwerk.diagnostics import CODES, Diagnostic, Problem, Severity, path_text
from regelwerk.project.tree import Place, Tree


class Source(msgspec.Struct, frozen=True):
    """One file (path relative to the root, with `/`) and what reading it gave.

    `sha256` is that of the bytes that were read, which a later reading may no longer find.
    """

    file: str
    tree: Tree
    sha256: str = ""

    @property
    def frozen(self) -> bool:
        """Whether the file is part of a frozen definition, whose faults are only information."""
        parts = self.file.split("/")
        return len(parts) == 5 and parts[2] == "versions" and parts[4] != "approvals.yaml"


def place(problem: Problem, sources: Mapping[str, Source], file: str = "") -> Diagnostic:
    """Stamp a problem with file, line, column and severity."""
    name = problem.file or file
    source = sources.get(name)
    if source is None:
        return _diagnostic(problem, name, (1, 1))
    finding = place_in(source.tree, problem, name)
    if source.frozen and not problem.code.startswith("approval/"):
        return msgspec.structs.replace(finding, severity=Severity.INFO)
    return finding


def place_in(tree: Tree, problem: Problem, file: str) -> Diagnostic:
    """Stamp a problem found in one file that is no frozen definition, such as a record."""
    return _diagnostic(problem, file, tree.place(problem.path))


def _diagnostic(problem: Problem, file: str, where: Place) -> Diagnostic:
    line, column = where
    return Diagnostic(
        code=problem.code,
        severity=problem.severity or CODES[problem.code].severity,
        file=file,
        line=problem.line or line,
        column=problem.column or column,
        path=path_text(problem.path),
        message=problem.message,
        hint=problem.hint,
    )
