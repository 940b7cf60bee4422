"""The place in a schema where a violation arose: what it asks for, and how it describes that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from regelwerk.project.violation import Violation


class Spot(msgspec.Struct, frozen=True):
    """The subschema with the keyword that failed.

    `description` is the nearest one on the way to it, `example` the first one given beside that;
    `name` is that of the `$defs` entry it is in, if any; `conditional` tells whether it only holds
    because of something beside it.
    """

    node: Mapping[str, Any]
    description: str
    example: Any
    name: str
    conditional: bool

    @property
    def keys(self) -> list[str]:
        """The keys that the subschema knows."""
        return list(self.node.get("properties", {}))


def spot_of(violation: Violation, schema: Mapping[str, Any]) -> Spot:
    """Walk the violation's own path.

    One engine tells the keyword's place in the schema (`$defs/id/pattern`), the other how it got
    there (`properties/id/pattern`, references left out); both lead to the same subschema.
    """
    way = list(violation.schema_path)
    if "propertyNames" in way:
        way = way[: way.index("propertyNames") + 1]
    else:
        way = way[:-2] if violation.keyword == "falseSchema" else way[:-1]
    name = str(way[1]) if way[:1] == ["$defs"] and len(way) > 1 else ""
    node: Any = schema
    description, example = _described(node)
    for part in [*way, None]:
        while isinstance(node, dict) and "$ref" in node and part not in node:
            name = str(node["$ref"]).rsplit("/", 1)[-1]
            node = _follow(schema, str(node["$ref"]))
            described = _described(node)
            description, example = described if described[0] else (description, example)
        if part is not None and part != "$ref":
            node = _step(node, part)
            described = _described(node)
            description, example = described if described[0] else (description, example)
    conditional = "then" in way or "dependentSchemas" in way
    return Spot(node if isinstance(node, dict) else {}, description, example, name, conditional)


def _step(node: Any, part: str | int) -> Any:  # noqa: ANN401
    if isinstance(node, dict):
        return node.get(str(part))
    if isinstance(node, list) and isinstance(part, int) and part < len(node):
        return node[part]
    return None


def _described(node: Any) -> tuple[str, Any]:  # noqa: ANN401
    """The description and the first example; nothing where the node has no description."""
    found = node.get("description") if isinstance(node, dict) else None
    if not isinstance(found, str):
        return "", None
    examples = node.get("examples")
    return found, examples[0] if isinstance(examples, list) and examples else None


def _follow(schema: Mapping[str, Any], reference: str) -> Any:  # noqa: ANN401
    node: Any = schema
    for part in reference.removeprefix("#").strip("/").split("/"):
        if part:
            node = _step(node, part.replace("~1", "/").replace("~0", "~"))
    return node
