"""Clauses of standards that are named must exist; ids are exact, 5.1.1 is not 5.1.10."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.walk import pairs_at, texts_at, value_at
from regelwerk.diagnostics import Path, Problem, did_you_mean
from regelwerk.model.project import ORGANIZATION_FILE, Definition, Project

_CODE = "reference/unknown-clause"


def unknown_clause(project: Project, definition: Definition) -> Iterator[Problem]:
    """Every clause that a definition answers is one of its standard, and the standard is ours.

    A wrong clause makes an auditor look in the wrong place, and leaves the right one open. A
    standard whose clauses are not known here cannot be checked.
    """
    yield from _clauses(project, definition, ("clauses",))
    for step in definition.process.all_steps():
        yield from _clauses(project, definition, (*step.at, "clauses"))


def unknown_excluded_clause(project: Project) -> Iterator[Problem]:
    """Every clause that the organization excludes is one of its first standard.

    ISO 9001:2015, 4.3: what is excluded must be named and justified.
    """
    for index, exclusion in enumerate(project.organization.exclusions):
        standard = _first(project)
        path = ("exclusions", index, "clause")
        yield from _clause(project, standard, exclusion.clause, path, ORGANIZATION_FILE)


def _clauses(project: Project, definition: Definition, path: Path) -> Iterator[Problem]:
    if isinstance(value_at(definition.data, path), list):
        for at, clause in texts_at(definition.data, path):
            yield from _clause(project, _first(project), clause, at)
    ours = project.organization.standards
    for at, standard, _ in pairs_at(definition.data, path):
        if ours and standard not in ours:
            message = f"`{standard}` is not one of the organization's standards"
            hint = did_you_mean(standard, ours) or "add it to `standards` in organization.yaml"
            yield Problem(_CODE, at, message, hint)
            continue
        for place, clause in texts_at(definition.data, at):
            yield from _clause(project, standard, clause, place)


def _first(project: Project) -> str:
    standards = project.organization.standards
    return standards[0] if standards else ""


def _clause(
    project: Project, standard: str, clause: str, path: Path, file: str = ""
) -> Iterator[Problem]:
    known = project.clauses.get(standard)
    if known is not None and clause and clause not in known:
        message = f"{standard} has no clause {clause}"
        hint = _nearest(clause, known)
        yield Problem(_CODE, path, message, hint, file=file)


def _nearest(clause: str, known: frozenset[str]) -> str:
    """The clause that it would be part of, else a similar one."""
    parts = clause.split(".")
    for length in range(len(parts) - 1, 0, -1):
        above = ".".join(parts[:length])
        if above in known:
            return f"did you mean `{above}`?"
    return did_you_mean(clause, sorted(known)) or "name a clause as the standard numbers it"
