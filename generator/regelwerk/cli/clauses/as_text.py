"""Clause coverage for people: a line for each clause, what answers it and what was looked for."""

from __future__ import annotations

from collections.abc import Iterator

import click

from regelwerk.cli.printable import printable
from regelwerk.model.coverage import (
    Answer,
    ClauseCoverage,
    Observation,
    Result,
    StandardCoverage,
    Standing,
)
from regelwerk.operations.coverage import Covered

_COLORS = {
    Standing.ANSWERED: "green",
    Standing.PARTLY: "yellow",
    Standing.PLANNED: "yellow",
    Standing.EXCLUDED: None,
    Standing.OPEN: "red",
}
_RESULTS = {
    Result.FOUND: ("found", "green"),
    Result.MISSING: ("not found", "red"),
    Result.TO_BE_JUDGED: ("to be judged", "yellow"),
}
_NUMBER = 8


def render(covered: Covered) -> str:
    """Every clause in the order of its standard; what no machine can tell is to be judged."""
    parts = ["\n".join(_standard(one, covered)) + "\n" for one in covered.standards]
    return "\n".join(parts) or "The organization names no standard, and no process a clause.\n"


def _standard(standard: StandardCoverage, covered: Covered) -> Iterator[str]:
    amendments = f" with {', '.join(standard.amendments)}" if standard.amendments else ""
    yield click.style(
        f"{printable(standard.standard)}{amendments}, as of {covered.as_of}", bold=True
    )
    if not standard.catalogued:
        yield "There is no catalogue of its clauses; only those that are named are told."
    counts = [(standing, standard.count(standing)) for standing in Standing]
    said = ", ".join(f"{count} {standing}" for standing, count in counts if count)
    if said and not covered.restricted:
        yield f"Clauses without subclauses: {said}"
    for clause in standard.clauses:
        yield from _clause(clause)


def _clause(clause: ClauseCoverage) -> Iterator[str]:
    label = clause.label or clause.checked or ("" if clause.is_item else "no such clause")
    standing = click.style(clause.standing.value, fg=_COLORS[clause.standing])
    judged = ", to be judged" if clause.to_be_judged else ""
    said = "" if clause.only_observed else f": {standing}{judged}"
    yield f"{printable(clause.clause).ljust(_NUMBER)}  {printable(label)}{said}"
    if clause.amended:
        yield _below(clause.amended)
    if clause.reason:
        yield _below(f"does not apply: {printable(clause.reason)}")
    if clause.contradicts:
        yield _below("yet a version in force answers it: settle which is right")
    for answer in clause.answers:
        yield _below(_answer(answer, clause.clause))
    for one in clause.observations:
        yield _below(_seen(one))


def _below(text: str) -> str:
    return f"{' ' * _NUMBER}    {text}"


def _answer(answer: Answer, clause: str) -> str:
    parts = ["whole process"] if answer.whole else []
    if answer.step_titles:
        noun = "step" if len(answer.step_titles) == 1 else "steps"
        titles = ", ".join(f"“{printable(one)}”" for one in answer.step_titles)
        parts.append(f"{noun} {titles}")
    if answer.documents:
        noun = "document" if len(answer.documents) == 1 else "documents"
        parts.append(f"{noun} {', '.join(map(printable, answer.documents))}")
    parts.append(f"{answer.records} record{'' if answer.records == 1 else 's'}")
    through = f" (names {answer.named})" if answer.named != clause else ""
    return f"{_version(answer)}{through}: {'; '.join(parts)}"


def _seen(one: Observation) -> str:
    word, color = _RESULTS[one.result]
    return f"{click.style(word, fg=color)}  {_version(one)}: {printable(one.seen)}"


def _version(one: Answer | Observation) -> str:
    return f"{printable(one.title)} {printable(one.version)}{' DRAFT' if one.draft else ''}"
