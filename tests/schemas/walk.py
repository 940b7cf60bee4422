"""Walks over every part of a schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_CONDITIONS = ("if", "then", "else", "not", "dependentSchemas", "allOf", "anyOf", "oneOf")
_NAMED = ("properties", "patternProperties", "$defs", "dependentSchemas")
_LISTED = ("allOf", "anyOf", "oneOf")
_SINGLE = ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not")


def subschemas(node: Any, path: str = "#") -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Every subschema with its path, and whether it lies outside conditions and negations."""
    yield from _below(node, path, plain=True)


def _below(
    node: Any,
    path: str,
    *,
    plain: bool,
) -> Iterator[tuple[str, dict[str, Any], bool]]:
    if not isinstance(node, dict):
        return
    yield path, node, plain
    for keyword in (*_NAMED, *_LISTED, *_SINGLE):
        value = node.get(keyword)
        inside = plain and keyword not in _CONDITIONS
        if keyword in _NAMED and value is not None:
            for name, child in value.items():
                yield from _below(child, f"{path}/{keyword}/{name}", plain=inside)
        elif keyword in _LISTED and value is not None:
            for index, child in enumerate(value):
                yield from _below(child, f"{path}/{keyword}/{index}", plain=inside)
        else:
            yield from _below(value, f"{path}/{keyword}", plain=inside)
