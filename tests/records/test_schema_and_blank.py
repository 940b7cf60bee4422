"""The generated schema of a version's records, and the record of a new case."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from examples_support import EXAMPLES
from records.support import PLACE, compiled, entry, process, record, world
from regelwerk.project.build_process import build_process
from regelwerk.project.engines import compile_fast, compile_reference
from regelwerk.project.load import load
from regelwerk.project.reading import parse
from regelwerk.project.record_files import read_records, record_files
from regelwerk.records.blank import blank_record
from regelwerk.records.check import check_case
from regelwerk.records.schema import record_schema, schema_bytes, schema_name
from regelwerk.records.shape import value_problems

ODD = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
FIELDS = [
    {"id": "t", "label": ODD, "type": "text", "required": True},
    {"id": "n", "label": "N", "type": "number", "unit": "kg", "required": True},
    {"id": "d", "label": "D", "type": "date"},
    {"id": "c", "label": "C", "type": "choice", "options": ["red", "green"]},
    {"id": "y", "label": "Y", "type": "yes-no"},
]
STEPS = [
    {
        "id": "a",
        "title": f"Line\none {ODD}",
        "fields": FIELDS,
        "checks": [{"id": "k", "label": "K"}],
        "outputs": ["doc"],
    },
    {
        "id": "d",
        "decision": {
            "question": "Yes?",
            "options": {
                "yes": {"label": "Yes", "next": "q"},
                "no": {"label": "No", "next": {"end": "off"}},
            },
        },
    },
    {"id": "q", "calls": {"process": "other"}},
    {
        "id": "p",
        "parallel": {"l": [{"id": "l1", "optional": True}], "r": [{"id": "r1"}]},
        "next": {"end": "done"},
    },
]
DEFINITION = process(STEPS, inputs=["given"], documents={"doc": {"title": "Doc"}})


@pytest.fixture(scope="module")
def base(repository: Path) -> dict:
    return load(repository).schemas.schema("record")


@pytest.fixture(scope="module")
def schema(base: dict) -> dict:
    return record_schema(build_process(DEFINITION, "p"), "1.0", base)


def faults(schema: dict, data: dict) -> set[tuple]:
    fast, slow = compile_fast(schema)(data), compile_reference(schema)(data)
    paths = {violation.path for violation in fast}
    assert paths == {violation.path for violation in slow}
    return paths


def test_the_schema_knows_steps_options_and_ends_with_their_titles(schema: dict) -> None:
    step = schema["$defs"]["entry"]["properties"]["step"]
    assert step["enum"] == ["a", "d", "q", "l1", "r1"]
    assert step["enumDescriptions"][1] == "D"
    assert schema["properties"]["end"]["enum"] == ["done", "off"]
    assert schema["properties"]["process"]["const"] == "p"
    assert schema["$id"] == schema_name("p", "1.0") == "p-1.0.schema.json"


def test_the_schema_is_self_contained_and_its_bytes_are_always_the_same(
    base: dict, schema: dict
) -> None:
    text = schema_bytes(schema)
    again = record_schema(build_process(DEFINITION, "p"), "1.0", json.loads(json.dumps(base)))
    assert schema_bytes(again) == text
    assert text.endswith(b"}\n")
    assert b'  "$schema"' in text
    assert all(ref.startswith("#/") for ref in _references(schema))
    assert ODD in json.loads(text)["$defs"]["entry"]["allOf"][-5]["then"]["title"]


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        here = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return here + [ref for value in node.values() for ref in _references(value)]
    if isinstance(node, list):
        return [ref for value in node for ref in _references(value)]
    return []


def test_the_schema_demands_nothing_that_the_replay_says(schema: dict) -> None:
    bare = record(entry("a"), entry("d"), entry("q"), entry("r1"), closed_with="done")
    assert faults(schema, bare) == set()
    empty = record(entry("a", fields={"t": "", "n": ""}, checks={}, outputs={}))
    assert faults(schema, empty) == set()


GOOD = {"t": "x", "n": 2.5, "d": "2026-03-03", "c": "red", "y": "no"}
FAULTS = [
    {"fields": {**GOOD, "t": 3}},
    {"fields": {**GOOD, "n": "3"}},
    {"fields": {**GOOD, "d": "3.3.2026"}},
    {"fields": {**GOOD, "c": "blue"}},
    {"fields": {**GOOD, "y": "maybe"}},
    {"option": "yes"},
    {"called_case": "C-9"},
]
UNKNOWN = [
    {"fields": {"zz": 1}},
    {"checks": {"zz": "yes"}},
    {"outputs": {"zz": {"reference": "…"}}},
]


@pytest.mark.parametrize("change", FAULTS)
def test_schema_and_check_find_the_same_faults_of_value(schema: dict, change: dict) -> None:
    data = record(entry("a", **change))
    own = {problem.path for problem in value_problems(data, compiled(DEFINITION))}
    assert faults(schema, data) == own
    assert own


@pytest.mark.parametrize("change", UNKNOWN)
def test_schema_and_check_know_the_same_keys(schema: dict, change: dict) -> None:
    data = record(entry("a", **change))
    own = {problem.path[:-1] for problem in value_problems(data, compiled(DEFINITION))}
    assert faults(schema, data) == own
    assert own


def test_a_full_entry_has_no_fault(schema: dict) -> None:
    full = entry(
        "a",
        fields={**GOOD, "x-own": 1},
        checks={"k": "not-applicable"},
        outputs={"doc": {"reference": "…"}},
    )
    data = record(full, entry("d", "yes"), entry("q", called_case={"reference": "…"}))
    assert faults(schema, data) == set()
    assert value_problems(data, compiled(DEFINITION)) == []


@pytest.mark.parametrize("root", [EXAMPLES / "contract", EXAMPLES.parent.parent])
def test_all_records_of_the_example_projects_fit_their_generated_schema(root: Path) -> None:
    loaded = load(root)
    checked = 0
    for file in record_files(root):
        for source in read_records(root, file):
            data = source.tree.data
            frozen = loaded.project.processes[data["process"]].version(data["version"])
            made = record_schema(
                frozen.definition.process, frozen.version, loaded.schemas.schema("record")
            )
            assert compile_fast(made)(data) == []
            checked += 1
    assert checked > 7


@pytest.mark.parametrize("case", ["S-1", "1e5", "2026", "null", "0x1F", "no"])
@pytest.mark.parametrize("subject", [None, ODD])
def test_a_new_record_is_an_open_case_without_a_fault(
    schema: dict, case: str, subject: str | None
) -> None:
    text = blank_record(
        build_process(DEFINITION, "p"),
        "1.0",
        case,
        date(2026, 3, 2),
        schema="../s.json",
        subject=subject,
    )
    tree = parse(text, is_json=False)
    assert (tree.readable, tree.problems) == (True, ())
    assert tree.data["case"] == case
    assert tree.data.get("subject") == subject
    assert tree.data["steps"] == []
    assert compile_fast(schema)(tree.data) == []
    table = compiled(DEFINITION)
    assert check_case(tree.data, table, world(table), PLACE) == []


def test_a_new_record_names_every_step_and_answers_nothing() -> None:
    text = blank_record(build_process(DEFINITION, "p"), "1.0", "S-1", date(2026, 3, 2))
    assert not text.startswith("# yaml-language-server")
    for step in ("a", "d", "q", "l1", "r1"):
        assert f"#  - step: {step}\n" in text
    assert "Line one " + ODD in text
    assert "option:              # Yes? yes (Yes), no (No)" in text


def test_the_list_in_a_new_record_becomes_yaml_when_its_marks_are_removed() -> None:
    text = blank_record(build_process(DEFINITION, "p"), "1.0", "S-1", date(2026, 3, 2))
    head, _, listed = text.partition("steps: []\n")
    lines = [line[1:] for line in listed.splitlines() if line.startswith("#  ")]
    tree = parse(head + "steps:\n" + "\n".join(lines), is_json=False)
    assert tree.readable
    assert [step["step"] for step in tree.data["steps"]] == ["a", "d", "q", "l1", "r1"]
    assert tree.data["steps"][0]["fields"].keys() == GOOD.keys()
    assert all(step["by"] is None for step in tree.data["steps"])
