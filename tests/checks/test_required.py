from typing import Any

import pytest

from checks_support import World

PAPER = {"version": "1.0", "signatures": [{"stage": "created", "by": "anna", "method": "paper"}]}
SIGNED = {"version": "1.0", "signatures": [{"stage": "created", "by": "anna", "method": "ssh"}]}


def bare(world: World) -> dict[str, Any]:
    keys = ("document", "category", "owner")
    return {key: value for key, value in world.one.items() if key not in keys}


def test_a_working_definition_has_number_category_and_owner() -> None:
    world = World()
    world.processes["one"] = bare(world)
    assert world.found() == [("schema/missing-key", "$")] * 3


def test_a_frozen_transcript_of_a_paper_may_leave_them_out() -> None:
    world = World()
    world.frozen["one", "1.0"] = (bare(world), PAPER)
    assert world.found() == []


def test_a_working_copy_of_such_a_transcript_may_too() -> None:
    world = World()
    world.frozen["one", "1.0"] = (bare(world), PAPER)
    world.processes["one"] = bare(world)
    assert world.found() == []


def test_a_working_definition_that_goes_beyond_the_paper_may_not() -> None:
    world = World()
    world.frozen["one", "1.0"] = (bare(world), PAPER)
    world.processes["one"] = bare(world) | {"title": "Better"}
    assert world.found() == [("schema/missing-key", "$")] * 3


def test_a_version_that_was_signed_with_keys_may_not() -> None:
    world = World()
    world.frozen["one", "1.0"] = (bare(world), SIGNED)
    assert world.found() == [("schema/missing-key", "$")] * 3


@pytest.mark.parametrize(
    ("kept", "version", "missing"),
    [("1.9", "1.10", True), ("1.10", "1.9", False), ("1.10", "1.10", False), ("2.0", "10.0", True)],
)
def test_a_version_says_why_it_exists_once_a_lower_one_is_kept(
    kept: str, version: str, *, missing: bool
) -> None:
    world = World()
    world.frozen["one", kept] = (dict(world.one) | {"version": kept}, None)
    world.one["version"] = version
    expected = [("approval/missing-change", "$")] if missing else []
    assert world.found() == expected


def test_a_frozen_version_says_so_too() -> None:
    world = World()
    for version in ("1.0", "1.1"):
        world.frozen["one", version] = (dict(world.one) | {"version": version}, None)
    del world.processes["one"]
    (problem,) = world.problems()
    assert problem.code == "approval/missing-change"
    assert problem.file == "process/one/versions/1.1/process.yaml"
