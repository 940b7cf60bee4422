"""A page for each file that a user writes, from its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from _reference.as_yaml import block, flow, scalar
from _reference.markdown import MADE, anchor, cell, fence, table

Schema = Mapping[str, Any]


def schema_page(name: str, schema: Schema) -> str:
    """All keys of one file, nested ones in sections of their own."""
    definitions: Mapping[str, Schema] = schema.get("$defs", {})
    title = schema["title"][0].upper() + schema["title"][1:]
    parts = [MADE, f"# {title}", schema["description"], "## Example", f"<!-- complete: {name} -->"]
    parts += [fence(block(schema["examples"][0])), "## Keys"]
    if "^x-" in schema.get("patternProperties", {}):
        parts.append(
            "Keys that begin with `x-` are free for your own use, here and in every mapping."
        )
    parts += shape(schema, definitions)
    structured = [key for key, item in definitions.items() if has_keys(item)]
    for key in sorted(structured):
        item = definitions[key]
        parts += [f"### {key}", item["description"], *shape(item, definitions)]
        examples = [example for example in item.get("examples", []) if isinstance(example, dict)]
        if examples:
            parts.append(fence(block(examples[0]) or ["{}"]))
    values = [key for key in sorted(definitions) if key not in structured]
    if values:
        rows = (
            (
                f'<a id="{anchor(key)}"></a>{key}',
                kind(definitions[key], definitions),
                *meaning(definitions[key]),
            )
            for key in values
        )
        parts += ["## Values", table(("Name", "Type", "What may be written", "Example"), rows)]
    return "\n\n".join(parts) + "\n"


def shape(schema: Schema, definitions: Mapping[str, Schema]) -> Iterator[str]:
    """The table of a mapping's keys, and the rules about several keys together."""
    required = set(schema.get("required", ()))
    rows = [
        (f"**`{key}`**", kind(item, definitions), "yes" if key in required else "", *meaning(item))
        for key, item in schema.get("properties", {}).items()
    ]
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        rows.append(("*each*", kind(more, definitions), "", *meaning(resolved(more, definitions))))
    if rows:
        yield table(("Key", "Type", "Required", "Meaning", "Example"), rows)
    rules = list(dict.fromkeys(conditions(schema)))
    if rules:
        yield "\n".join(f"- {cell(rule)}" for rule in rules)


def conditions(schema: Schema) -> Iterator[str]:
    """What is said of the conditions that a mapping must meet beyond its single keys."""
    for key in ("then", "else"):
        if isinstance(schema.get(key), dict):
            if "description" in schema[key]:
                yield schema[key]["description"]
            yield from conditions(schema[key])
    for item in (*schema.get("allOf", ()), *schema.get("dependentSchemas", {}).values()):
        if "description" in item:
            yield item["description"]
        yield from conditions(item)


_KEYS = {
    "idKey": "ids",
    "recordKey": "ids",
    "personKey": "people's ids",
    "standardKey": "standards",
}


def has_keys(schema: Schema) -> bool:
    """Whether a definition is a mapping with keys of its own (possibly among other things)."""
    return "properties" in schema


def resolved(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """The schema with what its reference says behind it."""
    reference = schema.get("$ref", "").rpartition("/")[2]
    return {**definitions.get(reference, {}), **schema}


def kind(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    """The type in words, with links to the sections that say more."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{anchor(name)})"
    if "enum" in schema:
        return "one of " + ", ".join(f"*{value}*" for value in schema["enum"])
    if "const" in schema:
        return f"`{scalar(schema['const'])}`"
    types = schema.get("type", "any")
    names = [types] if isinstance(types, str) else types
    return " or ".join(_type_in_words(name, schema, definitions) for name in names)


def _type_in_words(name: str, schema: Schema, definitions: Mapping[str, Schema]) -> str:
    more = schema.get("additionalProperties")
    match name:
        case "array":
            return f"list of {kind(schema['items'], definitions)}" if "items" in schema else "list"
        case "object" if isinstance(more, dict):
            names = schema.get("propertyNames", {}).get("$ref", "").rpartition("/")[2]
            return f"mapping of {_KEYS.get(names, 'names')} to {kind(more, definitions)}"
        case "object":
            return "mapping"
        case "string":
            return "text"
        case "integer":
            return "whole number" + _range(schema)
        case "number":
            return "number" + _range(schema)
        case "boolean":
            return "`true` or `false`"
    return "any value"


def _range(schema: Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    parts = [f"from {low}"] * (low is not None) + [f"to {high}"] * (high is not None)
    return "".join(f" {part}" for part in parts)


def meaning(schema: Schema) -> tuple[str, str]:
    """Description and examples, as two cells."""
    examples = (_shortened(flow(example)) for example in schema.get("examples", [])[:2])
    return schema.get("description", ""), "<br>".join(f"`{example}`" for example in examples)


def _shortened(example: str) -> str:
    """A long hash or key in a cell is told by its beginning."""
    return re.sub(r"[0-9A-Za-z+/=]{33,}", lambda match: f"{match[0][:16]}…", example)
