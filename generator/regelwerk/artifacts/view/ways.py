"""Where the flow leads from a step, and from where it comes, in words."""

from __future__ import annotations

from typing import Any

from regelwerk.artifacts.view.lookup import Lookup, anchor
from regelwerk.model.flow import START, Edge, Node, reachable, way_out
from regelwerk.model.process import Step, Target

View = dict[str, Any]


def decision_view(look: Lookup, step: Step) -> View:
    """The question and, for each option, where it leads; empty for a step that decides nothing."""
    if step.decision is None:
        return {}
    options = []
    for option in step.decision.options:
        way = _target(look, step, option.next)
        if option.max_repeats is not None:
            times = look.speech.count("times", option.max_repeats)
            way["way"] = look.speech.say("way.limited", way=way["way"], times=times)
        text = look.speech.say("way.option", label=option.label, way=way["way"])
        options.append({"id": option.id, "label": option.label, **_told(look, way, text)})
    return {"question": step.decision.question or "", "options": options}


def calls_view(look: Lookup, step: Step) -> View:
    """The called process and where its outcomes lead; empty for a step that calls none."""
    calls = step.calls
    if calls is None:
        return {}
    title = look.called_process(calls.process)
    outcomes = []
    for end, target in calls.outcomes.items():
        label = look.outcome(calls.process, end)
        way = _target(look, step, target)
        text = look.speech.say("way.option", label=label, way=way["way"])
        outcomes.append({"label": label, **_told(look, way, text)})
    others = [edge for edge in look.flow.successors[way_out(step)] if edge.kind in ("next", "join")]
    if calls.outcomes and others:
        label = look.speech.sentence(look.speech.say("way.otherwise"))
        way = _node(look, step, others[0].target)
        text = look.speech.say("way.option", label=label, way=way["way"])
        outcomes.append({"label": label, **_told(look, way, text)})
    return {
        "process": calls.process,
        "title": title,
        "external": calls.external,
        "text": look.speech.say("calls", process=title),
        "outcomes": outcomes,
    }


def onward(look: Lookup, step: Step) -> str:
    """Where the flow goes after the step, as a sentence; empty where simply the next one comes."""
    if step.decision is not None or (step.calls is not None and step.calls.outcomes):
        return ""
    edges = look.flow.successors[way_out(step)]
    if len(edges) != 1:
        return ""
    if step.is_container:
        way = _node(look, step, edges[0].target)["way"]
        return look.speech.say("way.after_branches", way=way) + "."
    if edges[0].target.kind in ("step", "split") and _follows(look, step, edges[0].target):
        return ""
    return look.speech.sentence(_node(look, step, edges[0].target)["way"]) + "."


def onward_anchor(look: Lookup, step: Step) -> str:
    """The anchor of the step that `onward` names; empty where it names none."""
    edges = look.flow.successors[way_out(step)]
    named = onward(look, step) and len(edges) == 1
    return str(_node(look, step, edges[0].target)["anchor"]) if named else ""


def arrivals(look: Lookup, step: Step) -> list[str]:
    """From where the step is reached; empty where only from the step before it."""
    entry = Node("split" if step.is_container else "step", step.id)
    edges = look.flow.predecessors[entry]
    if all(edge.kind in ("start", "branch") or _is_plain(look, edge) for edge in edges):
        return []
    return list(dict.fromkeys(_arrival(look, edge) for edge in edges))


def _is_plain(look: Lookup, edge: Edge) -> bool:
    source = look.steps.get(edge.source.id)
    return edge.kind == "next" and source is not None and _follows(look, source, edge.target)


def _arrival(look: Lookup, edge: Edge) -> str:
    if edge.source == START:
        return look.speech.say("arrival.start")
    number = look.numbers[edge.source.id]
    if edge.kind == "option":
        step = look.steps[edge.source.id]
        option = step.decision.option(edge.label) if step.decision is not None else None
        if option is not None:
            return look.speech.say("arrival.option", number=number, label=option.label)
    if edge.kind == "outcome":
        calls = look.steps[edge.source.id].calls
        if calls is not None:
            label = look.outcome(calls.process, edge.label)
            return look.speech.say("arrival.option", number=number, label=label)
    return look.speech.say("arrival.step", number=number)


def _follows(look: Lookup, step: Step, node: Node) -> bool:
    """Whether the node is the step that is read next, in the same list."""
    number, following = look.numbers[step.id], look.numbers[node.id]
    prefix, _, last = number.rpartition(".")
    expected = str(int(last) + 1)
    return following == (f"{prefix}.{expected}" if prefix else expected)


def _told(look: Lookup, way: View, text: str) -> View:
    return {**way, "sentence": look.speech.sentence(way["way"]), "text": text}


def _target(look: Lookup, step: Step, target: Target) -> View:
    if target.join:
        return _join(look, look.flow.enclosing[step.id][-1][0] if _inside(look, step) else "")
    if target.end is not None:
        return _end(look, target.end)
    return _step(look, step, target.step or "")


def _node(look: Lookup, step: Step, node: Node) -> View:
    if node.kind == "end":
        return _end(look, node.id)
    if node.kind == "join":
        return _join(look, node.id)
    return _step(look, step, node.id)


def _step(look: Lookup, source: Step, id_: str) -> View:
    key = "way.back" if _leads_back(look, source, id_) else "way.on"
    words = look.speech.say(key, step=look.step(id_))
    return {
        "way": words,
        "kind": "back" if key == "way.back" else "step",
        "anchor": anchor(id_) if id_ in look.steps else "",
        "target": id_,
    }


def _end(look: Lookup, end: str) -> View:
    return {
        "way": look.speech.say("way.end", event=look.end(end)),
        "kind": "end",
        "anchor": "",
        "target": "",
    }


def _join(look: Lookup, container: str) -> View:
    step = look.steps.get(container)
    edges = look.flow.successors[Node("join", container)] if step is not None else ()
    if step is None or not edges:
        words = look.speech.say("way.branch_done")
    else:
        way = _node(look, step, edges[0].target)["way"]
        words = look.speech.say("way.join", number=look.numbers[container], way=way)
    return {
        "way": words,
        "kind": "join",
        "anchor": "",
        "target": "",
    }


def _inside(look: Lookup, step: Step) -> bool:
    return bool(look.flow.enclosing.get(step.id))


def _leads_back(look: Lookup, source: Step, target: str) -> bool:
    """Whether the target is read before the source and the source is reached from it again."""
    order = list(look.numbers)
    if target not in look.numbers or order.index(target) > order.index(source.id):
        return False
    known = look.steps[target]
    start = Node("split" if known.is_container else "step", target)
    return way_out(source) in reachable([start], look.flow.successors, forward=True)
