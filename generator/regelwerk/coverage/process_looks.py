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
        return missing("no inputs are named")
    if not outputs:
        return missing("no outputs are named")
    return found(
        "inputs named: {inputs}; outputs: {outputs}", inputs=len(inputs), outputs=len(outputs)
    )


def sequence_and_interaction(edition: BuildContext, all_: Sequence[BuildContext]) -> Seen:
    """4.4.1 b: the order of the steps, and the processes and parties it deals with."""
    process = edition.definition.process
    steps = sum(1 for _ in process.work_steps())
    linked = len({*_parties(process), *_callers(process, all_)})
    if not linked:
        return missing("{steps} steps in order; no other process or party is named", steps=steps)
    return found(
        "{steps} steps in order; other processes and parties: {linked}", steps=steps, linked=linked
    )


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
        return missing("no key figures are named")
    if not aimed:
        return missing("key figures: {figures}; none has a target", figures=len(figures))
    return found(
        "key figures: {figures}; with a target: {aimed}", figures=len(figures), aimed=len(aimed)
    )


def resources(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 d: what the work is done with."""
    count = len(edition.definition.process.resources)
    return (
        found("resources named: {count}", count=count)
        if count
        else missing("no resources are named")
    )


def responsibilities(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 e: who owns the process, and who is responsible for each of its steps."""
    process = edition.definition.process
    steps = list(process.work_steps())
    bare = sum(step.responsible is None for step in steps)
    if bare:
        return missing("steps without a responsible role: {bare}", bare=bare)
    if process.owner is None:
        return missing(
            "each of {steps} steps has a responsible role; no owner is named", steps=len(steps)
        )
    return found("an owner, and a responsible role for each of {steps} steps", steps=len(steps))


def risks(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 f: risks and opportunities, and what is done about each."""
    named = edition.definition.process.risks
    idle = sum(not risk.action for risk in named)
    if not named:
        return missing("no risks or opportunities are named")
    if idle:
        return missing(
            "risks and opportunities: {named}; without an action: {idle}",
            named=len(named),
            idle=idle,
        )
    return found("risks and opportunities: {named}, each with an action", named=len(named))


def evaluation(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 g: key figures that have come to a value, none of a few cases."""
    figures = edition.definition.process.kpis
    valued = sum(
        any(cell.value is not None and cell.cases for cell in figure.cells)
        for figure in edition.figures
    )
    if not valued:
        return missing("no key figure has a value from enough cases")
    return found(
        "key figures with values: {valued} of {figures}", valued=valued, figures=len(figures)
    )


def improvement(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """4.4.1 h: the process has been changed before, and says so."""
    process = edition.definition.process
    own = version_key(process.version) or (0, 0)
    kept = {one.version for one in edition.versions if (version_key(one.version) or own) < own}
    earlier = len(kept | {entry.version for entry in process.history})
    if not earlier:
        return missing("there is no earlier version")
    return found("earlier versions: {earlier}", earlier=earlier)
