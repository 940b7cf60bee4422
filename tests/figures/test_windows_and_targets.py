"""From when to when, targets, periods that are not over, and too few cases to be shown."""

from __future__ import annotations

from datetime import date

import pytest

from figures.support import case, closed, entry, figure, figures, only, values
from regelwerk.errors import UsageError
from regelwerk.figures.compute import judge
from regelwerk.model.figure import Judgement, Period
from regelwerk.model.process import KpiTarget

CASES = {"count": "cases"}


@pytest.mark.parametrize(
    ("value", "target", "judgement"),
    [
        (10, KpiTarget(min=10), "met"),
        (9.99, KpiTarget(min=10), "missed"),
        (10, KpiTarget(max=10), "met"),
        (10.01, KpiTarget(max=10), "missed"),
        (5, KpiTarget(min=1, max=9), "met"),
        (0, KpiTarget(min=1, max=9), "missed"),
        (10, KpiTarget(min=1, max=9), "missed"),
        (0, KpiTarget(min=0), "met"),
        (None, KpiTarget(min=1), "no-value"),
        (None, None, "no-value"),
        (3, None, "no-target"),
        (3, KpiTarget(), "no-target"),
    ],
)
def test_targets(value: float | None, target: KpiTarget | None, judgement: str) -> None:
    assert judge(value, target) == judgement


def test_a_range_takes_whole_periods_so_that_a_figure_does_not_depend_on_what_was_asked() -> None:
    found = [case(started=f"2026-{month:02}-15") for month in range(1, 13)]
    asked = {"first": date(2026, 2, 20), "last": date(2026, 5, 10)}
    quarters = figure(found, CASES, kind="quarter", **asked)
    assert values(quarters) == {"2026-Q1": 3, "2026-Q2": 3}
    assert values(figure(found, CASES, **asked)) == {"2026-02-20/2026-05-10": 2}


def test_the_first_and_the_last_day_of_a_period_belong_to_it() -> None:
    found = [case(started=day) for day in ("2026-01-01", "2026-03-31", "2026-04-01")]
    assert list(values(figure(found, CASES, kind="quarter")).values())[:2] == [2, 1]


def test_what_lies_after_the_day_of_judgement_has_not_happened() -> None:
    found = [
        closed(
            "2026-06-30",
            "delivered",
            entry("meet", "2026-03-01"),
            entry("decide", "2026-03-05", option="again"),
            entry("decide", "2026-06-20", option="yes"),
        )
    ]
    then = {"as_of": date(2026, 3, 31)}
    time = {"time": {"from": "meet", "to": "decide"}}
    assert only(figure(found, time, **then)).value == 4
    assert only(figure(found, time)).value == 111
    assert only(figure(found, {"count": {"end": "delivered"}}, **then)).value == 0
    share = {"share": {"where": {"option": "decide.yes"}, "of": {"step": "meet"}}}
    assert only(figure(found, share, **then)).value == 0
    whole = {"time": {"from": "start", "to": "end"}}
    assert figure(found, whole, **then).pending == 1  # it was still under way
    assert figure(found, whole).pending == 0


def test_the_period_of_the_day_of_judgement_is_told_as_not_over() -> None:
    quarters = figure([case()], CASES, kind="quarter", as_of=date(2026, 6, 29))
    assert [cell.complete for cell in quarters.cells] == [True, False]
    quarters = figure([case()], CASES, kind="quarter", as_of=date(2026, 6, 30))
    assert [cell.complete for cell in quarters.cells] == [True, True]


def test_without_cases_the_figure_has_the_period_of_the_day_and_no_more() -> None:
    told = figure([], CASES, kind="year")
    assert values(told) == {"2026": 0}


def test_the_range_begins_with_whatever_is_measured_even_where_a_case_is_dated_later() -> None:
    found = [case(entry("meet", "2025-11-03"), started="2026-02-01")]
    told = figure(found, {"count": {"step": "meet"}}, kind="year")
    assert values(told) == {"2025": 1, "2026": 0}
    assert values(figure(found, CASES, kind="year")) == {"2026": 1}
    assert values(figure(found, CASES, kind="year", last=date(2024, 5, 5))) == {"2024": 0}


def test_each_figure_has_its_own_period_unless_one_is_asked_for() -> None:
    kpis = ({"id": "a", "measure": CASES, "period": "year"}, {"id": "b", "measure": CASES})
    year, whole = figures([case()], *kpis)
    assert [year.cells[0].period.label, whole.cells[0].period.label] == [
        "2026",
        "2026-01-05/2026-12-31",
    ]
    both = figures([case()], *kpis, kind="quarter")
    assert {len(told.cells) for told in both} == {4}


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="after its end"):
        figure([], CASES, first=date(2026, 3, 1), last=date(2026, 2, 1))
    with pytest.raises(UsageError, match="after its end"):
        figure([], CASES, first=date(2027, 3, 1))


def test_one_record_with_a_date_in_the_first_year_does_not_make_thousands_of_periods() -> None:
    found = [case(started="0001-01-01"), case()]
    with pytest.raises(UsageError, match="more than 1200 periods"):
        figure(found, CASES, kind="month")
    asked = figure(found, CASES, kind="month", first=date(2026, 1, 1), last=date(2026, 1, 1))
    assert only(asked).value == 1


def test_the_last_periods_of_the_calendar() -> None:
    told = figure([], CASES, kind="month", as_of=date(9999, 12, 31), first=date(9999, 11, 1))
    assert list(values(told)) == ["9999-11", "9999-12"]


def test_numbers_behind_which_too_few_cases_stand_are_withheld() -> None:
    found = [
        case(started="2026-01-05"),
        case(started="2026-01-06"),
        case(started="2026-02-06"),
        case(started="oops"),
    ]
    told = figure(found, CASES, kind="month", min_cases=2, kpi={"target": {"min": 1}})
    january, february, march = told.cells[:3]
    assert (january.value, january.cases) == (2, 2)
    assert (february.value, february.cases, february.missing) == (None, None, None)
    assert february.judgement is Judgement.WITHHELD
    assert (march.value, march.cases) == (0, 0)
    assert told.undated is None


def test_a_few_missing_cases_are_withheld_too() -> None:
    found = [case(entry("decide", "2026-03-05"))]
    told = only(figure(found, {"time": {"from": "meet", "to": "decide"}}, min_cases=3))
    assert (told.cases, told.missing, told.judgement) == (None, None, "withheld")


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period("month", date(2026, 3, 1), date(2026, 3, 31)), "2026-03"),
        (Period("quarter", date(2026, 10, 1), date(2026, 12, 31)), "2026-Q4"),
        (Period("year", date(2026, 1, 1), date(2026, 12, 31)), "2026"),
        (Period("range", date(2026, 1, 2), date(2026, 1, 3)), "2026-01-02/2026-01-03"),
    ],
)
def test_labels(period: Period, label: str) -> None:
    assert period.label == label
