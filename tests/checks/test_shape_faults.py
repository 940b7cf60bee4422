"""One cause, one finding: what the schema reports is not reported again as its consequences."""

from typing import Any

import pytest

from checks_support import World, yaml


def unsound() -> World:
    world = World()
    world.unsound.add("one")
    return world


def test_a_step_without_id_is_not_reported_as_undefined_where_it_is_named() -> None:
    world = unsound()
    world.one["steps"] = yaml("""
    - {id: first, title: First, responsible: clerk, next: last}
    - {title: Last, responsible: manager, next: {end: done}}
    """)
    assert world.found() == []


@pytest.mark.parametrize(
    ("right", "wrong"), [("resources", "resorces"), ("documents", "documnets"), ("kpis", "kpi")]
)
def test_a_misspelled_list_does_not_make_its_names_undefined(right: str, wrong: str) -> None:
    world = unsound()
    first = world.one["steps"][0]
    first |= {"resources": ["crm"], "outputs": ["paper"]}
    lists: dict[str, Any] = {
        "resources": [{"id": "crm", "title": "CRM", "kind": "system"}],
        "documents": {"paper": {"title": "Paper"}},
        "kpis": [
            {"id": "a", "title": "A", "measure": {"count": "cases"}},
            {"id": "b", "title": "B", "measure": {"ratio": {"of": "a", "per": "a"}}},
        ],
    }
    lists[wrong] = lists.pop(right)
    world.one.update(lists)
    found = world.found()
    assert not any(code.startswith("reference/undefined") for code, _ in found)


@pytest.mark.parametrize(
    "broken",
    [
        "{id: first, title: First, responsible: clerk, nxt: last}",
        "{id: first, title: First, responsible: clerk, next: 7}",
        "{id: first, title: First, responsible: clerk, next: {ende: done}}",
        "{id: first, title: First, responsible: clerk, decisions: {options: {}}}",
        "{id: first, title: First, responsible: clerk, decision: yes}",
        "{id: first, title: First, responsible: clerk, decision: {options: {a: {label: A}}}}",
        "{id: first, title: First, responsible: clerk, parallel: [1]}",
        "just a text",
    ],
)
def test_a_broken_way_makes_the_rest_of_the_flow_neither_unreachable_nor_endless(
    broken: str,
) -> None:
    world = unsound()
    world.one["steps"] = yaml(f"""
    - {broken}
    - {{id: middle, title: Middle, responsible: clerk, next: {{end: done}}}}
    - {{id: last, title: Last, responsible: manager}}
    """)
    codes = {code for code, _ in world.found()}
    assert not codes & {"flow/unreachable-step", "flow/no-path-to-end", "flow/unused-end"}


def test_a_fault_elsewhere_in_the_file_hides_no_fault_of_the_flow() -> None:
    world = unsound()
    del world.one["title"]
    world.one["x-note"] = 1
    world.one["steps"][1].pop("next")
    assert ("flow/no-path-to-end", "$.steps[1]") in world.found()


def test_roles_are_not_undefined_where_organization_yaml_cannot_be_read() -> None:
    world = World()
    world.organization, world.sound = {}, False
    world.one["approval"] = "standard"
    assert world.found() == []


def test_roles_are_still_undefined_where_organization_yaml_has_a_fault_elsewhere() -> None:
    world = World()
    world.sound = False
    world.one["owner"] = "bos"
    assert world.found() == [("reference/undefined-role", "$.owner")]


def test_a_misspelled_document_is_neither_unused_nor_missing_further_down() -> None:
    world = World()
    world.one["documents"] = {"report": {"title": "Report"}}
    world.one["steps"][0]["outputs"] = ["reprot"]
    world.one["steps"][1]["inputs"] = ["report"]
    world.one["outputs"] = ["report"]
    assert world.found() == [("reference/undefined-document", "$.steps[0].outputs[0]")]


def test_a_document_whose_only_use_is_misspelled_is_not_unused() -> None:
    world = World()
    world.one["documents"] = {"report": {"title": "Report"}}
    world.one["steps"][0]["outputs"] = ["reprot"]
    assert world.found() == [("reference/undefined-document", "$.steps[0].outputs[0]")]


def test_a_role_whose_only_use_is_misspelled_is_not_unused() -> None:
    world = World()
    world.organization["roles"]["purchaser"] = {"title": "Purchaser"}
    world.one["steps"][0]["informed"] = ["purchasr"]
    assert world.found() == [("reference/undefined-role", "$.steps[0].informed[0]")]


def test_nothing_is_called_unused_while_a_definition_cannot_be_read() -> None:
    world = unsound()
    world.organization["roles"]["buyer"] = {"title": "Buyer"}
    assert world.found() == []


def test_a_step_behind_an_unknown_target_is_not_unreachable() -> None:
    world = World()
    world.one["steps"] = yaml("""
    - {id: first, title: First, responsible: clerk, next: lst}
    - {id: last, title: Last, responsible: manager, next: {end: done}}
    """)
    assert world.found() == [("reference/undefined-step", "$.steps[0].next")]


def test_an_end_that_may_be_meant_by_an_unknown_one_is_not_unused() -> None:
    world = World()
    world.one["steps"][1]["next"] = {"end": "finished"}
    assert world.found() == [("reference/undefined-end", "$.steps[1].next.end")]


def test_of_two_steps_with_one_id_neither_is_unreachable() -> None:
    world = World()
    world.one["steps"] = yaml("""
    - {id: first, title: First, responsible: clerk, next: last}
    - {id: last, title: Last, responsible: clerk, next: {end: done}}
    - {id: last, title: Last again, responsible: clerk}
    """)
    assert world.found() == [
        ("reference/duplicate-id", "$.steps[2].id"),
        ("flow/no-path-to-end", "$.steps[2]"),
    ]


@pytest.mark.parametrize("data", [{}, {"steps": None}, {"steps": 1, "ends": []}, {"id": 3}])
def test_rules_survive_any_shape(data: dict[str, Any]) -> None:
    world = unsound()
    world.processes["one"] = data
    assert all(problem.file for problem in world.problems())


@pytest.mark.parametrize(
    "value", [None, 1, "text", [], [1, None, "x", {}], {"a": 1}, {"a": {"b": [{}]}}]
)
def test_rules_survive_any_value_at_any_key(value: Any) -> None:
    keys = set(World().one) | {"documents", "resources", "inputs", "outputs", "kpis", "risks"}
    keys |= {"clauses", "applicable_documents", "participants", "change", "approval", "history"}
    for key in sorted(keys):
        world = unsound()
        world.one[key] = value
        assert all(problem.file for problem in world.problems())
    step_keys = ["id", "next", "decision", "parallel", "calls", "due", "was", "fields", "clauses"]
    step_keys += ["inputs", "not_same_person_as", "email", "responsible", "optional"]
    for key in step_keys:
        world = unsound()
        world.one["steps"][0][key] = value
        assert all(problem.file for problem in world.problems())


def test_among_thousands_of_unknown_keys_nothing_is_compared_with_each() -> None:
    world = unsound()
    world.one["steps"][0] |= {"resources": ["crm"]}
    world.one.pop("resources", None)
    world.one.update({f"k{number}": number for number in range(50_000)})
    assert not any(code.startswith("reference/undefined") for code, _ in world.found())
