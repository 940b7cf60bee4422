"""Order in time, the future, and until when a step is due."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from records.support import entry, judge, process, record, said
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.moment import parse_moment
from regelwerk.model.span import parse_span
from regelwerk.records.due import deadline

BERLIN = ZoneInfo("Europe/Berlin")
END = {"next": {"end": "done"}}
TWO = [{"id": "a"}, {"id": "b", **END}]
SIDE = [
    {"id": "p", "parallel": {"l": [{"id": "l1"}, {"id": "l2"}], "r": [{"id": "r1"}]}},
    {"id": "b", **END},
]


def told(steps: list, *completed: str, **more) -> list[str]:
    entries = [entry(*item.split("=")[:1], completed=item.split("=")[1]) for item in completed]
    return said(judge(process(steps), record(*entries, **{"closed_with": "done", **more})))


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        ("2026-03-03", "2026-03-03", True),
        ("2026-03-04", "2026-03-03", False),
        ("2026-03-03T12:00:00+01:00", "2026-03-03", True),
        ("2026-03-03", "2026-03-03T00:01:00+01:00", True),
        ("2026-03-03T12:00:00+01:00", "2026-03-03T11:59:00+01:00", False),
        ("2026-03-03T12:00:00+01:00", "2026-03-03T11:30:00+00:00", True),
        ("2026-03-04", "2026-03-03T23:30:00+00:00", True),  # already the 4th in Berlin
        ("2026-03-04", "2026-03-03T22:30:00+00:00", False),
    ],
)
def test_a_step_is_not_done_before_the_one_it_follows(first: str, second: str, fits: bool) -> None:
    expected = [] if fits else ["record/time-order steps.1"]
    assert told(TWO, f"a={first}", f"b={second}") == expected


def test_each_branch_has_its_own_order_and_the_join_waits_for_all() -> None:
    assert told(SIDE, "l1=2026-03-05", "r1=2026-03-03", "l2=2026-03-06", "b=2026-03-06") == []
    early = told(SIDE, "l1=2026-03-05", "r1=2026-03-09", "l2=2026-03-06", "b=2026-03-08")
    assert early == ["record/time-order steps.3"]
    within = told(SIDE, "l1=2026-03-05", "r1=2026-03-03", "l2=2026-03-04", "b=2026-03-06")
    assert within == ["record/time-order steps.2"]


def test_one_wrong_time_is_one_finding() -> None:
    three = [{"id": "a"}, {"id": "b"}, {"id": "c", **END}]
    assert told(three, "a=2026-03-05", "b=2026-03-03", "c=2026-03-06") == [
        "record/time-order steps.1"
    ]
    early = told(three, "a=2026-02-26", "b=2026-02-27", "c=2026-03-06")
    assert early == ["record/time-order steps.0"]


def test_a_step_ends_after_it_began_and_a_case_after_its_steps() -> None:
    data = record(entry("a", started="2026-03-05", completed="2026-03-04"))
    assert said(judge(process(TWO), data)) == ["record/time-order steps.0"]
    assert told(TWO, "a=2026-03-03", "b=2026-03-31") == ["record/time-order closed"]
    cancelled = {"on": "2026-03-02", "by": "ann", "reason": "…"}
    data = record(entry("a"), status="cancelled", cancelled=cancelled)
    assert said(judge(process(TWO), data)) == ["record/time-order cancelled.on"]


def test_what_comes_out_of_order_is_not_a_fault_of_time_as_well() -> None:
    assert told(TWO, "b=2026-03-05", "a=2026-03-03") == ["record/order steps.1"]


def test_the_future_is_told_once_and_nothing_is_overdue_because_of_it() -> None:
    steps = [{"id": "a", "due": {"within": "P1D", "after": "start"}}, {"id": "b", **END}]
    steps[1]["due"] = {"within": "P1D", "after": "a"}
    found = told(steps, "a=2027-03-03", "b=2027-05-03", closed="2027-06-01")
    assert found == ["record/in-future steps.0"]
    assert told(TWO, "a=2026-03-03", "b=2026-04-30", closed="2026-04-30") == []
    assert told(TWO, started="2026-05-01", closed_with=None) == ["record/in-future started"]
    late = {"finding": "record/order", "step": "a", "approved_by": "bob", "on": "2026-05-01"}
    found = said(judge(process(TWO), record(entry("a"), deviations=[late])))
    assert found == [
        "record/unused-deviation deviations.0",
        "record/in-future deviations.0.on",
    ] or (
        sorted(found)
        == ["record/in-future deviations.0.on", "record/unused-deviation deviations.0"]
    )


@pytest.mark.parametrize(
    ("base", "within", "last"),
    [
        ("2026-03-02", "P0D", "2026-03-02"),
        ("2026-03-02", "P5D", "2026-03-07"),
        ("2026-03-02T23:30:00+00:00", "P1D", "2026-03-04"),
        ("2026-03-06", "P1BD", "2026-03-09"),
        ("2026-04-02", "P1BD", "2026-04-07"),  # Good Friday and Easter Monday
        ("2026-12-23", "P2BD", "2026-12-28"),  # Christmas on a Friday and a Saturday
        ("2026-03-02", "P0BD", "2026-03-02"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-01-31", "P1M1D", "2026-03-01"),
        ("2026-03-02", "P2W", "2026-03-16"),
        ("2026-03-02", "PT36H", "2026-03-03"),
        ("2026-03-02T10:00:00+01:00", "PT4H", "2026-03-02T14:00:00+01:00"),
        ("2026-03-28T20:00:00+01:00", "PT12H", "2026-03-29T09:00:00+02:00"),  # clocks go forward
        ("9999-12-30", "P5D", None),
        ("9999-12-30", "P5BD", None),
    ],
)
def test_until_when_a_step_is_due(base: str, within: str, last: str | None) -> None:
    moment, span = parse_moment(base), parse_span(within)
    assert moment is not None
    assert span is not None
    assert deadline(moment, span, BusinessCalendar("DE"), BERLIN) == parse_moment(last)


def test_without_a_country_only_weekends_are_free() -> None:
    for country in (None, "XX"):
        assert BusinessCalendar(country).add(date(2026, 4, 2), 1) == date(2026, 4, 3)
    assert BusinessCalendar("DE").is_business_day(date(2026, 5, 1)) is False


DUE = [{"id": "a", "due": {"within": "P2BD", "after": "start"}}, {"id": "b", **END}]


@pytest.mark.parametrize(
    ("done", "late"),
    [("2026-03-04", False), ("2026-03-04T23:59:00+01:00", False), ("2026-03-05", True)],
)
def test_a_step_is_due_until_the_end_of_its_day(done: str, late: bool) -> None:
    expected = ["record/overdue steps.0"] if late else []
    assert told(DUE, f"a={done}", "b=2026-03-06") == expected


def test_what_was_skipped_is_not_overdue() -> None:
    assert told(DUE, "b=2026-03-20") == ["record/skipped-step steps.0"]


@pytest.mark.parametrize(
    ("status", "as_of", "late"),
    [
        ({}, date(2026, 3, 4), False),
        ({}, date(2026, 3, 5), True),
        ({"status": "on-hold"}, date(2026, 3, 5), True),
        (
            {"status": "cancelled", "cancelled": {"on": "2026-03-04", "by": "ann", "reason": "…"}},
            date(2026, 4, 1),
            False,
        ),
        (
            {"status": "cancelled", "cancelled": {"on": "2026-03-05", "by": "ann", "reason": "…"}},
            date(2026, 4, 1),
            True,
        ),
    ],
)
def test_the_next_step_of_an_open_case_is_overdue_when_its_day_is_past(
    status: dict, as_of: date, late: bool
) -> None:
    found = said(judge(process(DUE), record(**status), as_of=as_of))
    assert found == (["record/overdue steps"] if late else [])


def test_only_what_must_come_next_is_overdue() -> None:
    soon = {"due": {"within": "P1D", "after": "start"}}
    steps = [{"id": "o", "optional": True, **soon}, {"id": "a", **soon}, {"id": "b", **soon, **END}]
    assert said(judge(process(steps), record())) == ["record/overdue steps"]
    side = [
        {"id": "p", "parallel": {"l": [{"id": "l1", **soon}], "r": [{"id": "r1", **soon}]}},
        *TWO,
    ]
    assert said(judge(process(side), record())) == ["record/overdue steps"] * 2


def test_a_deadline_counts_from_the_latest_completion_and_only_once() -> None:
    options = {
        "ok": {"label": "…", "next": {"end": "done"}},
        "again": {"label": "…", "next": "b"},
    }
    steps = [
        {"id": "a"},
        {"id": "b", "due": {"within": "P1D", "after": "a"}},
        {
            "id": "c",
            "due": {"within": "P1D", "after": "b"},
            "decision": {"question": "?", "options": options},
        },
    ]

    def round_trip(last: str) -> list[str]:
        walk = [
            entry("a", completed="2026-03-03"),
            entry("b", completed="2026-03-04"),
            entry("c", "again", completed="2026-03-05"),
            entry("b", completed="2026-03-10"),
            entry("c", "ok", completed=last),
        ]
        return said(judge(process(steps), record(*walk, closed_with="done")))

    assert round_trip("2026-03-11") == []
    assert round_trip("2026-03-12") == ["record/overdue steps.4"]


def test_a_deadline_after_a_step_that_was_not_done_is_no_deadline() -> None:
    steps = [{"id": "a"}, {"id": "b", "due": {"within": "P1D", "after": "a"}, **END}]
    assert told(steps, "b=2026-03-20") == ["record/skipped-step steps.0"]
