"""Names and titles in an approved version are those of the day on which it was frozen or signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from operations.signature_files import file_of, receive, statement
from operations.versions_world import act, begin, do, edit, errors, freeze, sign_all_stages
from regelwerk.artifacts.view.process import process_view
from regelwerk.operations.context import release_of
from regelwerk.operations.examine import examine
from regelwerk.project.load import load

IN_FORCE = date(2026, 7, 1)
VERSION = "process/example/versions/1.1"
AS_SIGNED = [("Creation", "Anna Clerk"), ("Examination", "Quinn Qmb"), ("Approval", "Cora Ceo")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = begin(tmp_path)
    freeze(folder)
    return folder


def view(root: Path) -> dict[str, Any]:
    loaded = load(root)
    verdicts = examine(loaded, IN_FORCE).verdicts["example"]
    folder = loaded.project.processes["example"]
    release = release_of(loaded.project, folder, verdicts, IN_FORCE, "1.1")
    assert release is not None
    return process_view(release.context)


def approval(root: Path) -> list[tuple[str, str]]:
    return [(row["stage"], row["name"]) for row in view(root)["approval"]]


def rename_all(root: Path) -> None:
    for name in ("Anna", "Quinn", "Cora"):
        edit(root, "process/people.yaml", f"name: {name} ", f"name: Renamed {name} ")
    for title in ("Creation", "Examination", "Approval"):
        edit(root, "process/organization.yaml", f"title: {title}", f"title: New {title}")


def test_renaming_people_and_stages_later_leaves_the_approval_as_it_was(root: Path) -> None:
    sign_all_stages(root)
    assert approval(root) == AS_SIGNED
    rename_all(root)
    assert errors(root, IN_FORCE) == []
    assert approval(root) == AS_SIGNED


def test_a_signature_that_came_by_file_keeps_its_name_too(root: Path) -> None:
    for stage, person, role in (
        ("created", "anna.clerk", None),
        ("examined", "quinn.qmb", "qmb"),
        ("approved", "cora.ceo", "ceo"),
    ):
        receive(root, file_of(statement(root, stage, person, role)))
    rename_all(root)
    assert errors(root, IN_FORCE) == []
    assert approval(root) == AS_SIGNED


def test_a_name_is_kept_once_in_context_or_else_in_the_signature(root: Path) -> None:
    sign_all_stages(root)
    context = (root / VERSION / "context.yaml").read_text(encoding="utf-8")
    approvals = (root / VERSION / "approvals.yaml").read_text(encoding="utf-8")
    assert "Anna Clerk" not in context
    assert "Quinn Qmb" in context
    assert approvals.count("name: ") == 1
    assert 'name: "Anna Clerk"' in approvals


def test_a_name_in_a_signature_does_not_overrule_the_one_that_was_frozen(root: Path) -> None:
    sign_all_stages(root)
    edit(root, f"{VERSION}/approvals.yaml", "by: cora.ceo", "by: cora.ceo\n    name: Somebody Else")
    assert approval(root) == AS_SIGNED


def test_versions_frozen_before_are_as_they_were(root: Path) -> None:
    """Without frozen titles and names the rule and people.yaml say them, as ever."""
    import shutil

    from regelwerk.approvals.digest import digest

    folder = load(root).project.processes["example"].version("1.1")
    assert folder is not None
    assert folder.definition is not None
    assert folder.context is not None
    old = digest(folder.definition.data, None)
    new = digest(folder.definition.data, folder.context)
    shutil.move(root / VERSION / "context.yaml", root / "put-away.yaml")
    edit(root, f"{VERSION}/approvals.yaml", new, old)
    do(root, act("anna.clerk", "created"), 8)
    text = (root / VERSION / "approvals.yaml").read_text(encoding="utf-8")
    (root / VERSION / "approvals.yaml").write_text(
        text.replace('    name: "Anna Clerk"\n', ""), encoding="utf-8"
    )
    do(root, act("quinn.qmb", "examined"), 9)
    do(root, act("cora.ceo", "approved"), 10)
    rename_all(root)
    assert errors(root, IN_FORCE) == []
    assert approval(root) == [
        ("New Creation", "Renamed Anna Clerk"),
        ("New Examination", "Quinn Qmb"),
        ("New Approval", "Cora Ceo"),
    ]
