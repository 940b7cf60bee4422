"""What one version of a process says it answers, with the documents and cases that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from regelwerk.model.context import BuildContext
from regelwerk.model.coverage import Answer
from regelwerk.model.process import Process, Step


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A clause that a version names: the process as such (`whole`), some of its steps, or both."""

    standard: str
    clause: str
    whole: bool
    steps: tuple[Step, ...]


def claims_of(edition: BuildContext) -> Iterator[Claim]:
    """Every clause that a version names, in the order in which it names them.

    Where no standard is named, the first is meant that the organization had when it was frozen.
    """
    first = "".join(edition.names.standards[:1])
    process = edition.definition.process
    whole: set[tuple[str, str]] = set()
    steps: dict[tuple[str, str], list[Step]] = {}
    for standard, clause in _pairs(process.clauses, first):
        whole.add((standard, clause))
        steps.setdefault((standard, clause), [])
    for step in process.all_steps():
        for pair in _pairs(step.clauses, first):
            named = steps.setdefault(pair, [])
            if step not in named[-1:]:
                named.append(step)
    for (standard, clause), found in steps.items():
        yield Claim(
            standard=standard,
            clause=clause,
            whole=(standard, clause) in whole,
            steps=tuple(found),
        )


def _pairs(clauses: Mapping[str, Iterable[str]], first: str) -> Iterator[tuple[str, str]]:
    for standard, ids in clauses.items():
        for clause in dict.fromkeys(ids):
            yield standard or first, clause


def answer_of(claim: Claim, edition: BuildContext, cases: Sequence[frozenset[str]]) -> Answer:
    """A claim with what shows it; `cases` are the steps done in each case of the process."""
    process = edition.definition.process
    steps = claim.steps
    return Answer(
        process=process.id,
        title=process.title,
        version=process.version,
        draft=edition.working,
        named=claim.clause,
        whole=claim.whole,
        steps=tuple(step.id for step in steps),
        step_titles=tuple(step.title for step in steps),
        documents=tuple(_documents(process, claim.whole, steps)),
        records=len(cases) if claim.whole else _records(steps, cases),
    )


def _documents(process: Process, whole: bool, steps: Iterable[Step]) -> Iterator[str]:
    """The titles of what the steps leave behind; of the whole process, what that gives out."""
    ids = [use.document for use in process.outputs] if whole else []
    ids += [document for step in steps for work in _work(step) for document in work.outputs]
    for id_ in dict.fromkeys(ids):
        known = process.documents.get(id_)
        yield known.title if known is not None else id_


def _records(steps: Iterable[Step], cases: Sequence[frozenset[str]]) -> int:
    names = {name for step in steps for work in _work(step) for name in (work.id, *work.was)}
    return sum(not names.isdisjoint(case) for case in cases)


def _work(step: Step) -> Iterator[Step]:
    """What is done and recorded: the step, or what its branches hold."""
    if not step.is_container:
        yield step
    for branch in step.parallel:
        for inner in branch.steps:
            yield from _work(inner)
