from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from examples_support import BASE
from regelwerk.operations.check import check
from regelwerk.operations.write_schemas import write_schemas

SCHEMA = "schemas/records/example-1.0.schema.json"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(BASE, tmp_path / "project")
    return tmp_path / "project"


def codes(project: Path) -> list[tuple[str, str, str]]:
    result = check(project, (), lambda _zone: date(2026, 11, 24))
    return [(f.code, f.severity.value, f.file) for f in result.findings if f.severity != "info"]


def test_a_schema_is_written_for_every_frozen_version_and_only_once(project: Path) -> None:
    first = write_schemas(project)
    assert (first.written, first.unchanged) == ((SCHEMA,), 0)
    again = write_schemas(project)
    assert (again.written, again.unchanged) == ((), 1)
    assert json.loads((project / SCHEMA).read_text(encoding="utf-8"))["properties"]["version"]
    assert codes(project) == []


def test_a_project_without_generated_schemas_has_nothing_to_complain_about(project: Path) -> None:
    assert codes(project) == []


def test_a_schema_that_says_something_else_is_stale(project: Path) -> None:
    write_schemas(project)
    path = project / SCHEMA
    path.write_text(path.read_text(encoding="utf-8").replace("answered", "ended"), encoding="utf-8")
    assert codes(project) == [("schema/stale", "warning", SCHEMA)]
    assert write_schemas(project).written == (SCHEMA,)
    assert codes(project) == []


def test_windows_line_ends_do_not_make_a_schema_stale(project: Path) -> None:
    write_schemas(project)
    path = project / SCHEMA
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(project) == []


def test_a_schema_without_its_version_is_stale_and_removed(project: Path) -> None:
    write_schemas(project)
    left_over = project / "schemas/records/example-0.9.schema.json"
    left_over.write_bytes((project / SCHEMA).read_bytes())
    assert codes(project) == [
        ("schema/stale", "warning", left_over.relative_to(project).as_posix())
    ]
    assert write_schemas(project).removed == ("schemas/records/example-0.9.schema.json",)
    assert not left_over.exists()
