"""SSH signatures in approvals: each way in which one does not count, and what does not matter."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.signing import (
    approvals_for,
    frozen_with,
    judge_ssh,
    public_line,
    sign_all,
    signer,
    three_ssh,
    with_keys,
)
from approvals.worlds import data, found, project, signed
from regelwerk.approvals.keys import key_problems
from regelwerk.approvals.public_key import line_of_key
from regelwerk.diagnostics import path_text
from regelwerk.model.organization import SigningKey
from regelwerk.model.version import Status

LAST = "$.signatures[2].signature"
BAD = [("approval/bad-signature", LAST)]


def test_a_version_signed_with_keys_by_all_is_in_force_and_plainly_approved() -> None:
    verdicts, problems = judge_ssh(frozen_with(sign_all(approvals_for())))
    assert problems == []
    assert verdicts["1.0"].status is Status.EFFECTIVE
    assert not verdicts["1.0"].on_paper


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stage", "examined"),
        ("by", "quirin"),
        ("role", None),
        ("deputy", True),
        ("at", "2022-03-04T10:00:00+01:00"),
        ("at", "2022-03-03T09:00:00+00:00"),
        ("comment", "Looked at it closely."),
    ],
)
def test_nothing_that_was_signed_can_be_changed_afterwards(name: str, value: object) -> None:
    approvals = sign_all(approvals_for(effective_from="2022-04-01"))
    entry = approvals["signatures"][2]
    approvals["signatures"][2] = {
        key: one for key, one in (entry | {name: value}).items() if one is not None
    }
    verdicts, problems = judge_ssh(frozen_with(approvals))
    assert not verdicts["1.0"].released
    assert ("approval/bad-signature", LAST) in found(problems)


@pytest.mark.parametrize(
    "change",
    [
        lambda approvals: approvals.update(effective_from="2022-06-01"),
        lambda approvals: approvals.pop("effective_from"),
    ],
)
def test_neither_can_the_day_from_which_it_holds(change: Callable[[dict[str, Any]], None]) -> None:
    approvals = sign_all(approvals_for())
    change(approvals)
    verdicts, problems = judge_ssh(frozen_with(approvals))
    assert not verdicts["1.0"].released
    assert [code for code, path in found(problems) if path.endswith("signature")] == [
        "approval/bad-signature"
    ] * 3


def test_one_character_in_the_definition_and_none_counts() -> None:
    approvals = sign_all(approvals_for())
    verdicts, problems = judge_ssh(frozen_with(approvals, content=data(purpose="To sell!")))
    assert found(problems) == [("approval/digest-mismatch", "$.digest")]
    assert verdicts["1.0"].status is Status.DRAFT


def test_nor_does_any_where_the_digest_was_changed_as_well() -> None:
    content = data(purpose="To sell!")
    approvals = sign_all(approvals_for())
    approvals["digest"] = approvals_for(content=content)["digest"]
    verdicts, problems = judge_ssh(frozen_with(approvals, content=content))
    assert {code for code, _ in found(problems)} == {"approval/bad-signature"}
    assert not verdicts["1.0"].released


def test_a_replayed_approval_of_an_older_version_does_not_count() -> None:
    old = sign_all(approvals_for("1.0"))
    new = approvals_for("1.1", signatures=copy.deepcopy(old["signatures"]))
    verdicts, problems = judge_ssh(frozen_with(old), frozen_with(new, "1.1"))
    assert verdicts["1.0"].status is Status.EFFECTIVE
    assert verdicts["1.1"].status is Status.DRAFT
    assert found(problems) == [
        ("approval/bad-signature", f"$.signatures[{index}].signature") for index in range(3)
    ]


def test_a_signature_for_another_process_does_not_count() -> None:
    approvals = sign_all(approvals_for(), process="purchasing")
    assert found(judge_ssh(frozen_with(approvals))[1]) == [
        ("approval/bad-signature", f"$.signatures[{index}].signature") for index in range(3)
    ]


def test_a_signature_made_for_another_purpose_does_not_count() -> None:
    approvals = sign_all(approvals_for(), namespace="git")
    _, problems = judge_ssh(frozen_with(approvals))
    assert {code for code, _ in found(problems)} == {"approval/bad-signature"}
    assert all("namespace `git`" in problem.message for problem in problems)


def test_a_key_of_somebody_else_does_not_sign_for_one() -> None:
    approvals = sign_all(approvals_for(), keys={"cleo": "cora"})
    _, problems = judge_ssh(frozen_with(approvals))
    assert found(problems) == BAD
    assert "is that of Cora" in problems[0].message
    approvals = sign_all(approvals_for(), keys={"cleo": "stranger"})
    _, problems = judge_ssh(frozen_with(approvals))
    assert found(problems) == BAD
    assert "none of Cleo's keys" in problems[0].message


@pytest.mark.parametrize(
    "key",
    [
        SigningKey(key=public_line("cleo"), until=date(2022, 3, 2)),
        SigningKey(key=public_line("cleo"), since=date(2022, 3, 4)),
    ],
)
def test_a_key_that_has_run_out_or_is_not_good_yet_does_not_sign(key: SigningKey) -> None:
    world = with_keys(project(), cleo=key)
    _, problems = judge_ssh(frozen_with(sign_all(approvals_for())), world=world)
    assert found(problems) == BAD
    assert "not good on 2022-03-03" in problems[0].message


def test_both_days_of_a_key_are_included() -> None:
    day = date(2022, 3, 3)
    world = with_keys(project(), cleo=SigningKey(key=public_line("cleo"), since=day, until=day))
    assert judge_ssh(frozen_with(sign_all(approvals_for())), world=world)[1] == []


def test_what_was_signed_before_a_key_ended_still_counts_later() -> None:
    world = with_keys(project(), cleo=SigningKey(key=public_line("cleo"), until=date(2022, 12, 31)))
    verdicts, problems = judge_ssh(
        frozen_with(sign_all(approvals_for())), world=world, as_of=date(2042, 1, 1)
    )
    assert problems == []
    assert verdicts["1.0"].status is Status.EFFECTIVE


def test_a_key_listed_twice_with_two_periods_is_good_in_both() -> None:
    world = with_keys(project())
    keys = (
        SigningKey(key=public_line("cleo"), until=date(2020, 1, 1)),
        SigningKey(key=public_line("cleo") + " new laptop", since=date(2022, 1, 1)),
    )
    people = {**world.people, "cleo": msgspec.structs.replace(world.people["cleo"], keys=keys)}
    world = msgspec.structs.replace(world, people=people)
    assert judge_ssh(frozen_with(sign_all(approvals_for())), world=world)[1] == []


def test_a_key_of_two_people_signs_for_neither() -> None:
    world = with_keys(project(), cora=SigningKey(key=public_line("cleo")))
    _, problems = judge_ssh(frozen_with(sign_all(approvals_for())), world=world)
    assert found(problems) == BAD
    assert "several people" in problems[0].message
    listed = list(key_problems(world))
    assert [(one.code, path_text(one.path), one.file) for one in listed] == [
        ("schema/value", "$.cleo.keys[0].key", "process/people.yaml")
    ]


def test_keys_that_cannot_sign_are_found_where_they_stand() -> None:
    world = with_keys(
        project(),
        cora=SigningKey(key="ssh-rsa AAAA"),
        cleo=SigningKey(key="ecdsa-sha2-nistp256 AAAA"),
        frida=SigningKey(key="what?"),
    )
    messages = [problem.message for problem in key_problems(world)]
    assert [next(w for w in ("RSA", "ECDSA", "no public") if w in m) for m in messages] == [
        "RSA",
        "ECDSA",
        "no public",
    ]


def test_other_rules_hold_for_keys_as_for_paper() -> None:
    """Role not held that day, author = approver, out of order, below threshold."""
    cases: dict[str, tuple[list[dict[str, Any]], str]] = {
        "role": ([*three_ssh()[:2], signed("approved", "late", "2022-03-03", "ceo", "ssh")],
                 "approval/role-not-held"),
        "person": ([signed("created", "cora", "2022-03-01", method="ssh"), three_ssh()[1],
                    signed("approved", "cora", "2022-03-03", "ceo", "ssh")],
                   "approval/same-person"),
        "order": ([three_ssh()[0], three_ssh()[1],
                   signed("approved", "cleo", "2022-03-01", "ceo", "ssh")],
                  "approval/out-of-order"),
        "threshold": (three_ssh()[:2], "approval/missing-stage"),
    }  # fmt: skip
    for signatures, code in cases.values():
        verdicts, problems = judge_ssh(frozen_with(sign_all(approvals_for(signatures=signatures))))
        assert [one for one, _ in found(problems)] == [code]
        assert not verdicts["1.0"].released


def test_a_deputy_signs_as_one_and_says_so() -> None:
    approvals = approvals_for(
        signatures=[
            *three_ssh()[:2],
            signed("approved", "carl", "2022-03-03", "ceo", "ssh", deputy=True),
        ]
    )
    verdicts, problems = judge_ssh(frozen_with(sign_all(approvals)))
    assert problems == []
    assert verdicts["1.0"].stages[2].signatures[0].deputy
    silent = sign_all(approvals)
    del silent["signatures"][2]["deputy"]
    assert ("approval/bad-signature", LAST) in found(judge_ssh(frozen_with(silent))[1])


def reviewed(**more: Any) -> dict[str, Any]:
    entry = signed("", "quirin", "2023-01-10", "qmb", "ssh", result="unchanged") | more
    return {key: value for key, value in entry.items() if value not in ("", None)}


def test_a_signed_review_moves_the_day_and_its_result_cannot_be_changed() -> None:
    content = data(review_every="P1Y")
    approvals = sign_all(approvals_for(content=content, reviews=[reviewed()]))
    verdicts, problems = judge_ssh(frozen_with(approvals, content=content), as_of=date(2023, 6, 1))
    assert problems == []
    assert verdicts["1.0"].review_due == date(2024, 1, 10)
    wanted = sign_all(approvals_for(content=content, reviews=[reviewed(result="change-needed")]))
    wanted["reviews"][0]["result"] = "unchanged"
    verdicts, problems = judge_ssh(frozen_with(wanted, content=content), as_of=date(2023, 2, 1))
    assert found(problems) == [("approval/bad-signature", "$.reviews[0].signature")]
    assert verdicts["1.0"].review_due == date(2023, 3, 3)


def test_a_signed_withdrawal_counts_and_its_reason_cannot_be_changed() -> None:
    entry = {"by": "cleo", "role": "ceo", "at": "2025-01-01", "reason": "No more.", "method": "ssh"}
    approvals = sign_all(approvals_for(withdrawn=entry))
    assert judge_ssh(frozen_with(approvals))[0]["1.0"].status is Status.WITHDRAWN
    approvals["withdrawn"]["reason"] = "A mistake."
    verdicts, problems = judge_ssh(frozen_with(approvals))
    assert found(problems) == [("approval/bad-signature", "$.withdrawn.signature")]
    assert verdicts["1.0"].status is Status.EFFECTIVE


def test_a_signature_of_a_stage_called_review_is_no_review() -> None:
    approvals = sign_all(approvals_for())
    statement_like = signed("review", "quirin", "2023-01-10", "qmb", "ssh")
    stage = sign_all(approvals_for(signatures=[statement_like]))["signatures"][0]
    approvals["reviews"] = [
        {key: stage[key] for key in ("by", "role", "at", "method", "signature")}
        | {"result": "unchanged"}
    ]
    _, problems = judge_ssh(frozen_with(approvals))
    assert found(problems) == [("approval/bad-signature", "$.reviews[0].signature")]


def test_twenty_years_of_versions_each_superseding_the_last() -> None:
    versions = [
        frozen_with(
            sign_all(
                approvals_for(
                    f"1.{minor}", three_ssh(2003 + minor), effective_from=f"{2003 + minor}-03-03"
                )
            ),
            f"1.{minor}",
        )
        for minor in range(21)
    ]
    world = with_keys(project())
    holding = msgspec.structs.replace
    people = {
        id_: holding(one, roles=tuple(holding(role, since=None, until=None) for role in one.roles))
        for id_, one in world.people.items()
    }
    verdicts, problems = judge_ssh(*versions, world=holding(world, people=people))
    assert problems == []
    assert [verdict.status for verdict in verdicts.values()] == [Status.SUPERSEDED] * 20 + [
        Status.EFFECTIVE
    ]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_signature_counts_only_where_it_was_made(draw: Any) -> None:
    """Any two signatures of any two versions exchanged: neither counts, unless it is the same."""
    both = {
        version: sign_all(approvals_for(version, three_ssh(year)))
        for version, year in (("1.0", 2022), ("1.1", 2023))
    }
    places = [(version, index) for version in both for index in range(3)]
    (one, i), (two, j) = draw.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2))
    first, second = both[one]["signatures"][i], both[two]["signatures"][j]
    first["signature"], second["signature"] = second["signature"], first["signature"]
    _, problems = judge_ssh(*(frozen_with(both[version], version) for version in both))
    bad = [problem for problem in problems if problem.code == "approval/bad-signature"]
    assert len(bad) == (0 if (one, i) == (two, j) else 2)


def test_the_key_that_signs_is_the_one_people_can_compare() -> None:
    from regelwerk.approvals.public_key import fingerprint

    approvals = sign_all(approvals_for(), keys={"cleo": "stranger"})
    _, problems = judge_ssh(frozen_with(approvals))
    assert fingerprint(signer("stranger").key) in problems[0].message


def test_a_signature_that_does_not_count_does_not_make_a_stage_come_early() -> None:
    signatures = three_ssh()
    signatures[0]["at"] = "2022-03-02T12:00:00+01:00"  # after `examined`
    approvals = sign_all(approvals_for(signatures=signatures))
    early = {**approvals["signatures"][0], "at": "2022-03-01", "by": "quirin"}
    approvals["signatures"].append(early)
    verdicts, problems = judge_ssh(frozen_with(approvals))
    assert ("approval/out-of-order", "$.signatures[1].at") in found(problems)
    assert verdicts["1.0"].status is Status.IN_APPROVAL


@pytest.mark.parametrize(
    "weak",
    [
        bytes(32),
        bytes([1, *bytes(31)]),
        (2**255 - 20).to_bytes(32, "little"),
        (2**255 - 19).to_bytes(32, "little"),
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"),
    ],
    ids=lambda key: key.hex()[:8],
)
def test_a_key_for_which_everybody_can_sign_is_refused(weak: bytes) -> None:
    for key in (weak, weak[:31] + bytes([weak[31] | 0x80])):
        world = with_keys(project(), cleo=SigningKey(key=line_of_key(key)))
        (problem,) = key_problems(world)
        assert "everybody can sign" in problem.message
