"""Who may sign: every code, what it stands at, and that such a signature does not count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from approvals.worlds import Shelf, found, frozen, judge, signed, three
from regelwerk.diagnostics import Severity
from regelwerk.model.organization import Stage
from regelwerk.model.version import Status

SHA = "ab" * 32
TWO = (
    Stage(id="created", title="Creation"),
    Stage(id="approved", title="Approval", role="ceo", count=2, not_same_as=("created",)),
)


def changed(index: int, **more: Any) -> list[dict[str, Any]]:
    signatures = three()
    signatures[index] = {k: v for k, v in (signatures[index] | more).items() if v is not None}
    return signatures


def test_a_version_signed_by_all_counts_and_paper_is_said_once() -> None:
    verdicts, problems = judge(frozen())
    assert [(problem.code, problem.path) for problem in problems] == [
        ("approval/unsigned-paper", ("signatures", 0, "method"))
    ]
    verdict = verdicts["1.0"]
    assert verdict.status is Status.EFFECTIVE
    assert verdict.on_paper
    assert [len(stage.signatures) for stage in verdict.stages] == [1, 1, 1]


FAULTS: list[tuple[str, list[dict[str, Any]], list[tuple[str, str]]]] = [
    (
        "a role that the signer never held",
        changed(2, by="frida"),
        [("approval/role-not-held", "$.signatures[2].role")],
    ),
    (
        "no role stated, and none that fits",
        changed(2, by="frida", role=None),
        [("approval/role-not-held", "$.signatures[2].by")],
    ),
    (
        "a role given up before that day",
        changed(2, by="gone"),
        [("approval/role-not-held", "$.signatures[2].role")],
    ),
    (
        "a role taken up after that day",
        changed(2, by="late"),
        [("approval/role-not-held", "$.signatures[2].role")],
    ),
    (
        "a role that is not the stage's",
        changed(2, by="frida", role="cfo"),
        [("approval/role-not-held", "$.signatures[2].role")],
    ),
    (
        "a role that includes the stage's, which is not enough",
        changed(2, role="board"),
        [("approval/role-not-held", "$.signatures[2].role")],
    ),
    (
        "a deputy who does not say so",
        changed(2, by="carl"),
        [("approval/role-not-held", "$.signatures[2]")],
    ),
    (
        "somebody who says deputy and is none",
        changed(2, deputy=True),
        [("approval/role-not-held", "$.signatures[2].deputy")],
    ),
    (
        "an author who states a role not held",
        changed(0, role="sales"),
        [("approval/role-not-held", "$.signatures[0].role")],
    ),
    (
        "the author examines",
        [
            signed("created", "cora", "2022-03-01"),
            signed("examined", "cora", "2022-03-02", "qmb"),
            signed("approved", "cleo", "2022-03-03", "ceo"),
        ],
        [("approval/same-person", "$.signatures[1].by")],
    ),
    (
        "the examiner approves",
        [
            signed("created", "xenia", "2022-03-01"),
            signed("examined", "cora", "2022-03-02", "qmb"),
            signed("approved", "cora", "2022-03-03", "ceo"),
        ],
        [("approval/same-person", "$.signatures[2].by")],
    ),
    (
        "examined before it was created",
        changed(1, at="2022-02-28"),
        [("approval/out-of-order", "$.signatures[1].at")],
    ),
    (
        "approved an hour before it was examined",
        [
            signed("created", "xenia", "2022-03-01"),
            signed("examined", "quirin", "2022-03-03T10:00:00+01:00", "qmb"),
            signed("approved", "cleo", "2022-03-03T09:59:59+01:00", "ceo"),
        ],
        [("approval/out-of-order", "$.signatures[2].at")],
    ),
    (
        "approved before it was created, and never examined",
        [three()[0], signed("approved", "cleo", "2022-02-28", "ceo")],
        [
            ("approval/out-of-order", "$.signatures[1].at"),
            ("approval/missing-stage", "$.signatures"),
        ],
    ),
    (
        "created last by a slip of the pen: one cause, one finding",
        changed(0, at="2032-03-01"),
        [("approval/out-of-order", "$.signatures[1].at")],
    ),
    (
        "an SSH signature, which this version cannot verify",
        changed(2, method="ssh", signature="-----BEGIN SSH SIGNATURE-----"),
        [("approval/bad-signature", "$.signatures[2].signature")],
    ),
    (
        "an original that is not there",
        changed(0, original={"file": "scan.pdf", "sha256": SHA}),
        [("approval/bad-signature", "$.signatures[0].original.file")],
    ),
    (
        "an original that was changed",
        changed(0, original={"file": "changed.pdf", "sha256": SHA}),
        [("approval/bad-signature", "$.signatures[0].original.sha256")],
    ),
    (
        "a stage that the rule does not have",
        [*three(), signed("blessed", "cora", "2022-03-03")],
        [("schema/value", "$.signatures[3].stage")],
    ),
    (
        "a misspelled stage: one cause, one finding",
        changed(2, stage="aproved"),
        [("schema/value", "$.signatures[2].stage")],
    ),
    (
        "a stage left out",
        three()[:2],
        [("approval/missing-stage", "$.signatures")],
    ),
    (
        "nobody has signed",
        [],
        [("approval/missing-stage", "$")] * 3,
    ),
]


@pytest.mark.parametrize(
    ("signatures", "expected"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS]
)
def test_faults_of_a_signature(
    signatures: list[dict[str, Any]], expected: list[tuple[str, str]]
) -> None:
    shelf = Shelf({("process/sales/versions/1.0", "changed.pdf"): "cd" * 32})
    verdicts, problems = judge(
        frozen("1.0", signatures, effective="2032-06-01"), originals=shelf, as_of=date(2033, 1, 1)
    )
    assert found(problems) == expected
    assert all(problem.message for problem in problems)
    assert {problem.file for problem in problems} <= {"process/sales/versions/1.0/approvals.yaml"}
    extra = len(signatures) > 3
    assert verdicts["1.0"].status is (Status.EFFECTIVE if extra else verdicts["1.0"].status)
    assert verdicts["1.0"].released is extra


def test_paper_counts_until_the_day_that_the_organization_has_set() -> None:
    _, problems = judge(frozen(), paper_until=date(2022, 3, 3))
    assert found(problems) == []
    verdicts, problems = judge(frozen(), paper_until=date(2022, 3, 2))
    assert found(problems) == [("approval/paper-not-allowed", "$.signatures[2].method")]
    assert verdicts["1.0"].status is Status.IN_APPROVAL


def test_the_day_of_a_signature_is_that_of_the_organization() -> None:
    """Half past midnight in Berlin is still the day before in UTC."""
    late = changed(2, at="2022-03-03T23:30:00+00:00")
    _, problems = judge(frozen("1.0", late, effective="2022-03-04"), paper_until=date(2022, 3, 3))
    assert found(problems) == [("approval/paper-not-allowed", "$.signatures[2].method")]
    _, problems = judge(
        frozen("1.0", late, effective="2022-03-04"), paper_until=date(2022, 3, 3), timezone="UTC"
    )
    assert found(problems) == []


def test_an_unknown_time_zone_is_read_as_utc() -> None:
    verdicts, _ = judge(frozen(), timezone="Mars/Olympus")
    assert verdicts["1.0"].status is Status.EFFECTIVE


@pytest.mark.parametrize("signer", [{"by": "nobody"}, {"role": "pope"}])
def test_who_or_what_is_not_defined_does_not_count_and_is_said_elsewhere(
    signer: dict[str, str],
) -> None:
    verdicts, problems = judge(frozen("1.0", changed(2, **signer)))
    assert found(problems) == []
    assert verdicts["1.0"].status is Status.IN_APPROVAL


def test_a_day_that_cannot_be_read_does_not_count() -> None:
    verdicts, problems = judge(frozen("1.0", changed(2, at="yesterday")))
    assert found(problems) == []
    assert verdicts["1.0"].status is Status.IN_APPROVAL


def test_approvals_of_the_wrong_shape_count_for_nothing() -> None:
    withdrawn = {"at": "2025-01-01", "by": "cora", "method": "paper", "reason": "x"}
    verdicts, problems = judge(frozen(sound=False, withdrawn=withdrawn))
    assert problems == []
    assert verdicts["1.0"].status is Status.DRAFT
    assert not verdicts["1.0"].on_paper


def test_who_holds_a_member_role_holds_the_role_that_includes_it() -> None:
    rule = (Stage(id="approved", title="Approval", role="board"),)
    for signer in (
        signed("approved", "frida", "2022-03-03"),
        signed("approved", "frida", "2022-03-03", "cfo"),
        signed("approved", "frida", "2022-03-03", "board"),
    ):
        verdicts, problems = judge(frozen("1.0", [signer]), rule=rule)
        assert found(problems) == []
        assert verdicts["1.0"].status is Status.EFFECTIVE


def test_a_deputy_who_says_so_counts() -> None:
    verdicts, problems = judge(frozen("1.0", changed(2, by="carl", deputy=True)))
    assert found(problems) == []
    assert verdicts["1.0"].stages[2].signatures[0].deputy


def test_equal_days_are_in_order_and_dates_are_compared_with_times_as_dates() -> None:
    signatures = [
        signed("created", "xenia", "2022-03-03"),
        signed("examined", "quirin", "2022-03-03T08:00:00+01:00", "qmb"),
        signed("approved", "cleo", "2022-03-03", "ceo"),
    ]
    _, problems = judge(frozen("1.0", signatures))
    assert found(problems) == []


def test_the_order_of_signatures_in_the_file_does_not_matter() -> None:
    verdicts, problems = judge(frozen("1.0", three()[::-1]))
    assert found(problems) == []
    assert verdicts["1.0"].status is Status.EFFECTIVE


def test_a_stage_may_need_several_people() -> None:
    both = [
        signed("created", "xenia", "2022-03-01"),
        signed("approved", "cleo", "2022-03-02", "ceo"),
        signed("approved", "cora", "2022-03-03", "ceo"),
    ]
    verdicts, problems = judge(frozen("1.0", both), rule=TWO)
    assert found(problems) == []
    assert verdicts["1.0"].status is Status.EFFECTIVE
    verdicts, problems = judge(frozen("1.0", both[:2]), rule=TWO)
    assert found(problems) == [("approval/missing-stage", "$.signatures")]
    assert "1 of the 2" in problems[0].message
    assert verdicts["1.0"].status is Status.IN_APPROVAL


def test_several_people_are_different_people() -> None:
    twice = [
        signed("created", "xenia", "2022-03-01"),
        signed("approved", "cleo", "2022-03-02", "ceo"),
        signed("approved", "cleo", "2022-03-03", "ceo"),
    ]
    verdicts, problems = judge(frozen("1.0", twice), rule=TWO)
    assert found(problems) == [("approval/same-person", "$.signatures[2].by")]
    assert verdicts["1.0"].status is Status.IN_APPROVAL
    third = [*twice, signed("approved", "cora", "2022-03-03", "ceo")]
    verdicts, problems = judge(frozen("1.0", third), rule=TWO)
    assert found(problems) == []
    assert verdicts["1.0"].status is Status.EFFECTIVE


def test_who_signs_twice_counts_once_however_many_sign() -> None:
    signatures = [
        signed("created", "xenia", "2022-03-01"),
        signed("approved", "cleo", "2022-03-02", "ceo"),
        signed("approved", "cleo", "2022-03-03", "ceo"),
        signed("approved", "cora", "2022-03-05", "ceo"),
    ]
    verdicts, problems = judge(frozen("1.0", signatures, effective="2022-03-04"), rule=TWO)
    assert found(problems) == [("approval/effective-before-approved", "$.effective_from")]
    assert verdicts["1.0"].effective_from == date(2022, 3, 5)
    assert [one.by for one in verdicts["1.0"].stages[1].signatures] == ["cleo", "cora"]


@pytest.mark.parametrize("count", [0, -1])
def test_a_stage_needs_at_least_one_signature(count: int) -> None:
    rule = (Stage(id="approved", title="Approval", role="ceo", count=count),)
    verdicts, problems = judge(frozen("1.0", []), rule=rule)
    assert found(problems) == [("approval/missing-stage", "$")]
    assert verdicts["1.0"].status is Status.DRAFT


def test_the_next_stage_waits_for_the_last_signature_needed() -> None:
    rule = (
        Stage(id="approved", title="Approval", role="ceo", count=2),
        Stage(id="released", title="Release", role="qmb"),
    )
    signatures = [
        signed("approved", "cleo", "2022-03-02", "ceo"),
        signed("approved", "cora", "2022-03-04", "ceo"),
        signed("released", "quirin", "2022-03-03", "qmb"),
    ]
    _, problems = judge(frozen("1.0", signatures, effective="2022-03-04"), rule=rule)
    assert found(problems) == [("approval/out-of-order", "$.signatures[2].at")]
    more = [
        *signatures[:2],
        signed("approved", "carl", "2022-05-04", "ceo", deputy=True),
        signed("released", "quirin", "2022-03-05", "qmb"),
    ]
    _, problems = judge(frozen("1.0", more, effective="2022-03-05"), rule=rule)
    assert found(problems) == []


@pytest.mark.parametrize(
    "name", ["../1.1/scan.pdf", "/etc/passwd", "a/../../b", "C:/scan.pdf", "a\\b", "", ".", "a//b"]
)
def test_an_original_outside_the_folder_is_never_looked_at(name: str) -> None:
    shelf = Shelf({("process/sales/versions/1.0", name): SHA})
    signatures = changed(0, original={"file": name, "sha256": SHA})
    _, problems = judge(frozen("1.0", signatures), originals=shelf)
    assert found(problems) == [("approval/bad-signature", "$.signatures[0].original.file")]
    assert shelf.asked == []


def test_what_is_wrong_with_an_original_is_said_once() -> None:
    original = {"file": "scan.pdf", "sha256": SHA}
    signatures = [one | {"original": original} for one in three()]
    verdicts, problems = judge(frozen("1.0", signatures))
    assert found(problems) == [("approval/bad-signature", "$.signatures[0].original.file")]
    assert [len(stage.signatures) for stage in verdicts["1.0"].stages] == [0, 0, 0]
    shelf = Shelf({("process/sales/versions/1.0", "scan.pdf"): SHA})
    verdicts, problems = judge(frozen("1.0", signatures), originals=shelf)
    assert found(problems) == []
    assert verdicts["1.0"].status is Status.EFFECTIVE


def test_a_rule_that_is_not_defined_approves_nothing() -> None:
    verdicts, problems = judge(frozen(), rule=())
    assert found(problems) == [("approval/missing-stage", "$")]
    assert verdicts["1.0"].status is Status.DRAFT


def test_missing_stages_are_information_until_the_version_should_hold() -> None:
    version = frozen("1.0", three()[:2], effective="2022-06-01")
    _, before = judge(version, as_of=date(2022, 5, 31))
    _, then = judge(version, as_of=date(2022, 6, 1))
    assert found(before) == found(then) == [("approval/missing-stage", "$.signatures")]
    assert before[0].severity is Severity.INFO
    assert then[0].severity is Severity.ERROR


def test_a_signature_for_a_day_to_come_does_not_count_yet() -> None:
    version = frozen("1.0", three(), effective="2022-06-01")
    verdicts, problems = judge(version, as_of=date(2022, 3, 2))
    assert found(problems) == [("approval/missing-stage", "$.signatures[2].at")]
    assert problems[0].severity is Severity.INFO
    assert verdicts["1.0"].status is Status.IN_APPROVAL
    assert [len(stage.signatures) for stage in verdicts["1.0"].stages] == [1, 1, 0]
    verdicts, _ = judge(version, as_of=date(2022, 2, 1))
    assert verdicts["1.0"].status is Status.DRAFT
