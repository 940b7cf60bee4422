"""`versions sign --from`: a signature made on the review page, and everything that is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from approvals.signing import public_line
from operations.signature_files import AT, changed, content_of, file_of, receive, statement
from operations.versions_world import (
    DAY,
    act,
    begin,
    do,
    edit,
    errors,
    freeze,
    sign_all_stages,
    state,
    status,
)
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.operations.versions_find import RefusedError
from regelwerk.project.load import load

APPROVALS = "process/example/versions/1.1/approvals.yaml"
PEOPLE = "process/people.yaml"
SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字\n\n  - "two"\n# three: \\ 🙂'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = begin(tmp_path)
    freeze(folder)
    return folder


@pytest.fixture
def file(root: Path) -> bytes:
    return file_of(statement(root, "created", "anna.clerk", None))


def refused(root: Path, file: bytes, **more: object) -> str:
    before = state(root)
    with pytest.raises(RegelwerkError) as error:
        receive(root, file, **more)  # type: ignore[arg-type]
    assert state(root) == before
    return error.value.message


def test_signatures_of_all_stages_are_added_one_after_the_other(root: Path) -> None:
    for stage, person, role in (
        ("created", "anna.clerk", None),
        ("examined", "quinn.qmb", "qmb"),
        ("approved", "cora.ceo", "ceo"),
    ):
        before = state(root)
        receive(root, file_of(statement(root, stage, person, role)))
        after = state(root)
        assert [path for path in after if after[path] != before.get(path)] == [APPROVALS]
        assert errors(root) == []
    assert status(root, day=date(2026, 7, 1)) == "effective"


def test_a_comment_arrives_unharmed_and_is_signed(root: Path) -> None:
    receive(root, file_of(statement(root, "created", "anna.clerk", None, comment=SACRED)))
    approvals = load(root).project.processes["example"].versions[1].approvals
    assert approvals is not None
    assert approvals.signatures[0].comment == SACRED
    assert errors(root) == []


def test_a_signature_of_some_days_ago_counts_by_its_own_day(root: Path) -> None:
    receive(root, file_of(statement(root, "created", "anna.clerk", None)), day=date(2026, 6, 20))
    approvals = load(root).project.processes["example"].versions[1].approvals
    assert approvals is not None
    assert approvals.signatures[0].at == AT


Change = Callable[[bytes], bytes]

MOVED: list[tuple[Change, str]] = [
    (lambda file: changed(file, version="1.0"), "another version: 1.0"),
    (lambda file: changed(file, process="other"), "another process: other"),
    (lambda file: changed(file, digest="sha256:" + "0" * 64), "(approval/digest-mismatch)"),
    (lambda file: changed(file, effective_from="2026-08-01"), "another effective_from"),
    (lambda file: changed(file, effective_from=None), "another effective_from: nothing"),
    (lambda file: changed(file, by="bert.clerk"), "is that of Anna Clerk"),
    (lambda file: changed(file, by="nobody"), "(reference/undefined-person)"),
    (lambda file: changed(file, role="pope"), "(reference/undefined-role)"),
    (lambda file: changed(file, stage="approved"), "comes first"),
    (lambda file: changed(file, comment="Seen."), "another statement"),
    (lambda file: changed(file, deputy=True), "another statement"),
    (lambda file: changed(file, at="2026-06-01T09:00:01+02:00"), "another statement"),
    (lambda file: changed(file, at="2026-06-01"), "no day and time"),
    (lambda file: changed(file, at="2026-06-02T00:00:00+02:00"), "a day still to come"),
]


@pytest.mark.parametrize(("change", "words"), MOVED, ids=[words for _, words in MOVED])
def test_a_signature_under_another_statement_is_refused(
    root: Path, file: bytes, change: Change, words: str
) -> None:
    assert words in refused(root, change(file))
    receive(root, file)


def test_a_stage_that_would_be_its_turn_is_no_excuse(root: Path) -> None:
    """Signed for one stage, moved to another that is open just now."""
    file = file_of(statement(root, "created", "anna.clerk", None))
    do(root, act("bert.clerk", "created"), 8)
    message = refused(root, changed(file, stage="examined"))
    assert "(approval/bad-signature)" in message


def test_every_character_of_the_signature_counts(root: Path, file: bytes) -> None:
    data = json.loads(file)
    armoured = data["signature"]
    places = [at for at, sign in enumerate(armoured) if sign.isalnum()][40:-30:23]
    assert len(places) > 5
    for at in places:
        other = "A" if armoured[at] != "A" else "B"
        data["signature"] = armoured[:at] + other + armoured[at + 1 :]
        assert "(approval/bad-signature)" in refused(root, content_of(data))


def test_for_another_version_by_command_it_is_refused(root: Path, file: bytes) -> None:
    assert "another version: 1.1; here it is 1.0" in refused(root, file, version="1.0")


def test_another_purpose_is_refused(root: Path) -> None:
    said = statement(root, "created", "anna.clerk", None)
    assert "made for another purpose" in refused(root, file_of(said, namespace="file"))


def test_an_unknown_or_expired_key_is_refused(root: Path, file: bytes) -> None:
    said = statement(root, "created", "anna.clerk", None)
    assert "is none of Anna Clerk's keys" in refused(root, file_of(said, key="new"))
    line = public_line("anna.clerk")
    edit(root, PEOPLE, f'"{line}", from: 2026-01-01', f'"{line}", until: 2026-05-31')
    assert "was not good on 2026-06-01 (approval/bad-signature)" in refused(root, file)


def test_a_key_revoked_since_signs_nothing_more_whatever_day_it_writes(
    root: Path, file: bytes
) -> None:
    line = public_line("anna.clerk")
    edit(root, PEOPLE, f'"{line}", from: 2026-01-01', f'"{line}", until: 2026-06-05')
    message = refused(root, file, day=date(2026, 6, 6))
    assert "was not good on 2026-06-06 (approval/bad-signature)" in message
    receive(root, file, day=date(2026, 6, 5))


def test_out_of_order_without_the_role_and_four_eyes(root: Path) -> None:
    early = file_of(statement(root, "examined", "quinn.qmb", "qmb"))
    assert "(approval/out-of-order)" in refused(root, early)
    receive(root, file_of(statement(root, "created", "quinn.qmb", None)))
    assert "(approval/same-person)" in refused(root, early)
    wrong = file_of(statement(root, "examined", "anna.clerk", "qmb"))
    assert "did not hold the role `qmb`" in refused(root, wrong)
    wrong = file_of(statement(root, "examined", "anna.clerk", "clerk"))
    assert "is not the role that must sign here (approval/role-not-held)" in refused(root, wrong)


def test_before_the_stage_that_comes_first(root: Path) -> None:
    receive(root, file_of(statement(root, "created", "anna.clerk", None)))
    said = statement(root, "examined", "quinn.qmb", "qmb", at="2026-06-01T08:00:00+02:00")
    assert "(approval/out-of-order)" in refused(root, file_of(said))


def test_twice_is_refused(root: Path, file: bytes) -> None:
    receive(root, file)
    assert "signed already" in refused(root, file)


def test_after_the_first_day_in_force_it_completes_nothing(root: Path) -> None:
    day = date(2026, 7, 2)
    for stage, person in (("created", "anna.clerk"), ("examined", "quinn.qmb")):
        do(root, act(person, stage), 11, day=DAY)
    said = statement(root, "approved", "cora.ceo", "ceo", at="2026-07-02T09:00:00+02:00")
    assert "(approval/effective-before-approved)" in refused(root, file_of(said), day=day)


def test_a_replayed_approval_of_an_older_version_is_refused(root: Path) -> None:
    """Signed for 1.1; the same text frozen as 1.2 has another digest and number."""
    old = file_of(statement(root, "created", "anna.clerk", None))
    sign_all_stages(root)
    edit(root, "process/example/process.yaml", 'version: "1.1"', 'version: "1.2"')
    freeze(root, date(2026, 9, 1))
    assert "another version: 1.1; here it is 1.2" in refused(root, old, version="1.2")


def test_a_definition_changed_since_is_refused(root: Path, file: bytes) -> None:
    edit(root, "process/example/versions/1.1/process.yaml", "Answer a request", "Answer requests")
    assert "the digest is another" in refused(root, file)


def test_a_frozen_text_that_says_something_twice_is_signed_by_nobody(
    root: Path, file: bytes
) -> None:
    path = root / "process/example/versions/1.1/process.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "purpose: Everything is allowed.\n", encoding="utf-8")
    assert "readers can differ" in refused(root, file)
    with pytest.raises(RefusedError, match="readers can differ"):
        do(root, act("anna.clerk", "created"))


GARBAGE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"format": "regelwerk-signature/2"}',
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b" " * 300_000,
]


@pytest.mark.parametrize("content", GARBAGE, ids=[repr(one[:20]) for one in GARBAGE])
def test_what_is_no_signature_file_is_refused_with_a_sentence(root: Path, content: bytes) -> None:
    message = refused(root, content)
    assert message.startswith("this is no signature file: ")
    assert message.endswith("(approval/bad-signature)")


def test_another_format_and_unknown_keys_are_refused(root: Path, file: bytes) -> None:
    data = json.loads(file)
    assert "its format is" in refused(root, content_of({**data, "format": "other/1"}))
    assert "no signature file" in refused(root, content_of({**data, "more": 1}))
    assert "no signature file" in refused(root, changed(file, more="x"))
    assert "no signature file" in refused(root, changed(file, deputy=False))


def test_a_comment_that_no_file_may_hold_is_refused(root: Path) -> None:
    for comment in ("\u0000", "x" * 20_001, " "):
        said = statement(root, "created", "anna.clerk", None, comment=comment)
        assert "(schema/" in refused(root, file_of(said))


def test_an_unknown_version_is_wrong_usage(root: Path, file: bytes) -> None:
    with pytest.raises(UsageError, match=r"no frozen version 9\.9"):
        receive(root, file, version="9.9")


def test_approvals_with_faults_are_not_added_to(root: Path, file: bytes) -> None:
    edit(root, APPROVALS, "version:", "versoin: x\nversion:")
    with pytest.raises(RefusedError, match="has faults"):
        receive(root, file)
