"""Two engines for JSON Schema 2020-12 behind one function: a fast one, and the reference."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from regelwerk.project.formats import FORMATS
from regelwerk.project.violation import Violation

# The same few thousand days stand in a million records.
_REMEMBERED: dict[str, Callable[..., bool]] = {
    name: lru_cache(maxsize=8192)(check) for name, check in FORMATS.items()
}

Validate = Callable[[Any], list[Violation]]


def compile_schema(schema: dict[str, Any]) -> Validate:
    """Compile with `jsonschema-rs`, or with `jsonschema` where the former is not installed."""
    try:
        return compile_fast(schema)
    except ImportError:
        return compile_reference(schema)


def compile_fast(schema: dict[str, Any]) -> Validate:
    """Compile with `jsonschema-rs`."""
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(
        schema, validate_formats=True, formats=_REMEMBERED, retriever=_refuse
    )

    def validate(instance: Any) -> list[Violation]:  # noqa: ANN401
        if validator.is_valid(instance):
            return []
        return [_from_fast(error) for error in validator.iter_errors(instance)]

    return validate


def _refuse(address: str) -> Any:  # noqa: ANN401
    """A schema must not make us open files or web pages."""
    raise ValueError(f"it refers to {address}, but a schema must be self-contained")


def _from_fast(error: Any) -> Violation:  # noqa: ANN401
    kind = error.kind
    path = tuple(error.instance_path)
    schema_path = tuple(error.schema_path)
    if kind.name == "propertyNames":
        return Violation(
            "propertyNames", path, None, (str(error.kind.error.instance),), schema_path
        )
    found = (
        kind.unexpected if kind.name in ("additionalProperties", "unevaluatedProperties") else ()
    )
    if kind.name == "required":
        found = (kind.property,)
    limit = kind.types if kind.name == "type" else kind.value
    return Violation(kind.name, path, limit, tuple(sorted(map(str, found))), schema_path)


def compile_reference(schema: dict[str, Any]) -> Validate:
    """Compile with `jsonschema`, the reference implementation in Python."""
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry

    checker = FormatChecker(formats=())
    for name, function in FORMATS.items():
        checker.checks(name)(function)
    validator = Draft202012Validator(
        _without_false(schema), format_checker=checker, registry=Registry()
    )

    def validate(instance: Any) -> list[Violation]:  # noqa: ANN401
        return [
            violation
            for error in validator.iter_errors(instance)
            for violation in _from_reference(error)
        ]

    return validate


_NEVER: dict[str, Any] = {"not": {}}


def _without_false(node: Any) -> Any:  # noqa: ANN401
    """The same schema without `false` for properties, whose place `jsonschema` 4.26 forgets."""
    if isinstance(node, list):
        return [_without_false(part) for part in node]
    if not isinstance(node, dict):
        return node
    result = {key: _without_false(part) for key, part in node.items()}
    properties = result.get("properties")
    if isinstance(properties, dict):
        result["properties"] = {
            key: _NEVER if part is False else part for key, part in properties.items()
        }
    return result


def _from_reference(error: Any) -> list[Violation]:  # noqa: ANN401
    path = tuple(error.absolute_path)
    schema_path = tuple(error.absolute_schema_path)
    keyword = str(error.validator)
    if error.parent is None and "propertyNames" in schema_path:
        return [Violation("propertyNames", path, None, (str(error.instance),), schema_path)]
    if error.schema == _NEVER:
        return [Violation("falseSchema", path, None, (), schema_path[:-1])]
    if error.schema is False or error.validator is None:
        return [Violation("falseSchema", path, None, (), schema_path)]
    if keyword == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        named = [name for name in missing if error.message.startswith(repr(name))]
        return [Violation("required", path, None, (name,), schema_path) for name in named]
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        unexpected = sorted(_unexpected(error))
        return [Violation(keyword, path, None, tuple(unexpected), schema_path)]
    limit = error.validator_value
    if keyword == "type":
        limit = [limit] if isinstance(limit, str) else list(limit)
    return [Violation(keyword, path, limit, (), schema_path)]


def _unexpected(error: Any) -> list[str]:  # noqa: ANN401
    import re

    properties = error.schema.get("properties", {})
    patterns = error.schema.get("patternProperties", {})
    return [
        name
        for name in error.instance
        if name not in properties and not any(re.search(pattern, name) for pattern in patterns)
    ]
