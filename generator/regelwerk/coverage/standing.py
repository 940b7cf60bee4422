"""How clauses stand: what is named itself, through a wider clause, or by its parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from regelwerk.model.coverage import Answer, Standing


def parent(clause: str) -> str | None:
    """The clause of which this one is a part: `5.1` of `5.1.10`, `4.4.1` of `4.4.1 a`."""
    above = clause.rpartition(" ")[0] or clause.rpartition(".")[0]
    return above or None


def standings(
    ids: Sequence[str], answers: Mapping[str, Sequence[Answer]], excluded: Collection[str]
) -> dict[str, Standing]:
    """The standing of every id; `answers` also holds what names a wider clause.

    A clause with parts that nothing names itself stands as they do: partly answered where only
    some of them are.
    """
    parts: dict[str, list[str]] = {}
    for clause in ids:
        above = parent(clause)
        if above is not None:
            parts.setdefault(above, []).append(clause)
    found: dict[str, Standing] = {}
    # Parts before wholes: whatever is longer lies deeper.
    for clause in sorted(ids, key=lambda id_: -_depth(id_)):
        if clause in excluded:
            found[clause] = Standing.EXCLUDED
            continue
        own = _own(answers.get(clause, ()))
        inner = [found[part] for part in parts.get(clause, ())]
        found[clause] = own if own is Standing.ANSWERED else _joined(own, inner)
    return found


def _depth(clause: str) -> int:
    return len(clause.replace(" ", ".").split("."))


def _own(answers: Sequence[Answer]) -> Standing:
    if any(not answer.draft for answer in answers):
        return Standing.ANSWERED
    return Standing.PLANNED if answers else Standing.OPEN


def _joined(own: Standing, parts: Sequence[Standing]) -> Standing:
    """The standing of a clause from that of its parts."""
    apply = [part for part in parts if part is not Standing.EXCLUDED]
    if parts and not apply:
        return Standing.EXCLUDED
    if apply and all(part is Standing.ANSWERED for part in apply):
        return Standing.ANSWERED
    if any(part in (Standing.ANSWERED, Standing.PARTLY) for part in apply):
        return Standing.PARTLY
    if own is Standing.PLANNED or Standing.PLANNED in apply:
        return Standing.PLANNED
    return Standing.OPEN
