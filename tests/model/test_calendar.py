"""Counting business days agrees with walking along the calendar day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regelwerk.model.calendar import BusinessCalendar

CALENDARS = {country: BusinessCalendar(country) for country in ("DE", "US", None, "XX")}
DAYS = st.dates(date(1999, 1, 1), date(2031, 12, 31))


@given(DAYS, st.integers(0, 900), st.sampled_from(list(CALENDARS)))
def test_the_count_between_two_days_is_the_number_of_business_days_walked_over(
    first: date, days: int, country: str | None
) -> None:
    calendar = CALENDARS[country]
    last = first + timedelta(days=days)
    walked = sum(calendar.is_business_day(first + timedelta(days=n)) for n in range(1, days + 1))
    assert calendar.between(first, last) == walked
    added = calendar.add(first, walked)
    assert added is not None
    assert added <= last


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-04-02", "2026-04-07", 1),  # Good Friday, a weekend and Easter Monday between
        ("2026-05-15", "2026-05-16", 0),
        ("2026-05-16", "2026-05-18", 1),
        ("2026-05-18", "2026-05-18", 0),
        ("2026-05-18", "2026-05-11", 0),
        ("0001-01-01", "0001-01-08", 5),
    ],
)
def test_between_in_germany(first: str, last: str, count: int) -> None:
    assert CALENDARS["DE"].between(date.fromisoformat(first), date.fromisoformat(last)) == count
