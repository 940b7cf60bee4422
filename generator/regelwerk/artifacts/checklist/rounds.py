"""How often each step of a form is offered: once, and again where a loop or a repeat allows it."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.model.flow import Edge, reachable

_MOST = 3
_UNLIMITED = 2


def rounds(look: Lookup) -> Mapping[str, int]:
    """For every step that is done how many rows the form has for it, at most three."""
    steps = list(look.process.work_steps())
    times = {step.id: 2 if step.repeatable else 1 for step in steps}
    order = {node: place for place, node in enumerate(look.flow.nodes)}
    for edge in look.flow.edges:
        if edge.kind != "option" or order[edge.target] > order[edge.source]:
            continue
        again = min(_limit(look, edge) + 1, _MOST)
        for step in _loop(look, edge):
            if step in times:
                times[step] = max(times[step], again)
    return times


def _limit(look: Lookup, edge: Edge) -> int:
    decision = look.steps[edge.source.id].decision
    option = decision.option(edge.label) if decision is not None else None
    return (option.max_repeats if option is not None else None) or _UNLIMITED


def _loop(look: Lookup, edge: Edge) -> set[str]:
    """The steps on a way from where an option leads back to the decision that leads there."""
    after = reachable([edge.target], look.flow.successors, forward=True)
    before = reachable([edge.source], look.flow.predecessors, forward=False)
    return {node.id for node in after & before if node.kind == "step"}
