"""What is counted, where it is counted, and what belongs to what."""

from __future__ import annotations

from figures.support import case, closed, entry, figure, figures, only, values

CASES = {"count": "cases"}
MET = {"count": {"step": "meet"}}
YES = {"count": {"option": "decide.yes"}}
DELIVERED = {"count": {"end": "delivered"}}


def test_cases_count_in_the_period_of_their_start_whatever_has_become_of_them() -> None:
    found = [
        case(started="2026-01-31"),
        case(started="2026-02-01", status="on-hold"),
        closed("2026-03-03", "refused", started="2026-02-28"),
        case(started="2026-03-01", status="cancelled", cancelled={"on": "2026-03-02"}),
    ]
    counted = figure(found, CASES, kind="month")
    assert list(values(counted).items())[:4] == [
        ("2026-01", 1),
        ("2026-02", 2),
        ("2026-03", 1),
        ("2026-04", 0),
    ]


def test_a_step_counts_at_each_of_its_completions() -> None:
    found = [
        case(entry("meet", "2026-01-07"), entry("meet", "2026-01-09"), entry("meet", "2026-02-03"))
    ]
    counted = figure(found, MET, kind="month")
    assert (counted.cells[0].value, counted.cells[0].cases) == (2, 1)
    assert (counted.cells[1].value, counted.cells[1].cases) == (1, 1)


def test_an_option_counts_where_it_was_chosen_and_only_there() -> None:
    found = [
        case(
            entry("decide", "2026-01-07", option="again"),
            entry("decide", "2026-02-07", option="yes"),
        ),
        case(entry("decide", "2026-02-08", option="no"), entry("meet", "2026-02-08", option="yes")),
        case(entry("decide", "2026-02-09")),
    ]
    assert only(figure(found, YES)).value == 1
    assert values(figure(found, YES, kind="month"))["2026-02"] == 1


def test_an_end_counts_at_the_closing_of_a_closed_case() -> None:
    found = [
        closed("2026-02-28", "delivered", started="2025-12-01"),
        closed("2026-03-01", "delivered"),
        closed("2026-03-01", "refused"),
        case(status="cancelled", closed="2026-03-02", end="delivered"),
        case(closed="2026-03-02", end="delivered"),
    ]
    counted = values(figure(found, DELIVERED, kind="month"))
    assert (counted["2025-12"], counted["2026-02"], counted["2026-03"]) == (0, 1, 1)


def test_a_date_time_counts_on_its_day_in_the_organizations_time_zone() -> None:
    found = [case(entry("meet", "2026-03-31T22:30:00+00:00"))]  # half past midnight in Berlin
    counted = values(figure(found, MET, kind="month"))
    assert (counted["2026-03"], counted["2026-04"]) == (0, 1)


def test_periods_without_anything_are_told_and_count_nothing() -> None:
    found = [case(entry("meet", "2026-02-03"), started="2026-02-01")]
    counted = figure(found, MET, kind="quarter")
    assert values(counted) == {"2026-Q1": 1, "2026-Q2": 0, "2026-Q3": 0, "2026-Q4": 0}
    assert [cell.cases for cell in counted.cells] == [1, 0, 0, 0]


def test_without_a_period_the_whole_range_is_one() -> None:
    counted = only(figure([case(started="2025-03-01"), case(started="2026-03-01")], CASES))
    assert (counted.period.label, counted.value) == ("2025-03-01/2026-12-31", 2)


def test_what_has_no_date_is_in_no_period_and_is_told() -> None:
    found = [
        case(entry("meet", None), entry("meet", "2026-02-03")),
        case(entry("meet", "2026-02-30")),
        case(started="yesterday"),
        closed(None, "delivered"),
    ]
    step = figure(found, MET)
    assert (only(step).value, step.undated) == (1, 2)
    cases = figure(found, CASES)
    assert (only(cases).value, cases.undated) == (3, 1)
    end = figure(found, DELIVERED)
    assert (only(end).value, end.undated) == (0, 1)


def test_a_share_is_the_percentage_of_cases_with_of_that_also_have_where_at_any_time() -> None:
    found = [
        case(entry("meet", "2026-01-07"), entry("decide", "2026-05-01", option="yes")),
        case(entry("decide", "2025-11-01", option="yes"), entry("meet", "2026-01-08")),
        case(entry("meet", "2026-01-09"), entry("decide", "2026-01-09", option="no")),
        case(entry("meet", "2026-01-10")),
        case(entry("decide", "2026-01-11", option="yes")),
    ]
    share = {"share": {"where": {"option": "decide.yes"}, "of": {"step": "meet"}}}
    january, february = figure(found, share, kind="month").cells[:2]
    assert (january.value, january.cases) == (50, 4)
    assert (february.value, february.cases) == (None, 0)


def test_a_case_counts_once_in_each_period_of_a_share() -> None:
    found = [
        case(
            entry("meet", "2026-01-07"),
            entry("meet", "2026-01-08"),
            entry("meet", "2026-02-08"),
            entry("decide", "2026-02-09", option="yes"),
        ),
        case(entry("meet", "2026-01-07")),
    ]
    share = {"share": {"where": {"option": "decide.yes"}, "of": {"step": "meet"}}}
    counted = figure(found, share, kind="month")
    assert list(values(counted).items())[:2] == [("2026-01", 50), ("2026-02", 100)]
    assert [cell.cases for cell in counted.cells[:2]] == [2, 1]
    assert only(figure(found, share)).value == 50


def test_shares_of_cases_and_of_ends() -> None:
    found = [
        closed("2026-04-01", "delivered", started="2026-01-01"),
        closed("2026-04-01", "refused", started="2026-01-02"),
        case(started="2026-01-03"),
        case(started="2026-01-03"),
    ]
    of_cases = {"share": {"where": {"end": "delivered"}, "of": "cases"}}
    assert values(figure(found, of_cases, kind="month"))["2026-01"] == 25
    of_ends = {"share": {"where": "cases", "of": {"end": "refused"}}}
    assert values(figure(found, of_ends, kind="month"))["2026-04"] == 100


def test_shares_are_in_percent() -> None:
    share = {"share": {"where": {"step": "meet"}, "of": "cases"}}
    assert figure([], share, kpi={"unit": "parts"}).unit == "%"


def test_closed_cases_conform_or_not_at_their_closing() -> None:
    found = [
        closed("2026-01-20", "delivered"),
        closed("2026-01-21", "delivered"),
        closed("2026-01-22", "delivered"),
        closed("2026-02-22", "delivered"),
        case(),
    ]
    rate = figure(
        found, {"conformance_rate": {}}, conforms=[True, False, True, True, False], kind="month"
    )
    january, february, march = rate.cells[:3]
    assert (round(january.value or 0, 6), january.cases) == (66.666667, 3)
    assert (february.value, march.value) == (100, None)
    assert rate.unit == "%"


def test_cases_that_nobody_judged_are_missing_from_the_conformance_rate() -> None:
    found = [closed("2026-01-20", "delivered")] * 3
    cell = only(figure(found, {"conformance_rate": {}}, conforms=[True, None, None]))
    assert (cell.value, cell.cases, cell.missing) == (100, 1, 2)
    nobody = only(figure(found, {"conformance_rate": {}}))
    assert (nobody.value, nobody.cases, nobody.missing) == (None, 0, 3)


def test_a_figure_without_measure_is_told_as_not_measured() -> None:
    (told,) = figures([case()], {"target": {"min": 1}})
    assert (told.measured, told.cells) == (False, ())
