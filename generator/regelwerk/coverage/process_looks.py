"""Whether a process says what ISO 9001:2015, 4.4.1 a to h, asks of processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regelwerk.coverage.observed import Seen, found, missing
from regelwerk.model.context import BuildContext
from regelwerk.model.ids import version_key
from regelwerk.model.process import Process


def inputs_and_outputs(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 a: what comes in and what goes out, for the whole or at its steps."""
    process = edition.definition.process
    steps = list(process.work_steps())
    inputs = {use.document for use in process.inputs} | {d for s in steps for d in s.inputs}
    outputs = {use.document for use in process.outputs} | {d for s in steps for d in s.outputs}
    if not inputs:
        return missing("inputs.no-inputs")
    if not outputs:
        return missing("inputs.no-outputs")
    return found("inputs.found", inputs=len(inputs), outputs=len(outputs))


def sequence_and_interaction(edition: BuildContext, all_: Sequence[BuildContext]) -> Seen:
    """4.4.1 b: the order of the steps, and the processes and parties it deals with."""
    process = edition.definition.process
    steps = sum(1 for _ in process.work_steps())
    linked = len({*_parties(process), *_callers(process, all_)})
    if not linked:
        return missing("sequence.alone", steps=steps)
    return found("sequence.found", steps=steps, linked=linked)


def _parties(process: Process) -> Iterator[str]:
    yield from (use.party for use in (*process.inputs, *process.outputs) if use.party)
    yield from (step.calls.process for step in process.all_steps() if step.calls is not None)


def _callers(process: Process, all_: Sequence[BuildContext]) -> Iterator[str]:
    for other in all_:
        named = other.definition.process
        if named.id != process.id and process.id in _parties(named):
            yield named.id


def criteria(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 c: key figures, and what they should come to."""
    figures = edition.definition.process.kpis
    aimed = [k for k in figures if k.target and (k.target.min, k.target.max) != (None, None)]
    if not figures:
        return missing("criteria.none")
    if not aimed:
        return missing("criteria.aimless", figures=len(figures))
    return found("criteria.found", figures=len(figures), aimed=len(aimed))


def resources(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 d: what the work is done with."""
    count = len(edition.definition.process.resources)
    return found("resources.found", count=count) if count else missing("resources.none")


def responsibilities(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 e: who owns the process, and who is responsible for each of its steps."""
    process = edition.definition.process
    steps = list(process.work_steps())
    bare = sum(step.responsible is None for step in steps)
    if bare:
        return missing("responsibilities.bare", bare=bare)
    if process.owner is None:
        return missing("responsibilities.no-owner", steps=len(steps))
    return found("responsibilities.found", steps=len(steps))


def risks(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 f: risks and opportunities, and what is done about each."""
    named = edition.definition.process.risks
    idle = sum(not risk.action for risk in named)
    if not named:
        return missing("risks.none")
    if idle:
        return missing(
            "risks.idle",
            named=len(named),
            idle=idle,
        )
    return found("risks.found", named=len(named))


def evaluation(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 g: key figures that have come to a value, none of a few cases."""
    figures = edition.definition.process.kpis
    valued = sum(
        any(cell.value is not None and cell.cases for cell in figure.cells)
        for figure in edition.figures
    )
    if not valued:
        return missing("evaluation.none")
    return found("evaluation.found", valued=valued, figures=len(figures))


def improvement(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 h: the process has been changed before, and says so."""
    process = edition.definition.process
    own = version_key(process.version) or (0, 0)
    kept = {one.version for one in edition.versions if (version_key(one.version) or own) < own}
    earlier = len(kept | {entry.version for entry in process.history})
    if not earlier:
        return missing("improvement.none")
    return found("improvement.found", earlier=earlier)
