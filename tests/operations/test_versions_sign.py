"""Signing: from frozen to in force, and every refusal before anything is written."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from operations.versions_world import (
    DAY,
    SIGNERS,
    act,
    begin,
    do,
    edit,
    errors,
    freeze,
    now,
    on_paper,
    sign_all_stages,
    state,
    status,
)
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.operations.versions_find import RefusedError
from regelwerk.operations.versions_sign import Act, prepare
from regelwerk.project.load import load

APPROVALS = "process/example/versions/1.1/approvals.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = begin(tmp_path)
    freeze(folder)
    return folder


def refused(root: Path, what: Act, hour: int = 12, **more: Any) -> RegelwerkError:
    before = state(root)
    with pytest.raises(RegelwerkError) as error:
        do(root, what, hour, **more)
    assert state(root) == before
    return error.value


def test_from_frozen_to_in_force(root: Path) -> None:
    assert status(root) == "draft"
    for hour, (stage, person) in enumerate(SIGNERS, 8):
        before = state(root)
        do(root, act(person, stage), hour)
        after = state(root)
        assert [path for path in after if after[path] != before.get(path)] == [APPROVALS]
        assert errors(root) == []
    assert status(root) == "approved"
    assert status(root, day=date(2026, 7, 1)) == "effective"
    assert status(root, "1.0", day=date(2026, 7, 1)) == "superseded"


def test_comments_and_order_of_what_is_there_stay(root: Path) -> None:
    text = (root / APPROVALS).read_text(encoding="utf-8")
    text = "# by hand\n" + text + "# the end\n"
    (root / APPROVALS).write_text(text, encoding="utf-8")
    sign_all_stages(root)
    after = (root / APPROVALS).read_text(encoding="utf-8")
    assert after.startswith("# by hand\n")
    assert "# the end\n" in after
    assert errors(root) == []


def test_reordered_keys_and_edited_comments_keep_every_signature(root: Path) -> None:
    import yaml

    sign_all_stages(root)
    for name in ("approvals.yaml", "process.yaml", "context.yaml"):
        path = root / "process/example/versions/1.1" / name
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        booleans = {"true": True, "false": False}

        def restore(value: Any, booleans: dict[str, bool] = booleans) -> Any:
            if isinstance(value, dict):
                return {key: restore(item) for key, item in reversed(value.items())}
            if isinstance(value, list):
                return [restore(item) for item in value]
            return booleans.get(value, int(value) if value.isdigit() else value)

        if name == "process.yaml":  # the order of options and ends has no meaning either
            path.write_text(
                "# a comment\n" + yaml.safe_dump(restore(data), sort_keys=False), encoding="utf-8"
            )
        else:
            path.write_text("# a comment\n" + yaml.safe_dump(data), encoding="utf-8")
    assert errors(root) == []
    assert status(root) == "approved"


def test_line_ends_of_a_windows_checkout_keep_every_signature(root: Path) -> None:
    sign_all_stages(root)
    for path in (root / "process").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert errors(root) == []
    assert status(root) == "approved"
    do(root, act("quinn.qmb", result="unchanged"), 14)
    assert b"\r\n" in (root / APPROVALS).read_bytes()
    assert (root / APPROVALS).read_bytes().count(b"\n") == (root / APPROVALS).read_bytes().count(
        b"\r\n"
    )
    assert errors(root) == []


def test_one_character_in_a_frozen_file_and_check_says_so(root: Path) -> None:
    sign_all_stages(root)
    for file, old, new in (
        ("process.yaml", "Answer a request", "Answer a Request"),
        ("context.yaml", "Example & Sons", "Example & Son"),
    ):
        edit(root, f"process/example/versions/1.1/{file}", old, new)
        assert errors(root) == ["approval/digest-mismatch versions/1.1/approvals.yaml $.digest"]
        assert status(root) == "draft"
        edit(root, f"process/example/versions/1.1/{file}", new, old)


def test_stages_are_signed_in_their_order(root: Path) -> None:
    error = refused(root, act("quinn.qmb", "examined"))
    assert "`created` comes first" in error.message
    assert "approval/out-of-order" in error.message


def test_a_signature_with_an_earlier_time_than_the_stage_before_is_refused(root: Path) -> None:
    do(root, act("anna.clerk", "created"), 12)
    error = refused(root, act("quinn.qmb", "examined"), 11)
    assert "approval/out-of-order" in error.message


def test_who_has_no_role_or_is_the_same_person_or_has_another_key_is_refused(root: Path) -> None:
    do(root, act("anna.clerk", "created"), 8)
    cases = {
        "approval/role-not-held": act("bert.clerk", "examined"),
        "approval/bad-signature": act("quinn.qmb", "examined", key="bert.clerk"),
    }
    for code, what in cases.items():
        assert code in refused(root, what).message
    edit(root, "process/people.yaml", "anna.clerk: {name: Anna Clerk, roles: [", "anna.clerk: {name: Anna Clerk, roles: [{role: qmb}, ")  # fmt: skip  # noqa: E501
    assert "approval/same-person" in refused(root, act("anna.clerk", "examined")).message


def test_an_expired_key_is_refused_today(root: Path) -> None:
    edit(root, "process/people.yaml", "from: 2026-01-01", "from: 2026-01-01, until: 2026-05-31")
    assert "not good on 2026-06-01" in refused(root, act("anna.clerk", "created")).message


def test_a_stage_that_is_signed_already_is_not_signed_again(root: Path) -> None:
    do(root, act("anna.clerk", "created"), 8)
    assert "signed already" in refused(root, act("bert.clerk", "created")).message


def test_two_signatures_are_asked_for_where_the_rule_counts_two(tmp_path: Path) -> None:
    root = begin(tmp_path)
    edit(root, "process/organization.yaml", "{stage: created, title: Creation}", "{stage: created, title: Creation, role: clerk, count: 2}")  # fmt: skip  # noqa: E501
    edit(root, "process/people.yaml", "cora.ceo: {name: Cora Ceo, roles: [", "cora.ceo: {name: Cora Ceo, roles: [{role: manager}, ")  # fmt: skip  # noqa: E501
    edit(root, "process/example/versions/1.0/approvals.yaml", "signatures:", "signatures:\n  - {stage: created, by: bert.clerk, at: 2024-01-08, method: paper}")  # fmt: skip  # noqa: E501
    freeze(root)
    do(root, act("anna.clerk", "created"), 8)
    assert "1 of 2" in refused(root, act("quinn.qmb", "examined")).message
    assert "approval/same-person" in refused(root, act("anna.clerk", "created")).message
    do(root, act("bert.clerk", "created"), 9)
    do(root, act("quinn.qmb", "examined"), 10)


def test_a_version_that_would_begin_before_its_last_signature_is_not_signed(tmp_path: Path) -> None:
    root = begin(tmp_path)
    freeze(root, date(2026, 5, 1))
    code = "approval/effective-before-approved"
    assert code in refused(root, act("anna.clerk", "created")).message
    do(root, on_paper("anna.clerk", "created", date(2026, 4, 28)))
    do(root, on_paper("quinn.qmb", "examined", date(2026, 4, 29)))
    late = on_paper("cora.ceo", "approved", date(2026, 5, 2))
    assert code in refused(root, late).message
    do(root, on_paper("cora.ceo", "approved", date(2026, 4, 30)))
    assert status(root) == "effective"


def test_a_changed_definition_is_not_signed(root: Path) -> None:
    edit(root, "process/example/versions/1.1/process.yaml", "Answer a request", "Answer requests")
    assert "digest is another" in refused(root, act("anna.clerk", "created")).message


def test_unknown_people_stages_and_versions_are_named_with_the_nearest(root: Path) -> None:
    for what, version, words in (
        (act("ana.clerk", "created"), "1.1", "`anna.clerk`"),
        (act("anna.clerk", "creatd"), "1.1", "`created`"),
        (act("anna.clerk", "created"), "1.2", "1.0, 1.1"),
    ):
        error = refused(root, what, version=version)
        assert isinstance(error, UsageError)
        assert words in error.hint


def test_a_deputy_is_named_as_one(root: Path) -> None:
    edit(root, "process/people.yaml", "max.manager: {name: Max Manager, roles: [", "max.manager: {name: Max Manager, roles: [{role: qmb, deputy: true}, ")  # fmt: skip  # noqa: E501
    do(root, act("anna.clerk", "created"), 8)
    prepared = prepare(root, "example", "1.1", act("max.manager", "examined"), now(9))
    assert prepared.who.endswith("(deputy) with an SSH key")
    prepared.add()
    approvals = load(root).project.processes["example"].versions[1].approvals
    assert approvals is not None
    assert approvals.signatures[1].deputy
    assert errors(root) == []


def test_what_is_signed_is_shown_before(root: Path) -> None:
    prepared = prepare(root, "example", "1.1", act("anna.clerk", "created", comment="Well."), now())
    assert prepared.digest.startswith("sha256:")
    assert prepared.effective_from == date(2026, 7, 1)
    assert prepared.change.before == "1.0"
    assert any("Review interval" in sentence for sentence in prepared.change.sentences)
    assert prepared.what == "Sign the stage `created`"
    assert prepared.fingerprint is not None
    assert prepared.fingerprint.startswith("SHA256:")
    assert status(root) == "draft"


def test_texts_of_a_comment_arrive_unharmed(root: Path) -> None:
    text = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字\n# no comment: - at all\u2028'
    do(root, act("anna.clerk", "created", comment=text.strip()))
    approvals = load(root).project.processes["example"].versions[1].approvals
    assert approvals is not None
    assert approvals.signatures[0].comment == text.strip()
    assert errors(root) == []


def test_paper_with_an_original_is_marked_and_the_original_kept(root: Path) -> None:
    scan = b"%PDF- a scan"
    do(root, on_paper("anna.clerk", "created", date(2026, 5, 30), ("scan 1.pdf", scan)))
    folder = root / "process/example/versions/1.1"
    assert (folder / "scan 1.pdf").read_bytes() == scan
    assert sha256(scan).hexdigest() in (root / APPROVALS).read_text(encoding="utf-8")
    assert errors(root) == []
    (folder / "scan 1.pdf").write_bytes(b"another")
    assert errors(root) == [
        "approval/bad-signature versions/1.1/approvals.yaml $.signatures[0].original.sha256"
    ]


def test_an_original_never_replaces_another_file(root: Path) -> None:
    for name in ("process.yaml", "approvals.yaml"):
        what = on_paper("anna.clerk", "created", date(2026, 5, 30), (name, b"x"))
        assert "another file" in refused(root, what).message


def test_paper_after_its_last_day_and_paper_of_tomorrow_are_refused(root: Path) -> None:
    tomorrow = on_paper("anna.clerk", "created", date(2026, 6, 2))
    assert "still to come" in refused(root, tomorrow).message
    edit(root, "process/organization.yaml", "paper_until: 2030-12-31", "paper_until: 2026-05-29")
    late = on_paper("anna.clerk", "created", date(2026, 5, 30))
    assert "approval/paper-not-allowed" in refused(root, late).message
    do(root, on_paper("anna.clerk", "created", date(2026, 5, 29)))


def test_a_review_moves_the_day_only(root: Path) -> None:
    assert "nothing to review" in refused(root, act("quinn.qmb", result="unchanged")).message
    sign_all_stages(root)
    day = date(2027, 7, 1)
    edit(root, "process/people.yaml", "from: 2026-01-01}]}", "from: 2026-01-01}]}")
    do(root, act("quinn.qmb", result="unchanged", comment="Still right."), day=day)
    assert status(root, day=day) == "effective"
    from regelwerk.operations.examine import examine

    verdict = examine(load(root), day).verdicts["example"]["1.1"]
    assert verdict.review_due == date(2029, 7, 1)
    assert errors(root, day) == []
    assert "role-not-held" in refused(root, act("bert.clerk", result="unchanged"), day=day).message


def test_a_withdrawal_ends_it_once_and_for_all(root: Path) -> None:
    sign_all_stages(root)
    day = date(2026, 8, 1)
    assert "role-not-held" in refused(root, act("quinn.qmb", reason="No."), day=day).message
    do(root, act("cora.ceo", reason="We do this no more."), day=day)
    assert status(root, day=day) == "withdrawn"
    assert status(root, "1.0", day=day) == "superseded"
    assert errors(root, day) == []
    assert "withdrawn" in refused(root, act("cora.ceo", reason="Again."), day=day).message
    assert "withdrawn" in refused(root, act("quinn.qmb", result="unchanged"), day=day).message


def test_approvals_with_faults_are_not_added_to(root: Path) -> None:
    edit(root, APPROVALS, "version:", "verison:")
    error = refused(root, act("anna.clerk", "created"))
    assert isinstance(error, RefusedError)
    assert "faults" in error.message


def test_a_file_in_a_form_that_cannot_be_added_to_is_left_alone(root: Path) -> None:
    do(root, act("anna.clerk", "created"), 8)
    path = root / APPROVALS
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert "added to safely" in refused(root, act("quinn.qmb", "examined"), 9).message


def test_the_day_of_the_signature_is_that_of_the_organization(root: Path) -> None:
    do(root, act("anna.clerk", "created"), 23)
    text = (root / APPROVALS).read_text(encoding="utf-8")
    assert f'at: "{DAY}T23:00:00+02:00"' in text
