"""Clause coverage as CSV (RFC 4180): a row for a clause, for each answer, and for each look."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from regelwerk.cli.spreadsheet import harmless
from regelwerk.model.coverage import Answer, ClauseCoverage, Observation
from regelwerk.operations.coverage import Covered

HEAD = (
    "standard", "clause", "label", "standing", "row", "process", "title", "version", "draft",
    "named", "whole", "steps", "documents", "records", "result", "note",
)  # fmt: skip
_SEPARATOR = "; "


def render(covered: Covered) -> str:
    """Texts that a spreadsheet would take for a formula get an apostrophe in front of them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for standard in covered.standards:
        for clause in standard.clauses:
            head = [standard.standard, clause.clause, clause.label, clause.standing.value]
            for row in _rows(clause):
                writer.writerow([harmless(cell) for cell in (*head, *row)])
    return text.getvalue()


def _rows(clause: ClauseCoverage) -> Iterator[list[str]]:
    judged = "to-be-judged" if clause.to_be_judged else ""
    yield ["clause", *[""] * 9, judged, clause.reason or clause.amended]
    yield from (["answer", *_answer(answer), "", ""] for answer in clause.answers)
    yield from (["look", *_look(clause, one)] for one in clause.observations)


def _answer(answer: Answer) -> list[str]:
    return [
        answer.process,
        answer.title,
        answer.version,
        _yes(answer.draft),
        answer.named,
        _yes(answer.whole),
        _SEPARATOR.join(answer.steps),
        _SEPARATOR.join(answer.documents),
        str(answer.records),
    ]


def _look(clause: ClauseCoverage, one: Observation) -> list[str]:
    who = [one.process, one.title, one.version, _yes(one.draft)]
    return [*who, *[""] * 5, one.result.value, f"{clause.checked}: {one.seen}"]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
