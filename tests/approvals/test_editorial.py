"""Wording or more: what the rule `editorial` may be used for."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from approvals.worlds import data, found, frozen, judge, three
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


WORDING = [
    changed("title", to="Selling"),
    changed("purpose", to="To sell well."),
    changed("change", to="Clearer."),
    changed("start", "event", to="A customer writes"),
    changed("steps", 0, "title", to="Ask again"),
    changed("steps", 0, "instructions", to=["One.", "Two, with care."]),
    changed("steps", 0, "fields", 0, "label", to="Amount"),
    changed("risks", 0, "action", to="More care"),
]
MORE = [
    changed("steps", 0, "id", to="enquire"),
    changed("steps", 0, "responsible", to="ceo"),
    changed("steps", 0, "due", "within", to="P6D"),
    changed("steps", 0, "optional", to=True),
    changed("steps", to=[]),
    changed("risks", 0, "kind", to="opportunity"),
    changed("steps", 0, "fields", 0, "type", to="text"),
    changed("scope", to="Everything."),
    changed("steps", 0, "instructions", to=["One.", "Two.", "Three."]),
    changed("steps", 0, "instructions", to=["One."]),
]


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


@pytest.mark.parametrize("content", WORDING)
def test_an_editorial_version_that_changes_wording_is_approved(content: dict[str, Any]) -> None:
    result, problems = judged(frozen(content=RICH), editorial("1.1", content, 2023))
    assert found(problems) == []
    assert result["1.1"][0].status is Status.EFFECTIVE


@pytest.mark.parametrize("content", MORE)
def test_one_that_changes_more_counts_for_nothing(content: dict[str, Any]) -> None:
    result, problems = judged(frozen(content=RICH), editorial("1.1", content, 2023))
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
