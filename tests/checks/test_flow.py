import pytest

from checks_support import World, with_steps, yaml

END = "{id: last, title: Last, responsible: manager, next: {end: done}}"


def step(id_: str, more: str = "") -> str:
    return f"{{id: {id_}, title: {id_}, responsible: clerk{', ' if more else ''}{more}}}"


def parallel(one: str, other: str, more: str = "") -> str:
    return f"{{id: p, title: P, parallel: {{x: [{one}], y: [{other}]}}{more}}}"


def flow(*steps: str) -> list[tuple[str, str]]:
    found = with_steps("".join(f"\n- {each}" for each in steps))
    return [(code.removeprefix("flow/"), path.removeprefix("$.")) for code, path in found]


def test_of_steps_in_a_row_that_nobody_reaches_the_first_is_named() -> None:
    assert flow(step("a", "next: last"), step("b"), step("c"), END) == [
        ("unreachable-step", "steps[1]")
    ]


def test_of_a_loop_that_nobody_reaches_the_first_step_is_named() -> None:
    found = flow(step("a", "next: last"), step("b"), step("c", "next: b"), END)
    assert found == [("unreachable-step", "steps[1]")]


def test_a_parallel_that_nobody_reaches_is_named_and_not_what_it_holds() -> None:
    both = parallel(step("x1"), step("y1"))
    assert flow(step("a", "next: last"), both, END) == [("unreachable-step", "steps[1]")]


def test_a_step_in_a_branch_that_nobody_reaches_is_named() -> None:
    inside = ", ".join([step("x1", "next: {join: true}"), step("x2")])
    both = parallel(inside, step("y1"))
    assert flow(both, END) == [("unreachable-step", "steps[0].parallel.x[1]")]


def test_only_the_step_without_a_way_on_is_named_and_not_those_before_it() -> None:
    assert flow(step("a"), step("b"), step("c")) == [("no-path-to-end", "steps[2]")]


def test_a_call_whose_outcomes_leave_out_an_end_needs_a_way_on() -> None:
    world = World()
    world.add("two", ends=yaml("{done: {event: D}, failed: {event: F}}"))
    world.processes["two"]["steps"][0]["decision"] = yaml(
        "{options: {a: {label: A, next: last}, b: {label: B, next: {end: failed}}}}"
    )
    calls = "calls: {process: two, outcomes: {done: {end: done}}}"
    world.one["steps"] = yaml(f"[{step('a', calls)}]")
    assert world.found() == [("flow/no-path-to-end", "$.steps[0]")]


def test_a_loop_is_named_at_the_way_back() -> None:
    assert ("loop-without-exit", "steps[1].next") in flow(step("a"), step("b", "next: a"))


def test_a_step_that_follows_itself_for_ever_is_a_loop() -> None:
    assert ("loop-without-exit", "steps[0].next") in flow(step("a", "next: a"))


def test_a_loop_round_a_parallel_is_named_at_its_way_back() -> None:
    both = parallel(step("x1"), step("y1"), ", next: a")
    assert ("loop-without-exit", "steps[1].next") in flow(step("a"), both)


def test_a_loop_inside_a_branch_is_found_although_the_other_branch_is_done() -> None:
    inside = ", ".join([step("x1"), step("x2", "next: x1")])
    both = parallel(inside, step("y1"))
    assert flow(both, END) == [("loop-without-exit", "steps[0].parallel.x[1].next")]


def test_steps_that_only_lead_into_a_loop_are_not_named() -> None:
    decision = "decision: {options: {a: {label: A, next: b}, b: {label: B, next: last}}}"
    found = flow(step("a", decision), step("b"), step("c"), step("d", "next: c"), END)
    assert found == [("loop-without-exit", "steps[3].next")]


def test_a_loop_that_a_decision_can_leave_is_fine() -> None:
    decision = "decision: {options: {a: {label: A, next: a}, b: {label: B, next: last}}}"
    assert flow(step("a"), step("b", decision), END) == []


BRANCHES = """
- id: p
  title: P
  parallel:
    x: [{id: x1, title: X, responsible: clerk, next: %s}]
    y: [{id: y1, title: Y, responsible: clerk}]
- {id: last, title: Last, responsible: manager, next: %s}
"""


@pytest.mark.parametrize("target", ["{end: done}", "y1", "last", "p"])
def test_no_way_leads_out_of_a_branch(target: str) -> None:
    found = with_steps(BRANCHES % (target, "{end: done}"))
    assert found == [("flow/jump-across-parallel", "$.steps[0].parallel.x[0].next")]


@pytest.mark.parametrize("target", ["x1", "{join: true}"])
def test_no_way_leads_into_a_branch_and_there_is_nothing_to_join_outside(target: str) -> None:
    found = with_steps(BRANCHES % ("{join: true}", target))
    assert found == [("flow/jump-across-parallel", "$.steps[1].next")]


def test_options_and_outcomes_may_not_jump_either() -> None:
    world = World()
    world.add("two")
    world.one["steps"] = yaml("""
    - id: p
      title: P
      parallel:
        x:
          - id: x1
            title: X
            responsible: clerk
            decision: {options: {a: {label: A, next: last}, b: {label: B, next: {join: true}}}}
        y: [{id: y1, title: Y, responsible: clerk, calls: {process: two, outcomes: {done: last}}}]
    - {id: last, title: Last, responsible: manager, next: {end: done}}
    """)
    assert world.found() == [
        ("flow/jump-across-parallel", "$.steps[0].parallel.x[0].decision.options.a.next"),
        ("flow/jump-across-parallel", "$.steps[0].parallel.y[0].calls.outcomes.done"),
    ]


def test_a_decision_with_options_to_one_place_is_named_at_its_options() -> None:
    same = "decision: {options: {a: {label: A, next: last}, b: {label: B, next: last}}}"
    assert flow(step("a", same), END) == [("same-target", "steps[0].decision.options")]


def test_a_single_option_is_not_also_the_same_target() -> None:
    one = "decision: {options: {a: {label: A, next: last}}}"
    assert flow(step("a", one), END) == [("single-option", "steps[0].decision.options")]


def test_an_end_that_only_an_unreachable_step_names_is_not_unused() -> None:
    world = World()
    world.one["ends"]["lost"] = {"event": "Lost"}
    world.one["steps"].append(
        {"id": "x", "title": "X", "responsible": "clerk", "next": {"end": "lost"}}
    )
    assert world.found() == [("flow/unreachable-step", "$.steps[2]")]


def due(*steps: str) -> list[tuple[str, str]]:
    return [found for found in flow(*steps) if found[0] == "due-after-later-step"]


def test_due_after_a_step_that_comes_before_is_fine() -> None:
    assert due(step("a"), step("b", "due: {within: P1D, after: a}"), END) == []


def test_due_after_a_step_on_another_way_never_comes_true() -> None:
    ways = "decision: {options: {a: {label: A, next: b}, b: {label: B, next: c}}}"
    found = due(
        step("a", ways),
        step("b", "next: last"),
        step("c", "due: {within: P1D, after: b}"),
        END,
    )
    assert found == [("due-after-later-step", "steps[2].due.after")]


def test_due_after_a_later_step_of_a_loop_is_fine() -> None:
    back = "decision: {options: {a: {label: A, next: a}, b: {label: B, next: last}}}"
    assert due(step("a", "due: {within: P1D, after: b}"), step("b", back), END) == []


def test_due_after_itself_makes_sense_only_where_it_is_repeated() -> None:
    once = step("a", "due: {within: P1D, after: a}")
    again = step("a", "due: {within: P1D, after: a}, repeatable: true")
    assert due(once, END) == [("due-after-later-step", "steps[0].due.after")]
    assert due(again, END) == []


def test_due_after_a_step_of_a_sibling_branch_is_fine() -> None:
    both = parallel(step("x1"), step("y1", "due: {within: P1D, after: x1}"))
    assert due(both, END) == []


EYES = """
- {id: a, title: A, responsible: clerk}
- {id: b, title: B, responsible: manager, not_same_person_as: [a]}
- {id: last, title: Last, responsible: manager, next: {end: done}}
"""


def eyes(people: str, steps: str = EYES) -> list[tuple[str, str]]:
    world = World()
    world.one["steps"] = yaml(steps)
    world.people = yaml(people)
    return [found for found in world.found() if found[0] == "flow/four-eyes-impossible"]


def test_four_eyes_cannot_be_where_one_person_alone_holds_both_roles() -> None:
    found = eyes("anna: {name: Anna, roles: [{role: clerk}, {role: manager}]}")
    assert found == [("flow/four-eyes-impossible", "$.steps[1].not_same_person_as[0]")]


def test_four_eyes_can_be_where_anybody_else_ever_holds_one_of_the_roles() -> None:
    people = """
    anna: {name: Anna, roles: [{role: clerk}, {role: manager}]}
    bert: {name: Bert, roles: [{role: clerk, until: 2020-01-01}]}
    """
    assert eyes(people) == []


def test_nothing_is_said_of_four_eyes_while_nobody_holds_a_role() -> None:
    assert eyes("{}") == []
    assert eyes("anna: {name: Anna, roles: [{role: clerk}]}") == []


def test_a_step_is_not_done_by_somebody_else_than_itself() -> None:
    found = eyes("{}", EYES.replace("[a]", "[b]"))
    assert found == [("flow/four-eyes-impossible", "$.steps[1].not_same_person_as[0]")]


def test_a_stage_is_not_signed_by_somebody_else_than_itself() -> None:
    world = World()
    world.organization["approval"]["standard"][1]["not_same_as"] = ["created", "approved"]
    path = "$.approval.standard[1].not_same_as[1]"
    assert world.found() == [("flow/four-eyes-impossible", path)]


def test_a_definition_of_a_thousand_steps_is_checked() -> None:
    options = "decision: {options: {a: {label: A, next: s%d}, b: {label: B, next: s0}}}"
    steps = [step(f"s{number}", options % (number + 1)) for number in range(999)]
    assert flow(*steps, step("s999", "next: {end: done}")) == []
