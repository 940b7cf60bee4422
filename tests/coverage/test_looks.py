from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from checks_support import World, yaml
from coverage.coverage_worlds import covered, edition
from regelwerk.coverage.catalog import OBSERVED
from regelwerk.model.context import VersionEntry
from regelwerk.model.figure import Cell, Figure, Judgement, Period
from regelwerk.model.version import Status, Verdict

LOOKED = OBSERVED["ISO 9001:2015"]
WHOLE = """
documents: {plan: {title: Plan, retention: P10Y}, wish: {title: Wish, retention: P1Y}}
inputs: [{document: wish, from: customer}]
outputs: [plan]
kpis: [{id: many, title: Many, target: {min: 1}}]
resources: [{id: crm, title: CRM, kind: system}]
risks: [{title: It fails, kind: risk, action: Try again}]
classification: internal
applicable_documents: [{title: The standard, edition: "2015", external: true}]
"""


@pytest.fixture
def world() -> World:
    world = World()
    world.one.update(yaml(WHOLE))
    return world


def look(world: World, clause: str, **context: Any) -> tuple[str, str]:
    project = world.project()
    editions = [edition(project, id_, **context) for id_ in project.processes]
    seen = LOOKED[clause].observe(editions[0], editions)
    return seen.result.value, seen.seen


def changed(world: World, **changes: Any) -> World:
    world.one.update(changes)
    return world


@pytest.mark.parametrize(
    "clause",
    [
        *("4.4.1 a", "4.4.1 b", "4.4.1 c", "4.4.1 d", "4.4.1 e", "4.4.1 f", "7.5.2 a", "7.5.2 c"),
        *("7.5.3.1 a", "7.5.3.1 b", "7.5.3.2", "7.5.3.2 c", "7.5.3.2 d"),
    ],
)
def test_what_a_whole_process_says_is_found(world: World, clause: str) -> None:
    assert look(world, clause)[0] == "found"


@pytest.mark.parametrize("clause", ["7.5.2 b", "7.5.3.2 a", "7.5.3.2 b"])
def test_what_no_machine_can_tell_is_to_be_judged(world: World, clause: str) -> None:
    assert look(world, clause)[0] == "to-be-judged"


@pytest.mark.parametrize(
    ("clause", "changes", "seen"),
    [
        ("4.4.1 a", {"inputs": []}, "no inputs are named"),
        ("4.4.1 a", {"outputs": []}, "no outputs are named"),
        ("4.4.1 b", {"inputs": ["wish"]}, "2 steps in order; no other process or party is named"),
        ("4.4.1 c", {"kpis": []}, "no key figures are named"),
        ("4.4.1 c", {"kpis": [{"id": "a", "title": "A"}]}, "key figures: 1; none has a target"),
        ("4.4.1 d", {"resources": []}, "no resources are named"),
        ("4.4.1 e", {"owner": None}, "each of 2 steps has a responsible role; no owner is named"),
        ("4.4.1 f", {"risks": []}, "no risks or opportunities are named"),
        (
            "4.4.1 f",
            {"risks": [{"title": "It fails", "kind": "risk"}]},
            "risks and opportunities: 1; without an action: 1",
        ),
        ("4.4.1 g", {}, "no key figure has a value from enough cases"),
        ("4.4.1 h", {}, "there is no earlier version"),
        ("7.5.2 a", {"document": None}, "it has no document number"),
        ("7.5.3.2 a", {"classification": None}, "it is not classified"),
        (
            "7.5.3.2 d",
            {"documents": {"plan": {"title": "Plan"}, "wish": {"title": "W", "retention": "P1Y"}}},
            "documents: 2; without a retention: 1",
        ),
        (
            "7.5.3.2",
            {"applicable_documents": [{"title": "The standard", "external": True}]},
            "documents from outside: 1; without an edition: 1",
        ),
    ],
)
def test_what_is_not_there_is_told(
    world: World, clause: str, changes: dict[str, Any], seen: str
) -> None:
    assert look(changed(world, **changes), clause) == ("missing", seen)


@pytest.mark.parametrize(
    ("clause", "changes"),
    [("7.5.3.2", {"applicable_documents": []}), ("7.5.3.2 d", {"documents": {}})],
)
def test_where_nothing_is_named_somebody_must_say_whether_that_is_right(
    world: World, clause: str, changes: dict[str, Any]
) -> None:
    assert look(changed(world, **changes), clause)[0] == "to-be-judged"


def test_a_process_that_another_one_calls_interacts_with_it(world: World) -> None:
    world.one["inputs"] = ["wish"]
    other = world.add("two")
    other["steps"][0]["calls"] = {"process": "one"}
    assert look(world, "4.4.1 b") == ("found", "2 steps in order; other processes and parties: 1")


def test_a_key_figure_counts_as_evaluated_only_with_a_value(world: World) -> None:
    period = Period("year", date(2026, 1, 1), date(2026, 12, 31))

    def figure(value: float | None, judgement: Judgement, cases: int | None = None) -> Figure:
        cell = Cell(
            period=period, value=value, cases=cases, missing=0, judgement=judgement, complete=True
        )
        return Figure(id="many", title="Many", measured=True, cells=(cell,))

    assert look(world, "4.4.1 g", figures=(figure(3.0, Judgement.MET, 5),)) == (
        "found",
        "key figures with values: 1 of 1",
    )
    for empty in (figure(None, Judgement.WITHHELD), figure(0.0, Judgement.MISSED, 0)):
        assert look(world, "4.4.1 g", figures=(empty,))[0] == "missing"


def test_a_later_version_is_an_improvement_and_must_say_of_what(world: World) -> None:
    project = changed(world, version="1.10").project()
    verdict = Verdict(version="1.9", status=Status.SUPERSEDED)
    kept = (
        VersionEntry(version="1.10", verdict=verdict, change=None),
        VersionEntry(version="1.9", verdict=verdict, change=None),
    )
    own = msgspec.structs.replace(edition(project, "one"), versions=kept)
    assert LOOKED["4.4.1 h"].observe(own, [own]).seen == "earlier versions: 1"
    told = LOOKED["7.5.3.2 c"].observe(own, [own])
    assert (told.result, told.seen) == ("missing", "version 1.10 does not say what changed")


def test_paper_is_not_taken_for_proof(world: World) -> None:
    for clause in ("7.5.2 c", "7.5.3.1 b"):
        result, seen = look(world, clause, on_paper=True)
        assert result == "to-be-judged"
        assert "paper" in seen


def test_an_overdue_review_is_missing(world: World) -> None:
    result, seen = look(world, "7.5.2 c", review_due=date(2026, 11, 23))
    assert (result, seen) == ("missing", "signed, but its review was due by 2026-11-23")
    assert look(world, "7.5.2 c", review_due=date(2026, 11, 24))[0] == "found"


@pytest.mark.parametrize("clause", ["7.5.2 c", "7.5.3.1 a", "7.5.3.1 b"])
def test_a_draft_is_not_approved_available_or_protected(world: World, clause: str) -> None:
    assert look(world, clause, draft=True)[0] == "missing"


def test_every_process_is_looked_at_once_and_its_draft_only_where_nothing_is_in_force(
    world: World,
) -> None:
    world.add("two")
    found = covered(world, ("two",))
    seen = [(one.process, one.draft) for one in found["4.4.1 a"].observations]
    assert seen == [("one", False), ("two", True)]
    assert found["8.3.1"].observations == ()


def test_names_with_braces_are_told_as_they_are(world: World) -> None:
    _, seen = look(changed(world, title="{number} {} {{ x }}"), "7.5.2 a")
    assert seen == "P-1, {number} {} {{ x }}, version 1.0"
