"""How often each step of a form is offered: once, and again where a loop or a repeat allows it."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.model.flow import Edge, reachable

_MOST = 3
_UNLIMITED = 2
_ENDLESS = 10**6


def rounds(look: Lookup) -> Mapping[str, int]:
    """For every step that is done how many rows a blank form has for it, at most three."""
    return {step: min(most, _MOST) for step, most in _possible(look, _UNLIMITED).items()}


def rows_for(look: Lookup, done: Mapping[str, int]) -> Mapping[str, int]:
    """How many rows there must be at least where steps were done so often already.

    There is always one to go on with where the step may be done once more.
    """
    possible = _possible(look, _ENDLESS)
    return {
        step: max(number, min(number + 1, possible.get(step, number)))
        for step, number in done.items()
    }


def _possible(look: Lookup, unlimited: int) -> Mapping[str, int]:
    """How often each step can be done; `unlimited` times where nothing limits it."""
    steps = list(look.process.work_steps())
    times = {step.id: unlimited if step.repeatable else 1 for step in steps}
    order = {node: place for place, node in enumerate(look.flow.nodes)}
    for edge in look.flow.edges:
        if edge.kind != "option" or order[edge.target] > order[edge.source]:
            continue
        again = (_limit(look, edge) or unlimited) + 1
        for step in _loop(look, edge):
            if step in times:
                times[step] = max(times[step], again)
    return times


def _limit(look: Lookup, edge: Edge) -> int | None:
    decision = look.steps[edge.source.id].decision
    option = decision.option(edge.label) if decision is not None else None
    return option.max_repeats if option is not None else None


def _loop(look: Lookup, edge: Edge) -> set[str]:
    """The steps on a way from where an option leads back to the decision that leads there."""
    after = reachable([edge.target], look.flow.successors, forward=True)
    before = reachable([edge.source], look.flow.predecessors, forward=False)
    return {node.id for node in after & before if node.kind == "step"}
