"""Coverage of the organization's standards: what answers each clause, what is open, what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from regelwerk.coverage.catalog import OBSERVED
from regelwerk.coverage.claims import answer_of, claims_of
from regelwerk.coverage.observed import Observed
from regelwerk.coverage.standing import parent, standings
from regelwerk.model.context import BuildContext
from regelwerk.model.coverage import (
    Answer,
    Catalogue,
    ClauseCoverage,
    Observation,
    StandardCoverage,
)
from regelwerk.model.organization import Organization

Cases = Mapping[str, Sequence[frozenset[str]]]
"""For each process, the steps that were done in each of its cases."""


def coverage_of(
    organization: Organization,
    editions: Sequence[BuildContext],
    catalogues: Mapping[str, Catalogue],
    cases: Cases,
) -> tuple[StandardCoverage, ...]:
    """The organization's standards, then others that are named, each with all its clauses.

    `editions` are the versions in force and the drafts, with their figures; a clause that only a
    draft names is planned. Whoever names a clause names what is below it, and whoever excludes one
    likewise; exclusions are of the first standard. Pure: the same arguments, the same coverage.
    """
    answers = _answers(editions, cases)
    standards = dict.fromkeys((*organization.standards, *answers))
    first = "".join(organization.standards[:1])
    return tuple(
        _standard(
            standard,
            catalogues.get(standard),
            answers.get(standard, {}),
            {e.clause: e.reason for e in organization.exclusions} if standard == first else {},
            editions,
        )
        for standard in standards
    )


def _answers(editions: Sequence[BuildContext], cases: Cases) -> dict[str, dict[str, list[Answer]]]:
    """Answers by standard and by the clause that is named, those in force before drafts."""
    found: dict[str, dict[str, list[Answer]]] = {}
    for edition in sorted(editions, key=lambda one: (one.working, _title(one))):
        known = cases.get(edition.definition.process.id, ())
        for claim in claims_of(edition):
            answer = answer_of(claim, edition, known)
            found.setdefault(claim.standard, {}).setdefault(claim.clause, []).append(answer)
    return found


def _title(edition: BuildContext) -> tuple[str, str]:
    process = edition.definition.process
    return process.title.casefold(), process.id


def _standard(
    standard: str,
    catalogue: Catalogue | None,
    named: Mapping[str, Sequence[Answer]],
    excluded: Mapping[str, str],
    editions: Sequence[BuildContext],
) -> StandardCoverage:
    known = tuple(catalogue.ids()) if catalogue is not None else ()
    others = sorted({*named, *excluded}.difference(known), key=_by_number)
    ids = (*known, *others)
    answers = {clause: tuple(_along(clause, named)) for clause in ids}
    reasons = {clause: _reason(clause, excluded) for clause in ids}
    away = {clause for clause, reason in reasons.items() if reason}
    stands = standings(known, answers, away) | standings(others, answers, away)
    parents = {parent(clause) for clause in known or others if " " not in clause}
    observed = OBSERVED.get(standard, {})
    return StandardCoverage(
        standard=standard,
        catalogued=catalogue is not None,
        amendments=catalogue.amendments if catalogue is not None else (),
        clauses=tuple(
            ClauseCoverage(
                clause=clause,
                label=catalogue.clauses.get(clause, "") if catalogue is not None else "",
                standing=stands[clause],
                leaf=" " not in clause
                and clause not in parents
                and (clause in known or catalogue is None),
                known=clause in known,
                label_key=_key(catalogue, clause),
                amended_key=_key(catalogue, f"{clause} amended"),
                amended=catalogue.amended.get(clause, "") if catalogue is not None else "",
                reason=reasons[clause],
                answers=tuple(a for a in answers[clause] if " " not in clause or a.named == clause),
                checked=observed[clause].question if clause in observed else "",
                checked_key=observed[clause].key if clause in observed else "",
                observations=_observations(observed.get(clause), editions),
            )
            for clause in ids
            if " " not in clause or clause in named or clause in excluded or clause in observed
        ),
    )


def _key(catalogue: Catalogue | None, what: str) -> str:
    key = f"{catalogue.standard} {what}" if catalogue is not None else ""
    return key if catalogue is not None and key in catalogue.keys else ""


def _along(clause: str, named: Mapping[str, Sequence[Answer]]) -> Iterator[Answer]:
    """What names the clause itself, then what names a wider one."""
    at: str | None = clause
    while at is not None:
        yield from named.get(at, ())
        at = parent(at)


def _reason(clause: str, excluded: Mapping[str, str]) -> str:
    at: str | None = clause
    while at is not None and at not in excluded:
        at = parent(at)
    return excluded[at] if at is not None else ""


def _observations(
    observed: Observed | None, editions: Sequence[BuildContext]
) -> tuple[Observation, ...]:
    """What is seen in each version in force; in a draft where none is in force."""
    if observed is None:
        return ()
    in_force = {one.definition.process.id for one in editions if not one.working}
    return tuple(
        observed.observe(edition, editions)
        for edition in sorted(editions, key=_title)
        if not edition.working or edition.definition.process.id not in in_force
    )


def _by_number(clause: str) -> list[tuple[int, str]]:
    parts = clause.replace(" ", ".").split(".")
    return [(int(part), "") if part.isdecimal() else (10**6, part) for part in parts]
