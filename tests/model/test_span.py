"""Lengths of time as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regelwerk.model.span import Span, add_calendar, add_months, parse_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("P5D", Span(days=5)),
        ("P2W", Span(weeks=2)),
        ("P1Y6M", Span(years=1, months=6)),
        ("PT4H", Span(hours=4)),
        ("PT90M", Span(minutes=90)),
        ("P1DT12H", Span(days=1, hours=12)),
        ("P5BD", Span(business_days=5)),
        ("P0D", Span()),
    ],
)
def test_spans(text: str, span: Span) -> None:
    assert parse_span(text) == span
    assert span.has_time is ("T" in text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "5D",
        "p5d",
        "P5",
        "P-5D",
        "P1.5D",
        "P5BDT1H",
        "P1YP1M",
        "P5D\n",
        "P٥D",
        "P1M1Y",
        "PT5S",
        "P99999999D",
        "5 days",
    ],
)
def test_what_is_no_span(text: str) -> None:
    assert parse_span(text) is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 10, 31), 13, date(2025, 11, 30)),
        (date(9999, 12, 1), 1, None),
    ],
)
def test_months_clamp_to_their_end(day: date, months: int, expected: date | None) -> None:
    assert add_months(day, months) == expected


def test_years_and_months_come_before_weeks_and_days() -> None:
    assert add_calendar(date(2024, 1, 31), Span(months=1, days=1)) == date(2024, 3, 1)
    assert add_calendar(date(2024, 2, 29), Span(years=1, weeks=1)) == date(2025, 3, 7)
    assert add_calendar(date(9999, 12, 31), Span(days=1)) is None


@given(st.dates(), st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 99999))
def test_adding_never_fails_and_never_goes_back(
    day: date, years: int, weeks: int, days: int
) -> None:
    later = add_calendar(day, Span(years=years, weeks=weeks, days=days))
    assert later is None or later >= day
