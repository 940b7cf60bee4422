"""Wording or more: what the rule `editorial` may be used for."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from approvals.worlds import data, found, frozen, judge, three
from regelwerk.approvals.prose import beyond_wording
from regelwerk.diagnostics import path_text
from regelwerk.model.version import Status

RICH = data(
    steps=[
        {
            "id": "ask",
            "title": "Ask",
            "responsible": "sales",
            "instructions": ["One.", "Two."],
            "fields": [{"id": "price", "label": "Price", "type": "number", "help": "In euros"}],
            "due": {"within": "P5D"},
        }
    ],
    sections=[{"title": "General", "text": "Words."}],
    risks=[{"title": "Loss", "kind": "risk", "action": "Care"}],
)


def changed(*path: Any, to: Any) -> dict[str, Any]:
    content = copy.deepcopy(RICH)
    place: Any = content
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = to
    return content


@pytest.mark.parametrize(
    "content",
    [
        changed("title", to="Selling"),
        changed("purpose", to="To sell well."),
        changed("version", to="1.1"),
        changed("change", to="Clearer."),
        changed("history", to=[{"version": "0.9", "change": "x"}]),
        changed("approval", to="editorial"),
        changed("start", "event", to="A customer writes"),
        changed("steps", 0, "title", to="Ask again"),
        changed("steps", 0, "instructions", to="One, and two."),
        changed("steps", 0, "instructions", to=["One.", "Two.", "Three."]),
        changed("steps", 0, "fields", 0, "label", to="Amount"),
        changed("steps", 0, "fields", 0, "help", to="In EUR"),
        changed("sections", 0, "text", to="Other words."),
        changed("risks", 0, "action", to="More care"),
    ],
)
def test_texts_that_people_read_are_wording(content: dict[str, Any]) -> None:
    assert beyond_wording(RICH, content) == []


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (changed("id", to="selling"), "$.id"),
        (changed("steps", 0, "id", to="enquire"), "$.steps[0].id"),
        (changed("steps", 0, "responsible", to="ceo"), "$.steps[0].responsible"),
        (changed("steps", 0, "due", "within", to="P6D"), "$.steps[0].due.within"),
        (changed("steps", 0, "optional", to=True), "$.steps[0].optional"),
        (changed("steps", to=[]), "$.steps"),
        (changed("risks", 0, "kind", to="opportunity"), "$.risks[0].kind"),
        (changed("steps", 0, "fields", 0, "type", to="text"), "$.steps[0].fields[0].type"),
        (changed("steps", 0, "title", to=7), "$.steps[0].title"),
        (changed("scope", to="Everything."), "$.scope"),
        (changed("x-note", to="free"), "$.x-note"),
    ],
)
def test_anything_else_is_more(content: dict[str, Any], place: str) -> None:
    assert [path_text(one) for one in beyond_wording(RICH, content)] == [place]


def editorial(version: str, content: dict[str, Any], year: int) -> Any:
    """A version under the rule `editorial`, which the world's only rule stands in for."""
    content = {**content, "version": version, "approval": "editorial"}
    return frozen(version, three(year), content=content, effective=f"{year}-03-03")


def judged(*versions: Any, as_of: date = date(2026, 6, 1)) -> Any:
    import msgspec

    from approvals.worlds import STANDARD, Shelf, folder, project
    from regelwerk.approvals.verdict import judge_process

    held = folder(*versions)
    world = project(held)
    rules = {"standard": STANDARD, "editorial": STANDARD}
    organization = msgspec.structs.replace(world.organization, approval=rules)
    world = msgspec.structs.replace(world, organization=organization)
    result = judge_process(held, world, as_of, Shelf())
    return result, [problem for _, problems in result.values() for problem in problems]


def test_an_editorial_version_that_changes_wording_is_approved() -> None:
    new = editorial("1.1", {**RICH, "purpose": "Better words."}, 2023)
    result, problems = judged(frozen(content=RICH), new)
    assert found(problems) == []
    assert result["1.1"][0].status is Status.EFFECTIVE


def test_one_that_changes_more_counts_for_nothing() -> None:
    new = editorial("1.1", changed("steps", 0, "responsible", to="ceo"), 2023)
    result, problems = judged(frozen(content=RICH), new)
    assert found(problems) == [("approval/not-editorial", "$.approval")]
    assert result["1.1"][0].status is Status.DRAFT
    assert result["1.0"][0].status is Status.EFFECTIVE


def test_a_frozen_version_that_nobody_approved_is_no_measure() -> None:
    """Or a change could be frozen first, unsigned, and approved as editorial after it."""
    big = changed("steps", 0, "responsible", to="ceo")
    unsigned = frozen("1.1", [], content={**big, "version": "1.1"})
    new = editorial("1.2", big, 2023)
    result, problems = judged(frozen(content=RICH), unsigned, new)
    assert ("approval/not-editorial", "$.approval") in found(problems)
    assert not result["1.2"][0].released


def test_the_first_version_cannot_be_editorial() -> None:
    result, problems = judged(editorial("1.0", RICH, 2022))
    assert found(problems) == [("approval/not-editorial", "$.approval")]
    assert not result["1.0"][0].released


def test_a_normal_version_may_change_anything() -> None:
    content = {**changed("steps", to=[]), "version": "1.1"}
    new = frozen("1.1", three(2023), content=content, effective="2023-03-03")
    assert found(judge(frozen(content=RICH), new)[1]) == []
