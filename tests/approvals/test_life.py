"""The life of versions: in force, superseded, withdrawn, reviewed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.worlds import Shelf, data, folder, found, frozen, judge, project, signed, three
from regelwerk.approvals.assessment import Assessment
from regelwerk.approvals.periods import periods
from regelwerk.approvals.verdict import in_force
from regelwerk.model.ids import version_key
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Status


def withdrawal(at: str, by: str = "cora", **more: Any) -> dict[str, Any]:
    return {"at": at, "by": by, "method": "paper", "reason": "Not needed any more.", **more}


def review(at: str, by: str = "quirin", role: str | None = "qmb", **more: Any) -> dict[str, Any]:
    return signed("", by, at, role, result="unchanged", **more)


def test_from_draft_to_effective_day_by_day() -> None:
    version = frozen("1.0", three(2022), effective="2022-04-01")
    expected = {
        date(2022, 2, 28): Status.DRAFT,
        date(2022, 3, 1): Status.IN_APPROVAL,
        date(2022, 3, 2): Status.IN_APPROVAL,
        date(2022, 3, 3): Status.APPROVED,
        date(2022, 3, 31): Status.APPROVED,
        date(2022, 4, 1): Status.EFFECTIVE,
    }
    for day, status in expected.items():
        verdict = judge(version, as_of=day)[0]["1.0"]
        assert verdict.status is status, day
        assert verdict.effective_from == date(2022, 4, 1)
        assert verdict.released is (status is Status.EFFECTIVE)


def test_without_a_day_to_begin_an_approved_version_waits() -> None:
    verdict = judge(frozen(effective=None))[0]["1.0"]
    assert verdict.status is Status.APPROVED
    assert verdict.effective_from is None
    assert not verdict.released


def test_a_later_version_supersedes_from_its_first_day_on() -> None:
    old = frozen("1.9", three(2022))
    new = frozen("1.10", three(2024), effective="2024-06-01")
    before = judge(old, new, as_of=date(2024, 5, 31))[0]
    assert before["1.9"].status is Status.EFFECTIVE
    assert before["1.9"].effective_until is None
    assert before["1.10"].status is Status.APPROVED
    after = judge(old, new, as_of=date(2024, 6, 1))[0]
    assert after["1.9"].status is Status.SUPERSEDED
    assert after["1.9"].superseded_by == "1.10"
    assert after["1.9"].effective_until == date(2024, 5, 31)
    assert after["1.9"].in_force_on(date(2024, 5, 31))
    assert not after["1.9"].in_force_on(date(2024, 6, 1))
    assert after["1.10"].status is Status.EFFECTIVE
    assert after["1.10"].in_force_on(date(2024, 6, 1))


def test_a_higher_version_that_is_not_signed_supersedes_nothing() -> None:
    old = frozen("1.0")
    new = frozen("1.1", three(2024)[:2], effective="2024-06-01")
    verdicts, _ = judge(old, new)
    assert verdicts["1.0"].status is Status.EFFECTIVE
    assert verdicts["1.1"].status is Status.IN_APPROVAL


def test_withdrawing_a_version_never_revives_an_older_one() -> None:
    old = frozen("1.0")
    new = frozen("1.1", three(2024), effective="2024-06-01", withdrawn=withdrawal("2025-01-01"))
    held = folder(old, new)
    for day, expected in {
        date(2024, 5, 31): "1.0",
        date(2024, 6, 1): "1.1",
        date(2024, 12, 31): "1.1",
        date(2025, 1, 1): None,
        date(2026, 1, 1): None,
    }.items():
        version = in_force(held, project(), day, Shelf())
        assert (version.version if version else None) == expected, day
    assert judge(new, as_of=date(2024, 12, 31))[0]["1.1"].status is Status.EFFECTIVE
    assert judge(new, as_of=date(2025, 1, 1))[0]["1.1"].status is Status.WITHDRAWN
    verdicts, problems = judge(old, new)
    assert found(problems) == []
    assert verdicts["1.0"].status is Status.SUPERSEDED
    assert verdicts["1.1"].status is Status.WITHDRAWN
    assert verdicts["1.1"].effective_until == date(2024, 12, 31)
    assert verdicts["1.1"].released


def test_a_version_withdrawn_before_it_began_leaves_the_older_one_in_force() -> None:
    old = frozen("1.0")
    new = frozen("1.1", three(2024), effective="2024-06-01", withdrawn=withdrawal("2024-06-01"))
    verdicts, _ = judge(old, new)
    assert verdicts["1.0"].status is Status.EFFECTIVE
    assert verdicts["1.1"].status is Status.WITHDRAWN
    assert not verdicts["1.1"].released
    assert verdicts["1.1"].effective_from is None


def test_a_lower_version_that_would_begin_later_never_comes_into_force() -> None:
    low = frozen("1.1", three(2025), effective="2025-06-01")
    high = frozen("2.0", three(2024), effective="2024-06-01")
    verdicts, _ = judge(low, high)
    assert verdicts["2.0"].status is Status.EFFECTIVE
    assert verdicts["1.1"].status is Status.SUPERSEDED
    assert not verdicts["1.1"].released


def test_a_superseded_version_can_still_be_withdrawn() -> None:
    old = frozen("1.0", withdrawn=withdrawal("2025-01-01"))
    new = frozen("1.1", three(2024), effective="2024-06-01")
    verdict = judge(old, new)[0]["1.0"]
    assert verdict.status is Status.WITHDRAWN
    assert verdict.superseded_by == "1.1"
    assert verdict.effective_until == date(2024, 5, 31)


@pytest.mark.parametrize(
    ("wrong", "code", "path"),
    [
        ({"by": "quirin"}, "approval/role-not-held", "$.withdrawn.by"),
        ({"by": "gone", "role": "ceo"}, "approval/role-not-held", "$.withdrawn.role"),
        ({"by": "quirin", "role": "qmb"}, "approval/role-not-held", "$.withdrawn.role"),
        (
            {"method": "ssh", "signature": "-----BEGIN SSH SIGNATURE-----"},
            "approval/bad-signature",
            "$.withdrawn.signature",
        ),
    ],
)
def test_only_who_may_approve_may_withdraw(wrong: dict[str, Any], code: str, path: str) -> None:
    version = frozen(withdrawn=withdrawal("2025-01-01") | wrong)
    verdicts, problems = judge(version)
    assert found(problems) == [(code, path)]
    assert verdicts["1.0"].status is Status.EFFECTIVE


def test_a_version_withdrawn_before_it_was_signed_by_all_is_no_error() -> None:
    from regelwerk.diagnostics import Severity

    version = frozen("1.0", three()[:2], withdrawn=withdrawal("2022-04-01"))
    verdicts, problems = judge(version)
    assert verdicts["1.0"].status is Status.WITHDRAWN
    assert not verdicts["1.0"].released
    assert [problem.severity for problem in problems] == [Severity.INFO]


def test_a_version_cannot_begin_before_it_is_signed_by_all() -> None:
    version = frozen("1.0", three(2022), effective="2022-03-02")
    verdicts, problems = judge(version)
    assert found(problems) == [("approval/effective-before-approved", "$.effective_from")]
    assert verdicts["1.0"].effective_from == date(2022, 3, 3)
    assert judge(version, as_of=date(2022, 3, 2))[0]["1.0"].status is Status.IN_APPROVAL
    assert found(judge(frozen("1.0", three(2022), effective="2022-03-03"))[1]) == []


def reviewed(*reviews: dict[str, Any], every: str = "P1Y") -> FrozenVersion:
    return frozen(content=data(review_every=every), reviews=list(reviews))


def test_a_review_is_due_after_the_period_and_overdue_a_day_later() -> None:
    version = reviewed()
    verdicts, problems = judge(version, as_of=date(2023, 3, 3))
    assert verdicts["1.0"].review_due == date(2023, 3, 3)
    assert found(problems) == []
    _, problems = judge(version, as_of=date(2023, 3, 4))
    assert found(problems) == [("approval/review-overdue", "$")]


def test_a_review_moves_the_day_and_one_to_come_does_not() -> None:
    version = reviewed(review("2023-02-01"), review("2025-02-01"))
    assert judge(version, as_of=date(2023, 6, 1))[0]["1.0"].review_due == date(2024, 2, 1)
    _, problems = judge(version, as_of=date(2024, 2, 2))
    assert found(problems) == [("approval/review-overdue", "$.reviews")]
    assert found(judge(version, as_of=date(2025, 2, 1))[1]) == []


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (
            review("2026-01-01", by="frida", role=None),
            ("approval/role-not-held", "$.reviews[0].by"),
        ),
        (review("2022-03-02"), ("approval/out-of-order", "$.reviews[0].at")),
        (
            review("2026-01-01") | {"method": "ssh", "signature": "x"},
            ("approval/bad-signature", "$.reviews[0].signature"),
        ),
    ],
)
def test_a_review_that_does_not_count_moves_nothing(
    wrong: dict[str, Any], expected: tuple[str, str]
) -> None:
    verdicts, problems = judge(reviewed(wrong))
    assert found(problems) == [expected, ("approval/review-overdue", "$.reviews")]
    assert verdicts["1.0"].review_due == date(2023, 3, 3)


def test_a_review_that_asks_for_a_change_puts_nothing_off() -> None:
    verdicts, _ = judge(reviewed(review("2026-01-01") | {"result": "change-needed"}))
    assert verdicts["1.0"].review_due == date(2023, 3, 3)


def test_months_clamp_and_no_period_means_no_review() -> None:
    version = frozen("1.0", three(), effective="2024-02-29", content=data(review_every="P1Y"))
    assert judge(version)[0]["1.0"].review_due == date(2025, 2, 28)
    assert judge(frozen())[0]["1.0"].review_due is None


def test_only_the_version_in_force_is_reviewed() -> None:
    old = frozen("1.0", content=data("1.0", review_every="P1M"))
    new = frozen("1.1", three(2024), effective="2024-06-01")
    verdicts, problems = judge(old, new)
    assert found(problems) == []
    assert verdicts["1.0"].review_due is None


def test_twenty_versions_in_twenty_years() -> None:
    """Each holds until the next begins; 1.10 comes after 1.9; every problem names its file."""
    versions = [
        frozen(f"1.{minor}", three(2005 + minor), effective=f"{2005 + minor}-04-01")
        for minor in range(20)
    ]
    verdicts, problems = judge(*versions)
    assert found(problems) == []
    assert len({problem.file for problem in problems}) == 20
    assert [verdict.status for verdict in verdicts.values()] == [Status.SUPERSEDED] * 19 + [
        Status.EFFECTIVE
    ]
    for minor in range(19):
        verdict = verdicts[f"1.{minor}"]
        assert verdict.effective_until == date(2006 + minor, 3, 31)
        assert verdict.superseded_by == f"1.{minor + 1}"
    held = folder(*versions)
    for minor in range(20):
        for day in (date(2005 + minor, 4, 1), date(2006 + minor, 3, 31)):
            version = in_force(held, project(), day, Shelf())
            assert version is not None
            assert version.version == f"1.{minor}"
            inside = [v for v, verdict in verdicts.items() if verdict.in_force_on(day)]
            assert inside == ([f"1.{minor}"])


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.none() | DAYS, st.none() | DAYS, st.sampled_from(["1.2", "1.9", "1.10", "2.0"])
        ),
        max_size=5,
        unique_by=lambda item: item[2],
    ),
    DAYS,
)
def test_periods_say_what_the_contract_says_day_by_day(
    histories: list[tuple[date | None, date | None, str]], day: date
) -> None:
    """In force: the highest version that has begun, if it is not withdrawn; none is revived."""
    blank = frozen()
    assessed = [
        Assessment(
            frozen=msgspec.structs.replace(blank, version=version),
            digest=None,
            since=since,
            withdrawn_on=withdrawn,
        )
        for since, withdrawn, version in histories
    ]
    begun = [
        (version_key(version) or (0, 0), version, withdrawn)
        for since, withdrawn, version in histories
        if since is not None and since <= day and (withdrawn is None or withdrawn > since)
    ]
    expected = None
    if begun:
        _, version, withdrawn = max(begun)
        expected = version if withdrawn is None or day < withdrawn else None
    found_ = [version for version, period in periods(assessed).items() if period.covers(day)]
    assert found_ == ([expected] if expected else [])


def test_periods_touch_without_gap_or_overlap() -> None:
    one, two = frozen("1.0"), frozen("1.1", three(2024), effective="2024-06-01")
    verdicts, _ = judge(one, two)
    until, start = verdicts["1.0"].effective_until, verdicts["1.1"].effective_from
    assert until is not None
    assert until + timedelta(days=1) == start
