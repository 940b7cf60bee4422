from __future__ import annotations

import msgspec
import pytest

from checks_support import World
from coverage.coverage_worlds import CATALOGUE, DAY, ISO, covered, edition
from regelwerk.coverage import coverage_of
from regelwerk.model.coverage import Standing


@pytest.fixture
def world() -> World:
    return World()


def standings(world: World, *drafts: str) -> dict[str, str]:
    return {clause: one.standing.value for clause, one in covered(world, drafts).items()}


def test_a_clause_that_nobody_names_is_open(world: World) -> None:
    assert set(standings(world).values()) == {"open"}


def test_ids_are_exact(world: World) -> None:
    world.one["clauses"] = ["5.1.1"]
    found = standings(world)
    assert (found["5.1.1"], found["5.1.10"], found["5.1"]) == ("answered", "open", "partly")


def test_clauses_keep_the_order_of_the_standard(world: World) -> None:
    assert [id_ for id_ in covered(world) if " " not in id_] == list(CATALOGUE.clauses)


def test_whoever_names_a_clause_names_what_is_below_it(world: World) -> None:
    world.one["clauses"] = ["5.1"]
    found = covered(world)
    assert found["5.1.10"].standing is Standing.ANSWERED
    assert found["5.1.10"].answers[0].named == "5.1"


def test_a_clause_is_answered_when_all_its_parts_that_apply_are(world: World) -> None:
    world.organization["exclusions"] = [{"clause": "8.3.2", "reason": "We plan nothing."}]
    world.one["steps"][0]["clauses"] = ["8.3.1"]
    world.one["steps"][1]["clauses"] = ["8.4 b", "8.4 a"]
    found = standings(world)
    assert (found["8.3"], found["8.4"], found["8"]) == ("answered",) * 3


def test_a_clause_of_which_one_item_is_answered_is_answered_partly(world: World) -> None:
    world.one["clauses"] = ["8.4 a"]
    found = covered(world)
    assert found["8.4"].standing is Standing.PARTLY
    assert found["8.4 a"].standing is Standing.ANSWERED
    assert "8.4 b" not in found, "an item has a row only where there is something to say of it"


def test_what_only_a_draft_names_is_planned(world: World) -> None:
    world.add("two", clauses=["5.1.1"])
    found = covered(world, ("two",))
    assert found["5.1.1"].standing is Standing.PLANNED
    assert found["5.1.1"].answers[0].draft
    assert found["5.1"].standing is Standing.PLANNED


def test_an_exclusion_holds_below_its_clause_and_keeps_its_reason(world: World) -> None:
    world.organization["exclusions"] = [{"clause": "8.3", "reason": "We design nothing."}]
    found = covered(world)
    assert {found[id_].standing for id_ in ("8.3", "8.3.1", "8.3.2")} == {Standing.EXCLUDED}
    assert found["8.3.2"].reason == "We design nothing."
    assert found["8"].standing is Standing.OPEN


def test_what_is_excluded_and_answered_contradicts_itself(world: World) -> None:
    world.organization["exclusions"] = [{"clause": "8.3", "reason": "We design nothing."}]
    world.one["clauses"] = ["8.3.1"]
    found = covered(world)
    assert found["8.3.1"].contradicts
    assert not found["8.3.2"].contradicts


def test_exclusions_are_of_the_first_standard(world: World) -> None:
    world.organization["exclusions"] = [{"clause": "8.3", "reason": "We design nothing."}]
    project = world.project()
    other = CATALOGUE.__class__(standard="EN 9100:2018", clauses={"8.3": "Developing"})
    _, second = coverage_of(
        project.organization, [edition(project, "one")], {ISO: CATALOGUE, "EN 9100:2018": other}, {}
    )
    assert [(one.clause, one.standing) for one in second.clauses] == [("8.3", Standing.OPEN)]


def test_without_a_catalogue_only_what_is_named_is_told(world: World) -> None:
    world.one["clauses"] = {"EN 9100:2018": ["10.2", "9.1", "8.1.1"]}
    project = world.project()
    standards = coverage_of(project.organization, [edition(project, "one")], {ISO: CATALOGUE}, {})
    second = standards[1]
    assert not second.catalogued
    assert [one.clause for one in second.clauses] == ["8.1.1", "9.1", "10.2"]


def test_a_clause_that_the_standard_does_not_have_is_told_and_counts_for_none(
    world: World,
) -> None:
    world.one["clauses"] = ["5.1.1.7"]
    found = covered(world)
    assert not found["5.1.1.7"].known
    assert not found["5.1.1.7"].leaf
    assert found["5.1.1"].standing is Standing.OPEN
    assert found["5.1.1"].leaf


def test_the_count_is_of_clauses_without_subclauses(world: World) -> None:
    world.one["clauses"] = ["5.1"]
    project = world.project()
    standard, *_ = coverage_of(
        project.organization, [edition(project, "one")], {ISO: CATALOGUE}, {}
    )
    assert standard.count(Standing.ANSWERED) == 2
    assert standard.count(Standing.OPEN) == 4


def test_an_amendment_is_told_at_its_clause(world: World) -> None:
    assert covered(world)["5.1"].amended == "more of it"


def test_an_answer_names_steps_documents_and_how_many_cases_show_it(world: World) -> None:
    world.one["documents"] = {"plan": {"title": "Plan"}, "report": {"title": "Report"}}
    world.one["steps"][0] |= {"clauses": ["5.1.1"], "outputs": ["report"], "was": ["former"]}
    world.one.update({"clauses": ["8.4"], "outputs": ["plan"]})
    cases = {"one": [frozenset({"first"}), frozenset({"former", "last"}), frozenset({"last"})]}
    found = covered(world, cases=cases)
    step, whole = found["5.1.1"].answers[0], found["8.4"].answers[0]
    assert (step.steps, step.documents, step.records) == (("first",), ("Report",), 2)
    assert (whole.whole, whole.documents, whole.records) == (True, ("Plan",), 3)


def test_a_parallel_answers_by_the_steps_in_it(world: World) -> None:
    inner = {"id": "inner", "title": "Inner", "responsible": "clerk", "outputs": ["report"]}
    world.one["documents"] = {"report": {"title": "Report"}}
    both = {"id": "both", "title": "Both", "clauses": ["5.1.1"], "parallel": {"left": [inner]}}
    world.one["steps"].insert(0, both)
    answer = covered(world, cases={"one": [frozenset({"inner"})]})["5.1.1"].answers[0]
    assert (answer.documents, answer.records) == (("Report",), 1)


def test_a_version_means_the_standard_that_was_first_when_it_was_frozen(world: World) -> None:
    world.one["clauses"] = ["5.1.1"]
    project = world.project()
    before = edition(project, "one")
    names = msgspec.structs.replace(before.names, standards=("EN 9100:2018",))
    frozen = msgspec.structs.replace(before, names=names)
    first, second = coverage_of(project.organization, [frozen], {ISO: CATALOGUE}, {})
    assert not any(one.answers for one in first.clauses)
    assert [one.clause for one in second.clauses] == ["5.1.1"]
    assert frozen.as_of == DAY
