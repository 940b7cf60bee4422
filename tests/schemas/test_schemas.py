"""What every schema keeps to, so that editors, web forms and both engines read it alike."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from regelwerk.project.engines import compile_fast, compile_reference
from schemas.documents import NAMES, schema
from schemas.walk import subschemas

pytestmark = pytest.mark.parametrize("name", NAMES)


def test_is_valid_against_the_meta_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    jsonschema_rs.meta.validate(schema(name))


def test_names_itself_without_a_host_and_needs_no_other_file(name: str) -> None:
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema(name)["$id"] == f"{name}.schema.json"
    for path, node, _ in subschemas(schema(name)):
        assert node.get("$ref", "#/$defs/").startswith("#/$defs/"), path


def test_every_property_has_a_description_and_an_example(name: str) -> None:
    properties = [
        (f"{path}/{key}", child)
        for path, node, plain in subschemas(schema(name))
        if plain
        for key, child in node.get("properties", {}).items()
    ]
    parts = [(path, node) for path, node, _ in subschemas(schema(name)) if _is_definition(path)]
    for path, node in properties + parts:
        assert re.fullmatch(r"[^\n]{10,}[.…]", node.get("description", "")), path
        assert node.get("examples"), path


def test_every_example_is_valid_against_its_own_part(name: str) -> None:
    for path, node, _ in subschemas(schema(name)):
        if "examples" not in node:
            continue
        part: dict[str, Any] = {"$defs": schema(name)["$defs"], **node}
        for engine in (compile_fast(part), compile_reference(part)):
            for example in node["examples"]:
                assert engine(example) == [], path


def test_every_mapping_is_closed_but_for_keys_beginning_with_x(name: str) -> None:
    mappings = 0
    for path, node, plain in subschemas(schema(name)):
        if not plain or "object" not in node.get("type", ""):
            continue
        mappings += 1
        assert set(node["patternProperties"]) == {"^x-"}, path
        assert set(node["patternProperties"]["^x-"]) == {"description"}, path
        names_keys = "propertyNames" in node
        assert names_keys or node["additionalProperties"] is False, path
        assert not names_keys or "$ref" in node["additionalProperties"], path
    assert mappings


def test_every_text_has_a_limit_and_may_not_hold_control_characters(name: str) -> None:
    for path, node, plain in subschemas(schema(name)):
        types = node.get("type", "")
        words = "enum" in node or any(
            "enum" in part.get("then", {}) for part in node.get("allOf", ())
        )
        if not plain or "string" not in types or words:
            continue
        closed = node.get("pattern", "").endswith(r"(?![\s\S])")
        limited = "maxLength" in node and r"\u0000" in node.get("not", {}).get("pattern", "")
        assert closed or limited, path


def test_a_rule_that_can_be_broken_is_said_in_words_beside_it(name: str) -> None:
    for path, node, _ in subschemas(schema(name)):
        if "/if" in path or "/not" in path or path.endswith(("/if", "/not")):
            continue
        rule = "pattern" in node or "not" in node or False in node.get("properties", {}).values()
        conditional = "required" in node and ("/then" in path or "dependentSchemas" in path)
        if rule or conditional:
            assert node.get("description"), path


def test_no_part_is_left_unused(name: str) -> None:
    used = {node["$ref"] for _, node, _ in subschemas(schema(name)) if "$ref" in node}
    assert used == {f"#/$defs/{key}" for key in schema(name)["$defs"]}


def test_patterns_name_their_digits_and_letters(name: str) -> None:
    for path, node, _ in subschemas(schema(name)):
        pattern = node.get("pattern", "").replace(r"[\s\S]", "")
        assert not re.search(r"\\[dDwWsSbB]|\$$", pattern), path


def _is_definition(path: str) -> bool:
    return re.fullmatch(r"#(?:/\$defs/[^/]+)?", path) is not None
