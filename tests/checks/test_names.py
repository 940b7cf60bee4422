from typing import Any

import pytest

from checks_support import World, found_after, with_steps, yaml


def test_the_clean_project_has_no_finding() -> None:
    assert World().found() == []


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("owner", "bos", "$.owner"),
        ("participants", ["clerk", "bos"], "$.participants[1]"),
        ("risks", [{"title": "Fire", "owner": "bos"}], "$.risks[0].owner"),
    ],
)
def test_roles_of_a_process_must_be_defined(key: str, value: Any, path: str) -> None:
    found = found_after(lambda world: world.one.update({key: value}))
    assert found == [("reference/undefined-role", path)]


@pytest.mark.parametrize("key", ["responsible", "accountable"])
def test_single_roles_of_a_step_must_be_defined(key: str) -> None:
    found = found_after(lambda world: world.one["steps"][1].update({key: "bos"}))
    assert found == [("reference/undefined-role", f"$.steps[1].{key}")]


@pytest.mark.parametrize("key", ["supporting", "consulted", "informed"])
def test_listed_roles_of_a_step_must_be_defined(key: str) -> None:
    found = found_after(lambda world: world.one["steps"][1].update({key: ["clerk", "bos"]}))
    assert found == [("reference/undefined-role", f"$.steps[1].{key}[1]")]


def test_roles_named_outside_of_definitions_must_be_defined() -> None:
    world = World()
    world.organization["roles"]["ceo"]["includes"] = ["bos"]
    world.organization["approval"]["standard"][1]["role"] = "bos"
    world.people["anna"]["roles"].append({"role": "bos"})
    world.register["letter"] = {"title": "Letter", "kind": "form", "owner": "bos"}
    signature = {"stage": "created", "by": "anna", "role": "bos", "at": "2020-01-01"}
    world.frozen["one", "0.9"] = (None, {"version": "0.9", "signatures": [signature]})
    world.one["change"] = "Better"
    where = [(p.file, p.path) for p in world.problems() if p.code == "reference/undefined-role"]
    assert where == [
        ("process/organization.yaml", ("roles", "ceo", "includes", 0)),
        ("process/organization.yaml", ("approval", "standard", 1, "role")),
        ("process/people.yaml", ("anna", "roles", 1, "role")),
        ("process/register.yaml", ("letter", "owner")),
        ("process/one/versions/0.9/approvals.yaml", ("signatures", 0, "role")),
    ]


def test_everybody_who_signed_must_be_known() -> None:
    world = World()
    approvals = {
        "version": "0.9",
        "signatures": [{"stage": "created", "by": "nobody", "at": "2020-01-01"}],
        "reviews": [{"by": "nobody", "at": "2021-01-01", "result": "unchanged"}],
        "withdrawn": {"by": "nobody", "at": "2022-01-01", "reason": "old"},
    }
    world.frozen["one", "0.9"] = (None, approvals)
    world.one["change"] = "Better"
    assert world.found() == [
        ("reference/undefined-person", "$.signatures[0].by"),
        ("reference/undefined-person", "$.reviews[0].by"),
        ("reference/undefined-person", "$.withdrawn.by"),
    ]


def test_a_hint_names_the_nearest_name() -> None:
    world = World()
    world.one["owner"] = "manger"
    assert [problem.hint for problem in world.problems()] == ["did you mean `manager`?"]


def test_a_stage_names_other_stages_of_its_rule() -> None:
    def change(world: World) -> None:
        world.organization["approval"]["standard"][1]["not_same_as"] = ["created", "craeted"]

    found = found_after(change)
    path = "$.approval.standard[1].not_same_as[1]"
    assert found == [("reference/undefined-approval", path)]


def test_an_end_named_like_a_step_gets_its_own_hint() -> None:
    world = World()
    world.one["steps"][1]["next"] = "done"
    (problem,) = world.problems()
    assert (problem.code, problem.hint) == ("reference/undefined-step", "write {end: done}")


STEPS = """
- {id: first, title: First, responsible: clerk}
- id: both
  title: Both
  parallel:
    a: [{id: left, title: Left, responsible: clerk}]
    b: [{id: right, title: Right, responsible: clerk}]
- id: last
  title: Last
  responsible: manager
  due: {within: P1D, after: %s}
  not_same_person_as: [%s]
  next: {end: done}
"""


def test_steps_inside_a_parallel_can_be_named() -> None:
    assert with_steps(STEPS % ("left", "right")) == []


def test_a_parallel_itself_is_done_by_nobody_and_cannot_be_counted_from() -> None:
    assert with_steps(STEPS % ("both", "both")) == [
        ("reference/undefined-step", "$.steps[2].due.after"),
        ("reference/undefined-step", "$.steps[2].not_same_person_as[0]"),
    ]


def test_process_inputs_come_from_a_customer_a_process_or_a_role() -> None:
    world = World()
    world.add("two")
    world.one["documents"] = {"paper": {"title": "Paper"}}
    world.one["inputs"] = [
        {"document": "paper", "from": party} for party in ("customer", "two", "clerk", "tow")
    ]
    assert world.found() == [("reference/undefined-process", "$.inputs[3].from")]


def test_a_document_that_is_an_input_as_mapping_is_found_at_its_key() -> None:
    world = World()
    world.one["inputs"] = [{"document": "paper"}]
    assert world.found() == [("reference/undefined-document", "$.inputs[0].document")]


CALL = """
- id: call
  title: Call
  responsible: clerk
  calls: {process: %s%s, outcomes: {done: last, failed: last}}
- {id: last, title: Last, responsible: manager, next: {end: done}}
"""


def test_outcomes_are_ends_of_the_called_process() -> None:
    world = World()
    world.add("two")
    world.one["steps"] = yaml(CALL % ("two", ""))
    assert world.found() == [("reference/undefined-end", "$.steps[0].calls.outcomes.failed")]


def test_ends_of_an_unknown_process_are_no_further_finding() -> None:
    found = with_steps(CALL % ("two", ""))
    assert found == [("reference/undefined-process", "$.steps[0].calls.process")]


def test_an_external_process_need_not_be_here() -> None:
    assert with_steps(CALL % ("two", ", external: true")) == []


KPIS = """
- {id: a, title: A, measure: {count: {step: %s}}}
- {id: b, title: B, measure: {count: {option: %s}}}
- {id: c, title: C, measure: {share: {where: {end: %s}, of: cases}}}
- {id: d, title: D, measure: {time: {from: %s, to: %s}}}
- {id: e, title: E, measure: {sum: {field: %s}}}
- {id: f, title: F, measure: {ratio: {of: %s, per: %s}}}
"""
KPI_STEPS = """
- id: first
  title: First
  responsible: clerk
  fields: [{id: amount, label: A, type: number}, {id: note, label: N, type: text}]
- id: last
  title: Last
  responsible: manager
  decision: {options: {good: {label: G, next: {end: done}}, bad: {label: B, next: first}}}
"""


def kpis(*names: str) -> list[tuple[str, str]]:
    return with_steps(KPI_STEPS, kpis=yaml(KPIS % names))


def test_measures_of_things_that_exist_are_fine() -> None:
    good = ("first", "last.good", "done", "start", "end", "first.amount", "a", "b")
    assert kpis(*good) == []


def test_every_name_in_a_measure_must_exist() -> None:
    bad = ("x", "last.x", "x", "end", "start", "first.x", "x", "x")
    assert kpis(*bad) == [
        ("reference/undefined-step", "$.kpis[0].measure.count.step"),
        ("reference/undefined-step", "$.kpis[1].measure.count.option"),
        ("reference/undefined-end", "$.kpis[2].measure.share.where.end"),
        ("reference/undefined-step", "$.kpis[3].measure.time.from"),
        ("reference/undefined-step", "$.kpis[3].measure.time.to"),
        ("reference/undefined-field", "$.kpis[4].measure.sum.field"),
        ("reference/undefined-kpi", "$.kpis[5].measure.ratio.of"),
        ("reference/undefined-kpi", "$.kpis[5].measure.ratio.per"),
    ]


def test_only_numbers_can_be_summed_up() -> None:
    found = kpis("first", "last.good", "done", "start", "end", "first.note", "a", "b")
    assert found == [("reference/undefined-field", "$.kpis[4].measure.sum.field")]


def test_a_ratio_made_of_itself_is_found_once() -> None:
    measures = yaml("""
    - {id: a, title: A, measure: {ratio: {of: b, per: c}}}
    - {id: b, title: B, measure: {ratio: {of: a, per: c}}}
    - {id: c, title: C, measure: {count: cases}}
    """)
    found = found_after(lambda world: world.one.update(kpis=measures))
    assert found == [("reference/undefined-kpi", "$.kpis[1].measure.ratio.of")]
