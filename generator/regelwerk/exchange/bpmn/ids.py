"""XML ids (NCName, Namespaces in XML 1.0) for everything in a file, unique and always the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from regelwerk.exchange.bpmn.diagram import Diagram

_START = re.compile(r"[A-Za-z_]")
_OTHER = re.compile(r"[^A-Za-z0-9._-]")


class Ids(msgspec.Struct, frozen=True, kw_only=True):
    """The XML id of each thing, by the id it has in the diagram; flows by their place."""

    process: str
    definitions: str
    collaboration: str
    participant: str
    lanes_set: str
    note: str
    picture: str
    plane: str
    lanes: Mapping[str, str]
    nodes: Mapping[str, str]
    flows: tuple[str, ...]
    shapes: Mapping[str, str]


def ids_of(diagram: Diagram) -> Ids:
    """Name everything; the process keeps its own id, because other files call it by that."""
    names = _Names()
    process = names.new(diagram.id)
    nodes = {node.id: names.new(node.id) for node in diagram.nodes}
    lanes = {lane.id: names.new(f"lane-{lane.id}") for lane in diagram.lanes}
    flows = tuple(names.new(f"flow-{flow.source}-{flow.target}") for flow in diagram.flows)
    participant, note = names.new("pool"), names.new("note")
    drawn = (participant, note, *lanes.values(), *nodes.values(), *flows)
    return Ids(
        process=process,
        definitions=names.new("definitions"),
        collaboration=names.new("collaboration"),
        participant=participant,
        lanes_set=names.new("lanes"),
        note=note,
        picture=names.new("picture"),
        plane=names.new("plane"),
        lanes=lanes,
        nodes=nodes,
        flows=flows,
        shapes={name: names.new(f"{name}_di") for name in drawn},
    )


def ncname(text: str) -> str:
    """Make a name of a text: signs that XML ids do not allow become underscores."""
    name = _OTHER.sub("_", text)
    return name if name and _START.match(name) else f"_{name}"


class _Names:
    """The names given out so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, wanted: str) -> str:
        """The name wanted, with a number where it is taken."""
        base = name = ncname(wanted)
        count = 1
        while name in self._taken:
            count += 1
            name = f"{base}-{count}"
        self._taken.add(name)
        return name
