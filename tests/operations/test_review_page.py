"""The review page of a version: whose turn it is, what is compared, what is found."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from approvals.signing import public_line
from operations.versions_world import act, begin, clock, do, edit, freeze, on_paper, state
from regelwerk.errors import UsageError
from regelwerk.operations.review_page import review_page

PEOPLE = "process/people.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = begin(tmp_path)
    freeze(folder)
    return folder


def page(root: Path, version: str = "1.1", day: date = date(2026, 6, 1)) -> str:
    before = state(root)
    made = review_page(root, "example", version, clock(day)).decode()
    assert state(root) == before
    return made


def tree(root: Path, **more: Any) -> Any:
    return html.fromstring(page(root, **more))


def data(root: Path, **more: Any) -> dict[str, Any]:
    found = re.search(r'id="data">(.*?)</script>', page(root, **more), re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def turn(root: Path, **more: Any) -> str:
    return str(tree(root, **more).xpath("string(//*[@id='turn'])"))


def who(root: Path, **more: Any) -> dict[str, str | None]:
    return {one["by"]: one["role"] for one in data(root, **more)["candidates"]}


def test_what_is_signed_is_that_of_the_version(root: Path) -> None:
    found = data(root)
    assert found["process"] == "example"
    assert found["version"] == "1.1"
    assert found["effective_from"] == "2026-07-01"
    assert found["namespace"] == "regelwerk-approval@v1"
    text = (root / "process/example/versions/1.1/approvals.yaml").read_text(encoding="utf-8")
    assert found["digest"] in text


def test_only_the_stage_whose_turn_it_is_and_only_who_may(root: Path) -> None:
    assert data(root)["stage"] == "created"
    assert set(who(root)) >= {"anna.clerk", "quinn.qmb", "cora.ceo"}
    do(root, act("anna.clerk", "created"), 8)
    assert data(root)["stage"] == "examined"
    assert who(root) == {"quinn.qmb": "qmb"}
    assert "Examination, by somebody who holds the role Quality Management" in turn(root)
    do(root, act("quinn.qmb", "examined"), 9)
    assert who(root) == {"cora.ceo": "ceo"}
    do(root, act("cora.ceo", "approved"), 10)
    assert who(root) == {}
    assert "All stages are signed." in turn(root)


def test_who_has_signed_what_four_eyes_keep_apart_is_not_asked(root: Path) -> None:
    do(root, act("quinn.qmb", "created"), 8)
    assert who(root) == {}
    assert "Nobody in people.yaml may sign this stage today." in turn(root)


def test_who_held_the_role_once_is_not_asked_and_a_deputy_signs_as_one(root: Path) -> None:
    do(root, act("anna.clerk", "created"), 8)
    edit(root, PEOPLE, "role: qmb, from: 2020-01-01", "role: qmb, until: 2026-05-31")
    edit(root, PEOPLE, "{role: manager, from: 2020-01-01}", "{role: qmb, deputy: true}")
    found = {(one["by"], one["role"], one["deputy"]) for one in data(root)["candidates"]}
    assert found == {("mia.manager", "qmb", True), ("max.manager", "qmb", True)}


def test_keys_that_are_good_today_are_known_and_others_are_not(root: Path) -> None:
    line = public_line("anna.clerk")
    assert data(root)["keys"][line] == {"by": "anna.clerk", "name": "Anna Clerk"}
    edit(root, PEOPLE, f'"{line}", from: 2026-01-01', f'"{line}", until: 2026-05-31')
    assert line not in data(root)["keys"]


def test_what_can_no_longer_be_signed_says_why(root: Path) -> None:
    assert "from which it was to be in force is past" in turn(root, day=date(2026, 7, 2))
    do(root, act("cora.ceo", reason="No."), 8)
    assert "It is withdrawn." in turn(root)


def test_a_changed_definition_cannot_be_signed_and_is_a_finding(root: Path) -> None:
    edit(root, "process/example/versions/1.1/process.yaml", "Answer a request", "Answer requests")
    made = tree(root)
    assert "its digest is another" in made.xpath("string(//*[@id='turn'])")
    (finding,) = made.xpath("//li[contains(@class, 'error')]")
    assert "approval/digest-mismatch" in finding.text_content()


def test_without_findings_it_says_so_and_open_stages_are_none(root: Path) -> None:
    assert "Nothing is wrong with this version." in page(root)


def test_who_has_signed_and_how_and_what_is_open(root: Path) -> None:
    do(root, on_paper("anna.clerk", "created", date(2026, 5, 30)))
    rows = [
        [cell.text_content() for cell in row.xpath("td")] for row in tree(root).xpath("//tbody/tr")
    ]
    assert rows == [
        ["Creation", "anybody", "Anna Clerk", "30 May 2026", "on paper", ""],
        ["Examination", "Quality Management Representative", "open", "", "", ""],
        ["Approval", "Managing Director", "open", "", "", ""],
    ]


def test_it_is_compared_with_the_version_approved_before(root: Path) -> None:
    assert "Compared with version 1.0" in page(root)
    first = page(root, version="1.0")
    assert "There is no earlier version here to compare with" in first


def test_the_same_version_on_the_same_day_is_the_same_page(root: Path) -> None:
    assert page(root) == page(root)


def test_only_frozen_versions_have_a_page(root: Path) -> None:
    with pytest.raises(UsageError, match="no frozen version working"):
        page(root, version="working")
