"""Times, sums and ratios: units, rounds, ties, and what is missing."""

from __future__ import annotations

import pytest

from figures.support import case, closed, entry, figure, figures, only, process, values
from regelwerk.figures.elapsed import aggregate, rank

TIME = {"time": {"from": "meet", "to": "decide"}}


def taken(first: str, last: str, unit: str) -> float | None:
    found = [case(entry("meet", first), entry("decide", last))]
    return only(figure(found, TIME, kpi={"unit": unit})).value


@pytest.mark.parametrize(
    ("first", "last", "unit", "value"),
    [
        ("2026-03-02T10:00:00+01:00", "2026-03-02T10:45:30+01:00", "min", 45.5),
        ("2026-03-02T10:00:00+01:00", "2026-03-03T09:00:00+01:00", "h", 23),
        ("2026-03-02T10:00:00+01:00", "2026-03-03T22:00:00+01:00", "d", 1.5),
        # The clocks go forward on 29 March: the time that really passed.
        ("2026-03-28T12:00:00+01:00", "2026-03-29T12:00:00+02:00", "h", 23),
        # Either side a date: calendar days.
        ("2026-03-02", "2026-03-03T23:59:00+01:00", "d", 1),
        ("2026-03-02T23:59:00+01:00", "2026-03-03", "d", 1),
        ("2026-03-02", "2026-03-04", "h", 48),
        ("2026-03-02", "2026-03-03", "min", 1440),
        ("2026-03-02", "2026-03-02", "d", 0),
        ("2026-03-28", "2026-03-30", "h", 48),
        # The day of a date-time is that of the organization's time zone.
        ("2026-03-01T23:30:00+00:00", "2026-03-03", "d", 1),
        # Business days: Good Friday, a weekend and Easter Monday are left out.
        ("2026-04-02", "2026-04-07", "BD", 1),
        ("2026-04-02T08:00:00+02:00", "2026-04-08T07:00:00+02:00", "BD", 2),
        ("2026-05-16", "2026-05-17", "BD", 0),
        ("2026-05-15", "2026-05-18", "BD", 1),
        ("2026-05-18", "2026-05-18", "BD", 0),
    ],
)
def test_units_of_time(first: str, last: str, unit: str, value: float) -> None:
    assert taken(first, last, unit) == value


def test_a_time_goes_from_the_first_from_to_the_last_to_and_counts_where_that_lies() -> None:
    found = [
        case(
            entry("meet", "2026-01-10"),
            entry("decide", "2026-01-12", option="again"),
            entry("meet", "2026-01-20"),
            entry("decide", "2026-02-03", option="yes"),
        )
    ]
    assert values(figure(found, TIME, kind="month", last=None)) == {
        **{f"2026-{month:02}": None for month in range(1, 13)},
        "2026-02": 24,
    }


def test_first_and_last_are_found_by_time_and_not_by_the_order_in_the_record() -> None:
    found = [
        case(
            entry("decide", "2026-02-10"),
            entry("meet", "2026-02-05"),
            entry("meet", "2026-02-01"),
            entry("decide", "2026-02-08"),
        )
    ]
    assert only(figure(found, TIME)).value == 9


def test_a_date_stands_at_the_beginning_of_its_day_when_the_first_is_looked_for() -> None:
    found = [
        case(
            entry("meet", "2026-02-01T08:00:00+01:00"),
            entry("meet", "2026-02-01"),
            entry("decide", "2026-02-02T20:00:00+01:00"),
        )
    ]
    assert only(figure(found, TIME, kpi={"unit": "h"})).value == 24


def test_from_the_start_to_the_end_of_closed_cases() -> None:
    found = [
        closed("2026-01-15", "delivered", started="2026-01-05"),
        closed("2026-01-16", "refused", started="2026-01-05"),
        case(started="2026-01-01", closed="2026-03-01"),
    ]
    whole = {"time": {"from": "start", "to": "end"}}
    cell = only(figure(found, whole, kpi={"aggregate": "mean"}))
    assert (cell.value, cell.cases, cell.missing) == (10.5, 2, 0)


def lasting(*days: int) -> list[dict]:
    return [
        case(entry("meet", "2026-03-01"), entry("decide", f"2026-03-{1 + day:02}")) for day in days
    ]


@pytest.mark.parametrize(
    ("kind", "days", "value"),
    [
        ("median", (7, 1, 3), 3),
        ("median", (1, 2, 3, 10), 2),  # nearest rank: a value that occurred, not 2.5
        ("median", (4, 4, 4, 9), 4),
        ("median", (5,), 5),
        ("mean", (1, 2, 3, 10), 4),
        ("max", (1, 10, 3), 10),
        ("p90", tuple(range(1, 11)), 9),  # ⌈0.9 · 10⌉ = 9
        ("p90", tuple(range(1, 12)), 10),  # ⌈0.9 · 11⌉ = ⌈9.9⌉ = 10
        ("p90", (3,), 3),
        ("p90", (2, 2, 2, 2, 2, 2, 2, 2, 2, 20), 2),
    ],
)
def test_aggregates(kind: str, days: tuple[int, ...], value: float) -> None:
    assert only(figure(lasting(*days), TIME, kpi={"aggregate": kind})).value == value


def test_the_rank_is_exact_where_binary_fractions_are_not() -> None:
    assert [rank(9, 10, n) for n in (1, 9, 10, 11, 100, 110)] == [1, 9, 9, 10, 90, 99]
    assert aggregate([3.0, 1.0, 2.0, 4.0], "median") == 2.0


def test_a_time_without_aggregate_and_unit_is_a_median_in_days() -> None:
    told = figure(lasting(1, 2, 30), TIME)
    assert (only(told).value, told.unit) == (2, "d")


def test_cases_without_from_or_with_times_in_the_wrong_order_are_missing() -> None:
    found = [
        *lasting(3),
        case(entry("decide", "2026-03-05")),
        case(entry("meet", "2026-03-09"), entry("decide", "2026-03-08")),
        case(entry("meet", None), entry("decide", "2026-03-08")),
    ]
    cell = only(figure(found, TIME))
    assert (cell.value, cell.cases, cell.missing) == (3, 1, 3)


def test_open_cases_that_have_not_reached_to_are_pending_and_closed_ones_are_not_concerned() -> (
    None
):
    found = [
        *lasting(3),
        case(entry("meet", "2026-03-05")),
        case(entry("meet", "2026-03-05"), status="on-hold"),
        closed("2026-03-09", "refused", entry("meet", "2026-03-05")),
        case(entry("meet", "2026-03-05"), status="cancelled", cancelled={"on": "2026-03-06"}),
        case(entry("meet", "2026-03-05"), entry("decide", None)),
        case(),
    ]
    told = figure(found, TIME)
    assert (told.pending, told.undated) == (2, 1)
    assert (only(told).cases, only(told).missing) == (1, 0)


def test_a_sum_adds_each_completion_where_it_lies() -> None:
    found = [
        case(
            entry("meet", "2026-01-07", fields={"cost": 10}),
            entry("meet", "2026-01-09", fields={"cost": 2.5}),
            entry("meet", "2026-02-09", fields={"cost": -1}),
        ),
        case(entry("meet", "2026-01-09", fields={"cost": 0.1})),
        case(entry("deliver", "2026-01-09", fields={"cost": 99})),
    ]
    january, february, march = figure(found, {"sum": {"field": "meet.cost"}}, kind="month").cells[
        :3
    ]
    assert (january.value, january.cases, january.missing) == (12.6, 2, 0)
    assert (february.value, february.cases) == (-1, 1)
    assert (march.value, march.cases) == (0, 0)


@pytest.mark.parametrize("cost", ["12", True, None, [1], {"x": 1}])
def test_what_is_no_number_is_missing_from_a_sum(cost: object) -> None:
    found = [
        case(entry("meet", "2026-01-07", fields={"cost": cost})),
        case(entry("meet", "2026-01-07", fields={"cost": 3}), entry("meet", "2026-01-08")),
    ]
    cell = only(figure(found, {"sum": {"field": "meet.cost"}}))
    assert (cell.value, cell.cases, cell.missing) == (3, 1, 2)
    alone = only(figure(found[:1], {"sum": {"field": "meet.cost"}}))
    assert (alone.value, alone.cases, alone.missing) == (None, 0, 1)


COSTS = {"id": "costs", "measure": {"sum": {"field": "meet.cost"}}, "period": "year"}
ENDS = {"id": "ends", "measure": {"count": {"end": "delivered"}}, "period": "month"}


def test_a_ratio_computes_both_parts_in_its_own_period() -> None:
    found = [
        closed("2026-05-02", "delivered", entry("meet", "2026-04-07", fields={"cost": 30})),
        closed("2026-06-02", "delivered", entry("meet", "2026-07-07", fields={"cost": 50})),
    ]
    ratio = {"id": "r", "measure": {"ratio": {"of": "costs", "per": "ends"}}, "period": "quarter"}
    _, _, told = figures(found, COSTS, ENDS, ratio)
    assert values(told) == {"2026-Q1": None, "2026-Q2": 15, "2026-Q3": None, "2026-Q4": None}
    assert told.cells[1].cases == 1


def test_a_ratio_with_an_empty_part_has_no_value() -> None:
    ratio = {"id": "r", "measure": {"ratio": {"of": "ends", "per": "rate"}}}
    rate = {"id": "rate", "measure": {"conformance_rate": {}}}
    _, _, told = figures([closed("2026-05-02", "delivered")], ENDS, rate, ratio)
    assert only(told).value is None


def test_a_ratio_may_be_part_of_a_ratio_and_a_circle_has_no_value() -> None:
    found = [closed("2026-05-02", "delivered"), closed("2026-05-03", "delivered")]
    cases = {"id": "cases", "measure": {"count": "cases"}}
    one = {"id": "one", "measure": {"ratio": {"of": "ends", "per": "cases"}}}
    two = {"id": "two", "measure": {"ratio": {"of": "one", "per": "cases"}}}
    assert only(figures(found, ENDS, cases, one, two)[3]).value == 0.5
    circle = {"id": "one", "measure": {"ratio": {"of": "two", "per": "cases"}}}
    assert only(figures(found, ENDS, cases, circle, two)[3]).value is None


def test_a_ratio_of_figures_that_are_not_measured_has_no_value() -> None:
    ratio = {"id": "r", "measure": {"ratio": {"of": "plain", "per": "ends"}}}
    told = figures([closed("2026-05-02", "delivered")], ENDS, {"id": "plain"}, ratio)[2]
    assert only(told).value is None


def test_earlier_ids_of_a_step_count_over_all_versions() -> None:
    found = [
        case(entry("call-on", "2026-01-01"), entry("visit", "2026-01-02"), version="0.8"),
        case(entry("meet", "2026-01-03")),
        case(entry("other", "2026-01-04")),
    ]
    older = process(steps=[{"id": "visit", "was": ["call-on"]}, {"id": "other"}])
    assert only(figure(found, {"count": {"step": "meet"}})).value == 2
    assert only(figure(found, {"count": {"step": "meet"}}, earlier=(older,))).value == 3


def test_an_earlier_id_that_another_step_has_now_means_that_other_step() -> None:
    older = process(steps=[{"id": "visit", "was": ["decide"]}])
    found = [case(entry("decide", "2026-01-01"))]
    assert only(figure(found, {"count": {"step": "meet"}}, earlier=(older,))).value == 0
