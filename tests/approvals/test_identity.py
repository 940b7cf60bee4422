"""Approvals belong to one text, one version and one process."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from approvals.worlds import built, data, definition, found, frozen, judge, three
from regelwerk.approvals.digest import digest
from regelwerk.diagnostics import Severity
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Status

MISMATCH = [("approval/digest-mismatch", "$.digest")]


def with_content(content: dict[str, Any], version: FrozenVersion) -> FrozenVersion:
    return msgspec.structs.replace(version, definition=definition(content, version.version))


def test_one_character_changed_is_not_what_was_approved() -> None:
    version = with_content(data(purpose="To sell!"), frozen())
    verdicts, problems = judge(version)
    assert found(problems) == MISMATCH
    assert verdicts["1.0"].status is Status.DRAFT
    assert not any(stage.signatures for stage in verdicts["1.0"].stages)
    assert verdicts["1.0"].digest == digest(data(purpose="To sell!"), None)
    assert str(verdicts["1.0"].digest) in problems[0].message


def test_a_changed_context_is_not_what_was_approved() -> None:
    context = {"roles": {"ceo": "CEO"}}
    version = frozen(context=context)
    assert found(judge(version)[1]) == []
    for other in (None, {}, {"roles": {"ceo": "Boss"}}):
        _, problems = judge(msgspec.structs.replace(version, context=other))
        assert found(problems) == MISMATCH


def test_a_definition_that_cannot_be_read_is_not_approved() -> None:
    version = msgspec.structs.replace(frozen(), definition=None)
    verdicts, problems = judge(version)
    assert found(problems)[0] == MISMATCH[0]
    assert verdicts["1.0"].status is Status.DRAFT
    assert verdicts["1.0"].digest is None


def test_approvals_copied_to_another_version_count_for_nothing() -> None:
    old = frozen()
    moved = msgspec.structs.replace(old, version="1.1", folder="process/sales/versions/1.1")
    verdicts, problems = judge(old, moved)
    assert found(problems) == [("reference/id-folder-mismatch", "$.version")]
    assert problems[-1].file == "process/sales/versions/1.1/approvals.yaml"
    assert verdicts["1.0"].status is Status.EFFECTIVE
    assert verdicts["1.1"].status is Status.DRAFT


def test_a_definition_of_another_version_cannot_be_approved_here() -> None:
    version = frozen("1.1", content=data("1.0"))
    verdicts, problems = judge(version)
    assert found(problems) == MISMATCH
    assert verdicts["1.1"].status is Status.DRAFT


def test_a_definition_of_another_process_cannot_be_approved_here() -> None:
    version = frozen(content=data(id="purchase"))
    verdicts, problems = judge(version)
    assert found(problems) == MISMATCH
    assert "`purchase`" in problems[0].message
    assert verdicts["1.0"].status is Status.DRAFT


def test_a_version_without_approvals_is_a_draft_and_no_error() -> None:
    version = msgspec.structs.replace(frozen(), approvals=None)
    verdicts, problems = judge(version)
    assert found(problems) == [("approval/missing-stage", "$")]
    assert problems[0].severity is Severity.INFO
    assert problems[0].file == "process/sales/versions/1.0/process.yaml"
    assert verdicts["1.0"].status is Status.DRAFT
    assert [stage.id for stage in verdicts["1.0"].stages] == ["created", "examined", "approved"]


def test_an_empty_folder_is_a_draft_without_stages() -> None:
    version = msgspec.structs.replace(frozen(), approvals=None, definition=None)
    verdicts, problems = judge(version)
    assert problems == []
    assert verdicts["1.0"].status is Status.DRAFT


def test_a_folder_that_is_no_version_is_never_in_force() -> None:
    content = data("old")
    approvals = {"digest": digest(content, None), "signatures": three()}
    version = FrozenVersion(
        version="old",
        folder="process/sales/versions/old",
        definition=definition(content, "old"),
        context=None,
        approvals=built(approvals | {"version": "old", "effective_from": "2022-03-03"}),
    )
    verdicts, _ = judge(version)
    assert not verdicts["old"].released
    assert verdicts["old"].status is not Status.EFFECTIVE


@pytest.mark.parametrize(("title", "expected"), [("Sales", []), ("Selling", ["version"])])
def test_a_working_definition_that_changed_needs_a_new_number(
    title: str, expected: list[str]
) -> None:
    _, problems = judge(frozen(), working=data(title=title))
    raised = [problem for problem in problems if problem.code == "approval/version-not-raised"]
    assert [problem.path[0] for problem in raised] == expected
    assert {problem.file for problem in raised} <= {"process/sales/process.yaml"}


def test_the_frozen_context_is_no_change_of_the_working_definition() -> None:
    _, problems = judge(frozen(context={"roles": {"ceo": "CEO"}}), working=data())
    assert found(problems) == []


def test_a_raised_number_may_say_something_else() -> None:
    _, problems = judge(frozen(), working=data("1.1", title="Selling"))
    assert found(problems) == []
