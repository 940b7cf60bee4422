"""Small rules that the model itself holds."""

from __future__ import annotations

from datetime import date

import pytest

from regelwerk.model.context import resolve_names
from regelwerk.model.ids import version_key
from regelwerk.model.organization import Organization, Person, Role, RoleHolding
from regelwerk.model.process import Branch, Process, Start, Step
from regelwerk.model.project import Definition, FrozenVersion, ProcessFolder, Project
from regelwerk.model.version import Signature, StageVerdict, Status, Verdict


def test_versions_are_compared_as_numbers() -> None:
    versions = ["1.10", "2.0", "1.9", "0.1", "1.100"]
    assert sorted(versions, key=lambda one: version_key(one) or (0, 0)) == [
        "0.1",
        "1.9",
        "1.10",
        "1.100",
        "2.0",
    ]


@pytest.mark.parametrize(
    "text",
    ["1", "1.", ".1", "01.2", "1.02", "1.2.3", "v1.2", "1.2\n", "-1.2", "1.٢", "", "9999999.1"],
)
def test_what_is_no_version(text: str) -> None:
    assert version_key(text) is None


def role(id_: str, *includes: str) -> Role:
    return Role(id=id_, title=id_, includes=includes)


def test_roles_include_through_others_and_a_circle_ends() -> None:
    organization = Organization(
        name="x",
        roles={
            "a": role("a", "b", "unknown"),
            "b": role("b", "c"),
            "c": role("c", "a"),
            "d": role("d"),
        },
    )
    assert organization.members("a") == {"a", "b", "c", "unknown"}
    assert organization.members("d") == {"d"}
    assert organization.members("nobody") == {"nobody"}


def test_both_days_of_a_holding_are_included_and_open_ends_are_open() -> None:
    holding = RoleHolding(role="ceo", since=date(2020, 1, 1), until=date(2020, 12, 31))
    assert holding.covers(date(2020, 1, 1))
    assert holding.covers(date(2020, 12, 31))
    assert not holding.covers(date(2019, 12, 31))
    assert not holding.covers(date(2021, 1, 1))
    assert RoleHolding(role="ceo").covers(date.min)


def step(id_: str, *branches: Branch) -> Step:
    responsible = None if branches else "r"
    return Step(id=id_, title=id_, at=("steps", 0), responsible=responsible, parallel=branches)


def branch(id_: str, *steps: Step) -> Branch:
    return Branch(id=id_, steps=steps, at=("steps", 0, "parallel", id_))


PROCESS = Process(
    id="p",
    title="P",
    version="1.0",
    purpose="x",
    start=Start(event="x"),
    ends={},
    owner="boss",
    steps=(
        step("a"),
        step(
            "both",
            branch("l", step("b"), step("in", branch("m", step("c")))),
            branch("r", step("d")),
        ),
        step("e"),
    ),
)


def test_steps_are_walked_in_the_order_of_the_file() -> None:
    assert [one.id for one in PROCESS.all_steps()] == ["a", "both", "b", "in", "c", "d", "e"]
    assert [one.id for one in PROCESS.work_steps()] == ["a", "b", "c", "d", "e"]
    found = PROCESS.step("c")
    assert found is not None
    assert PROCESS.accountable(found) == "boss"
    assert PROCESS.step("z") is None


def signature(by: str) -> Signature:
    return Signature(
        stage="s", by=by, at="2020-01-01", moment=date(2020, 1, 1), method="paper", path=()
    )


def test_a_stage_is_complete_when_enough_have_signed() -> None:
    stage = StageVerdict(id="s", title="S", role=None, needed=2, signatures=(signature("a"),))
    assert not stage.complete
    both = StageVerdict(
        id="s", title="S", role=None, needed=2, signatures=(signature("a"), signature("b"))
    )
    assert both.complete


@pytest.mark.parametrize("status", list(Status))
def test_people_work_only_by_what_came_into_force(status: Status) -> None:
    never = Verdict(version="1.0", status=status)
    begun = Verdict(
        version="1.0",
        status=status,
        effective_from=date(2020, 1, 1),
        effective_until=date(2020, 12, 31),
    )
    assert not never.released
    assert not never.in_force_on(date(2020, 6, 1))
    released = status in (Status.EFFECTIVE, Status.SUPERSEDED, Status.WITHDRAWN)
    assert begun.released is released
    assert begun.in_force_on(date(2020, 1, 1)) is released
    assert begun.in_force_on(date(2020, 12, 31)) is released
    assert not begun.in_force_on(date(2019, 12, 31))
    assert not begun.in_force_on(date(2021, 1, 1))


def definition(title: str, version: str | None = None, *ends: str) -> Definition:
    from regelwerk.model.process import End

    process = Process(
        id="p",
        title=title,
        version=version or "9.9",
        purpose="x",
        start=Start(event="x"),
        steps=(),
        ends={end: End(id=end, event=end) for end in ends},
    )
    return Definition(file="f", data={}, process=process, sound=True, version=version)


def frozen(version: str, held: Definition | None) -> FrozenVersion:
    return FrozenVersion(
        version=version,
        folder=f"process/p/versions/{version}",
        definition=held,
        context=None,
        approvals=None,
    )


def project(folder: ProcessFolder) -> Project:
    return Project(
        organization=Organization(
            name="Now Ltd",
            languages=("en",),
            standards=("ISO 9001:2015",),
            roles={"ceo": Role(id="ceo", title="CEO")},
        ),
        people={"a.b": Person(id="a.b", name="A B")},
        processes={"p": folder},
    )


def test_ends_and_title_come_from_the_working_definition_else_from_the_latest_version() -> None:
    old, new = (
        frozen("1.0", definition("Old", "1.0", "x")),
        frozen("1.1", definition("New", "1.1", "y")),
    )
    only_frozen = ProcessFolder(id="p", folder="process/p", working=None, versions=(old, new))
    assert project(only_frozen).ends_of("p") == {"y"}
    working = ProcessFolder(
        id="p", folder="process/p", working=definition("Working", None, "z"), versions=(old, new)
    )
    assert project(working).ends_of("p") == {"z"}
    assert project(working).title_of_process("p") == "Working"
    assert project(working).ends_of("unknown") is None
    assert project(working).title_of_process("unknown") is None
    assert working.version("1.1") is new
    assert working.version("1.2") is None
    empty = ProcessFolder(id="p", folder="process/p", working=None, versions=(frozen("1.0", None),))
    assert project(empty).ends_of("p") is None


EMPTY = ProcessFolder(id="p", folder="process/p", working=definition("Title now"), versions=())


def test_names_are_those_that_were_frozen_and_else_those_of_today() -> None:
    frozen_context = {
        "organization": {"name": "Then Ltd"},
        "roles": {"ceo": "Chief"},
        "languages": ["de", "en"],
        "standards": ["ISO 9001:2008"],
        "processes": {"p": "Title then"},
    }
    then = resolve_names(project(EMPTY), frozen_context)
    assert (then.organization, then.role("ceo"), then.person("a.b")) == ("Then Ltd", "Chief", "A B")
    assert (then.language, then.standards) == ("de", ("ISO 9001:2008",))
    assert then.process("p") == "Title then"
    now = resolve_names(project(EMPTY), None)
    assert (now.organization, now.role("ceo"), now.process("p")) == ("Now Ltd", "CEO", "Title now")
    assert (now.language, now.role("gone"), now.person("x"), now.process("q")) == (
        "en",
        "gone",
        "x",
        "q",
    )


@pytest.mark.parametrize("wrong", [None, 5, "text", [], [1], {}, {"name": 5, "ceo": []}])
def test_a_frozen_context_of_the_wrong_shape_is_passed_over(wrong: object) -> None:
    keys = ("organization", "roles", "people", "processes", "languages", "standards")
    names = resolve_names(project(EMPTY), dict.fromkeys(keys, wrong))
    assert names == resolve_names(project(EMPTY), None)
