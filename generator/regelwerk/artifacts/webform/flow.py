"""The flow as the script follows it: places by name, and the ways on from each."""

from __future__ import annotations

from typing import Any

from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.model.flow import START, Edge, Flow, Node

OTHERWISE = "(otherwise)"
"""The outcome of a called process that has no way of its own."""


def flow_data(look: Lookup) -> dict[str, Any]:
    """`start`, and for each place of `nodes` its kind and `ways`: `{to, kind, label}`.

    A place is called `step:<id>`, `split:<id>`, `join:<id>` or `end:<id>`.
    """
    first = look.flow.successors[START]
    return {
        "start": _name(first[0].target) if first else "",
        "nodes": {
            _name(node): {
                "kind": node.kind,
                "id": node.id,
                "ways": [_way(look.flow, edge) for edge in look.flow.successors[node]],
            }
            for node in look.flow.nodes
            if node != START
        },
    }


def _way(flow: Flow, edge: Edge) -> dict[str, str]:
    label = edge.label
    if edge.kind in ("next", "join") and len(flow.successors[edge.source]) > 1:
        label = OTHERWISE
    return {"to": _name(edge.target), "kind": edge.kind, "label": label}


def _name(node: Node) -> str:
    return f"{node.kind}:{node.id}"
