"""The process as a chart that `artifacts.picture` can draw."""

from __future__ import annotations

from regelwerk.artifacts.picture.chart import Chart, Edge, Kind, Lane, Node
from regelwerk.artifacts.view.lookup import Lookup, anchor, lookup
from regelwerk.artifacts.view.standing import status_view
from regelwerk.model.context import BuildContext
from regelwerk.model.flow import Edge as FlowEdge
from regelwerk.model.flow import Node as FlowNode
from regelwerk.model.process import Step


def chart_of(context: BuildContext) -> Chart:
    """Lanes are the responsible roles in order of appearance; a decision is a task and a diamond.

    Nodes link to `#step-<id>`. The diamond carries the question, the task the step's title.
    """
    look = lookup(context)
    roles = dict.fromkeys(
        step.responsible for step in look.process.work_steps() if step.responsible is not None
    )
    return Chart(
        title=look.speech.say(
            "picture.title", process=look.process.title, version=look.process.version
        ),
        description=picture_description(look),
        lanes=tuple(Lane(role, look.role(role)) for role in roles),
        nodes=tuple(_nodes(look)),
        edges=tuple(_edges(look)),
        status=status_view(look)["stamp"],
    )


def picture_description(look: Lookup) -> str:
    """What the picture shows, for whoever cannot see it."""
    steps = [f"{look.numbers[step.id]} {step.title}" for step in look.process.work_steps()]
    lanes = dict.fromkeys(
        look.role(step.responsible) for step in look.process.work_steps() if step.responsible
    )
    return look.speech.say(
        "picture.description",
        process=look.process.title,
        lanes=look.speech.listing(lanes),
        start=look.process.start.event,
        steps="; ".join(steps),
        ends=look.speech.listing(end.event for end in look.process.ends.values()),
    )


def _nodes(look: Lookup) -> list[Node]:
    nodes = []
    for node in look.flow.nodes:
        if node.kind == "start":
            nodes.append(Node(_id(node), "start", look.process.start.event))
        elif node.kind == "end":
            nodes.append(Node(_id(node), "end", look.end(node.id)))
        elif node.kind in ("split", "join"):
            nodes.append(_gateway(look, node))
        else:
            nodes += _step(look, look.steps[node.id])
    return nodes


def _gateway(look: Lookup, node: FlowNode) -> Node:
    step = look.steps[node.id]
    if node.kind == "join":
        return Node(_id(node), "join", "")
    return Node(
        _id(node),
        "split",
        step.title,
        number=look.numbers[step.id],
        href=f"#{anchor(step.id)}",
    )


def _step(look: Lookup, step: Step) -> list[Node]:
    kind: Kind = "call" if step.calls is not None else "task"
    task = Node(
        f"step-{step.id}",
        kind,
        step.title,
        lane=step.responsible or "",
        number=look.numbers[step.id],
        note=look.called_process(step.calls.process) if step.calls is not None else "",
        href=f"#{anchor(step.id)}",
        optional=step.optional,
        repeatable=step.repeatable,
    )
    if not _branches_off(look, step):
        return [task]
    question = (step.decision.question or "") if step.decision is not None else ""
    diamond = Node(
        f"decision-{step.id}",
        "decision",
        question,
        lane=step.responsible or "",
        href=f"#{anchor(step.id)}",
    )
    return [task, diamond]


def _branches_off(look: Lookup, step: Step) -> bool:
    """Whether more than one way leads from the step, so that a diamond follows it."""
    return step.decision is not None or len(look.flow.successors[FlowNode("step", step.id)]) > 1


def _edges(look: Lookup) -> list[Edge]:
    edges = [
        Edge(f"step-{step.id}", f"decision-{step.id}")
        for step in look.process.work_steps()
        if _branches_off(look, step)
    ]
    for edge in look.flow.edges:
        source = _id(edge.source)
        if edge.source.kind == "step" and _branches_off(look, look.steps[edge.source.id]):
            source = f"decision-{edge.source.id}"
        edges.append(Edge(source, _id(edge.target), _label(look, edge)))
    return edges


def _label(look: Lookup, edge: FlowEdge) -> str:
    step = look.steps.get(edge.source.id)
    if edge.kind == "option" and step is not None and step.decision is not None:
        option = step.decision.option(edge.label)
        return option.label if option is not None else ""
    if edge.kind == "outcome" and step is not None and step.calls is not None:
        return look.outcome(step.calls.process, edge.label)
    return ""


def _id(node: FlowNode) -> str:
    return f"{node.kind}-{node.id}" if node.id else node.kind
