"""Steps are matched by id and by what they were; what stands elsewhere has moved."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from difference_support import build
from regelwerk.model.difference import Change, Place, Position, differences


def step(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "title": id_.upper(), "responsible": "r", **more}


def process(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    ends = {"done": {"event": "Done"}}
    return {"id": "p", "title": "P", "version": "1.0", "steps": list(steps), "ends": ends, **more}


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    return list(differences(build(old), build(new)))


def said(found: list[Change]) -> list[tuple[str, str, str]]:
    return [(change.kind, change.place.id, change.field) for change in found]


A, B, C, D = (step(name) for name in "abcd")


def test_a_step_between_others_is_new_and_nothing_else_has_changed() -> None:
    assert said(changes(process(A, C, D), process(A, B, C, D))) == [("added", "b", "")]
    assert said(changes(process(A, B, C, D), process(A, C, D))) == [("removed", "b", "")]


def test_what_is_gone_is_told_where_it_stood() -> None:
    found = changes(process(A, B, C), process(step("a", title="New"), step("c", title="New")))
    assert said(found) == [
        ("changed", "a", "title"),
        ("removed", "b", ""),
        ("changed", "c", "title"),
    ]


def test_one_step_that_goes_to_the_end_is_one_move() -> None:
    (found,) = changes(process(A, B, C, D), process(B, C, D, A))
    assert (found.kind, found.place.id) == ("moved", "a")
    assert (found.old, found.new) == (Position(), Position(after="d"))


def test_a_step_moves_into_a_branch_without_being_new() -> None:
    branches = {"id": "side", "title": "Side", "parallel": {"left": [B], "right": [C]}}
    found = changes(process(A, B, C), process(A, branches))
    assert said(found) == [("added", "side", ""), ("moved", "b", ""), ("moved", "c", "")]
    assert found[1].new == Position(container="side", branch="left")


def test_a_branch_with_another_id_keeps_its_steps() -> None:
    def side(name: str) -> dict[str, Any]:
        return {"id": "side", "title": "Side", "parallel": {name: [A, B], "other": [C]}}

    (found,) = changes(process(side("left")), process(side("links")))
    assert found.kind == "renamed"
    assert found.place == Place(part="step", id="side", detail="branch", detail_id="links")


def test_steps_change_places_within_a_branch() -> None:
    def side(*steps: dict[str, Any]) -> dict[str, Any]:
        return {"id": "side", "title": "Side", "parallel": {"left": list(steps), "right": [D]}}

    found = changes(process(side(A, B, C)), process(side(C, A, B)))
    assert said(found) == [("moved", "c", "")]


def test_a_step_under_another_id_is_the_same_for_all_that_name_it() -> None:
    def whole(name: str, **more: Any) -> dict[str, Any]:
        again = {"label": "Again", "next": name}
        return process(
            step(name, title="First", **more),
            step("b", due={"within": "P1D", "after": name}, not_same_person_as=[name]),
            step("c", decision={"options": {"again": again}}),
            step("d", next=name),
            step("e", calls={"process": "q", "outcomes": {"x": name}}),
            kpis=[
                {"id": "k", "title": "K", "measure": {"time": {"from": name, "to": "end"}}},
                {"id": "n", "title": "N", "measure": {"sum": {"field": f"{name}.value"}}},
            ],
        )

    (found,) = changes(whole("a"), whole("z", was=["a"]))
    assert (found.kind, found.old, found.new) == ("renamed", "a", "z")
    assert ("changed", "d", "next") in said(changes(whole("a"), whole("z")))


def test_an_id_counts_before_what_another_step_was() -> None:
    found = changes(process(A, B), process(A, step("b"), step("c", was=["a"])))
    assert said(found) == [("added", "c", "")]


def test_an_option_that_leads_elsewhere_is_told_with_both_ways() -> None:
    def decide(way: str) -> dict[str, Any]:
        return process(
            A, step("b", decision={"options": {"no": {"label": "No", "next": way}}}), C, D
        )

    (found,) = changes(decide("c"), decide("d"))
    assert found.place == Place(part="step", id="b", detail="option", detail_id="no")
    assert (found.old.step, found.new.step) == ("c", "d")  # type: ignore[attr-defined]


def test_the_order_of_answers_and_of_ends_means_nothing() -> None:
    def decide(*names: str) -> dict[str, Any]:
        options = {name: {"label": name, "next": "a"} for name in names}
        ends = {name: {"event": name} for name in names}
        return {**process(A, step("b", decision={"options": options})), "ends": ends}

    assert changes(decide("x", "y"), decide("y", "x")) == []


def test_a_key_figure_that_stands_elsewhere_has_moved() -> None:
    def figures(*names: str) -> dict[str, Any]:
        return process(A, kpis=[{"id": name, "title": name} for name in names])

    (found,) = changes(figures("k", "l", "m"), figures("l", "m", "k"))
    assert (found.kind, found.place) == ("moved", Place(part="kpi", id="k"))
    assert (found.old, found.new) == (Position(), Position(after="m"))


def test_values_that_both_definitions_share_have_moved_as_well() -> None:
    old = build(process(A, kpis=[{"id": name, "title": name} for name in "klm"]))
    new = msgspec.structs.replace(old, kpis=(*old.kpis[1:], old.kpis[0]))
    (found,) = differences(old, new)
    assert (found.old, found.new) == (Position(), Position(after="m"))


def test_so_many_risks_that_likeness_would_take_too_long_are_compared_by_title() -> None:
    def risks(words: str) -> dict[str, Any]:
        return process(A, risks=[{"title": f"{words} {n}", "kind": "risk"} for n in range(600)])

    kinds = Counter(
        change.kind for change in changes(risks("fire and flood"), risks("fire, flood"))
    )
    assert kinds == {"added": 600, "removed": 600}


def test_a_reworded_risk_is_the_same_risk_and_another_one_is_not() -> None:
    def risks(title: str) -> dict[str, Any]:
        return process(A, risks=[{"title": title, "kind": "risk", "action": "Look twice"}])

    (found,) = changes(
        risks("The crate breaks on the way"), risks("The crate may break on the way")
    )
    assert (found.kind, found.field, found.weight) == ("changed", "title", "prose")
    other = changes(risks("The crate breaks"), risks("Nobody answers telephone calls at night"))
    assert sorted(change.kind for change in other) == ["added", "removed"]


def test_clauses_as_a_list_mean_the_first_standard() -> None:
    one, other = process(A, clauses=["8.2"]), process(A, clauses={"ISO 9001:2015": ["8.2"]})
    assert differences(build(one), build(other), "ISO 9001:2015") == ()
    assert differences(build(one), build(other), "EN 9100:2018") != ()


def test_free_keys_and_the_way_of_writing_mean_nothing() -> None:
    plain = process(step("a", instructions=["Do it."]), kpis=[{"id": "k", "title": "K"}])
    noted = {**process(step("a", instructions="Do it.", **{"x-note": 1})), "x-by": "me"}
    assert changes({**plain, "kpis": []}, noted) == []
    measured = {"id": "k", "title": "K", "measure": {"count": "cases"}}
    free = {**measured, "measure": {"count": "cases", "x-sql": "select"}}
    assert changes(process(A, kpis=[measured]), process(A, kpis=[free])) == []


def test_ids_that_stand_twice_are_compared_in_their_order() -> None:
    twice = process(A, A, B)
    assert changes(twice, twice) == []
    assert said(changes(twice, process(A, B))) == [("removed", "a", "")]
