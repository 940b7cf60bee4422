"""Clause coverage as JSON."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from regelwerk.model.coverage import ClauseCoverage, StandardCoverage, Standing
from regelwerk.operations.coverage import Covered


def render(covered: Covered) -> str:
    """`{"as_of": …, "standards": [{…, "summary": {…}, "clauses": [{…, "answers": [{…}]}]}]}`."""
    data = {
        "as_of": covered.as_of,
        "standards": [_standard(standard) for standard in covered.standards],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _standard(standard: StandardCoverage) -> dict[str, Any]:
    return {
        "standard": standard.standard,
        "amendments": list(standard.amendments),
        "catalogued": standard.catalogued,
        "summary": {standing.value: standard.count(standing) for standing in Standing},
        "clauses": [_clause(clause) for clause in standard.clauses],
    }


def _clause(clause: ClauseCoverage) -> dict[str, Any]:
    return {
        "clause": clause.clause,
        "label": clause.label,
        "standing": clause.standing.value,
        "leaf": clause.leaf,
        "known": clause.known,
        "amended": clause.amended,
        "reason": clause.reason,
        "contradicts": clause.contradicts,
        "to_be_judged": clause.to_be_judged,
        "answers": msgspec.to_builtins(clause.answers),
        "checked": clause.checked,
        "observations": [
            {
                "process": one.process,
                "title": one.title,
                "version": one.version,
                "draft": one.draft,
                "result": one.result.value,
                "seen": one.seen,
            }
            for one in clause.observations
        ],
    }
