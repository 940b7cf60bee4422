"""Whole projects: found, read with all findings, and never a crash whatever lies in them."""

from __future__ import annotations

import copy
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples_support import BASE
from regelwerk.diagnostics import Severity
from regelwerk.errors import ProjectNotFoundError, RegelwerkError
from regelwerk.operations.examine import examine
from regelwerk.project.load import load
from regelwerk.project.root import find_root
from regelwerk.project.schemas import SchemaSet

CONTRACT = BASE.parent / "contract"
DAY = date(2026, 6, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    return tmp_path / "project"


def test_the_root_is_the_nearest_folder_going_up(root: Path) -> None:
    deep = root / "process" / "example" / "versions" / "1.0"
    assert find_root(deep) == find_root(root) == root.resolve()
    with pytest.raises(ProjectNotFoundError) as error:
        find_root(root.parent)
    assert "regelwerk init" in error.value.hint


def test_a_sound_project_is_read_whole() -> None:
    loaded = load(CONTRACT)
    assert loaded.problems == ()
    assert loaded.project.sound
    complaints = loaded.project.processes["complaints"]
    assert [version.version for version in complaints.versions] == ["1.9", "1.10"]
    assert complaints.versions[1].context is not None
    assert {"acknowledgement", "rejection"} <= loaded.project.emails
    assert "8.2.1" in loaded.project.clauses["ISO 9001:2015"]
    assert all(source.tree.readable for source in loaded.sources.values())


def test_findings_name_their_file(root: Path) -> None:
    for file in ("process/people.yaml", "process/example/process.yaml"):
        (root / file).write_text("- no mapping\n")
    loaded = load(root)
    assert [(one.code, one.file) for one in loaded.problems] == [
        ("schema/type", "process/people.yaml"),
        ("schema/type", "process/example/process.yaml"),
    ]
    assert not loaded.project.sound
    assert loaded.project.processes["example"].working is None


def test_what_is_no_file_is_no_definition(root: Path) -> None:
    (root / "process" / "example" / "process.yaml").unlink()
    (root / "process" / "example" / "process.yaml").mkdir()
    (root / "process" / "notes").mkdir()
    (root / "process" / ".hidden").mkdir()
    (root / "process" / ".hidden" / "process.yaml").write_text("id: hidden\n")
    loaded = load(root)
    assert list(loaded.project.processes) == ["example"]
    assert loaded.project.processes["example"].working is None


def test_approvals_of_the_wrong_shape_are_known_to_be_so(root: Path) -> None:
    path = root / "process/example/versions/1.0/approvals.yaml"
    for addition, sound in (("x-note: 1\n", True), ("note: 1\n", False)):
        shutil.copyfile(BASE / path.relative_to(root), path)
        with path.open("a") as file:
            file.write(addition)
        approvals = load(root).project.processes["example"].versions[0].approvals
        assert approvals is not None
        assert approvals.sound is sound


def test_the_form_of_frozen_files_is_information_and_of_approvals_an_error(root: Path) -> None:
    folder = root / "process/example/versions/1.0"
    for name in ("process.yaml", "approvals.yaml"):
        with (folder / name).open("a") as file:
            file.write("nonsense: 1\n")
    (folder / "context.yaml").write_text("nonsense: 1\n")
    unknown = [one for one in examine(load(root), DAY).findings if one.code == "schema/unknown-key"]
    assert {one.file.rsplit("/", 1)[1]: one.severity for one in unknown} == {
        "process.yaml": Severity.INFO,
        "context.yaml": Severity.INFO,
        "approvals.yaml": Severity.ERROR,
    }


def test_a_projects_own_schema_comes_first_and_a_broken_one_is_named(root: Path) -> None:
    (root / "schemas").mkdir()
    own = root / "schemas" / "process.schema.json"
    own.write_text('{"type": "object", "required": ["cost_centre"]}')
    problems = load(root).problems
    assert {one.message for one in problems} == {"`cost_centre` is missing"}
    for broken in ("{", '{"type": 5}'):
        own.write_text(broken)
        with pytest.raises(RegelwerkError) as error:
            load(root)
        assert "process.schema.json" in error.value.message


def test_a_schema_that_does_not_exist_is_named() -> None:
    with pytest.raises(RegelwerkError) as error:
        SchemaSet(None).schema("nothing")
    assert "nothing.schema.json" in error.value.message


FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yaml"))
SOUND = {file: yaml.load((BASE / file).read_text(), Loader=yaml.CBaseLoader) for file in FILES}  # noqa: S506
WRONG = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2)
    | st.sampled_from(["", "x", "receive", "clerk", "start", "1.0", "P1Y", "2024-01-01", "8.2"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "step", "end", "next", "role", "x-a", "of", "count", "join"]),
        inner, max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    return [path, *(at for key, item in inner for at in places(item, (*path, key)))]


def with_value(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    data = copy.deepcopy(data)
    place = data
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return data


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_a_file_holds_there_are_findings_and_no_crash(root: Path, data: Any) -> None:
    file = data.draw(st.sampled_from(FILES))
    content = SOUND[file]
    for _ in range(data.draw(st.integers(1, 3))):
        content = with_value(content, data.draw(st.sampled_from(places(content))), data.draw(WRONG))
    path = root / file
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    try:
        for finding in examine(load(root), DAY).findings:
            assert finding.message
            assert finding.line >= 1
    finally:
        shutil.copyfile(BASE / file, path)
