"""Days and moments: what is one, and how two are compared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regelwerk.model.moment import day_of, is_before, parse_date, parse_moment, zone_named

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-30",
        "2022-13-01",
        "0000-01-01",
        "22-05-16",
        "2022-5-16",
        "2022-05-16\n",
        "16.05.2022",
        "2022-05-16 ",
        "٢٠٢٢-٠٥-١٦",
        "20220516",
        "2022-W20-1",
        "",
        "today",
        None,
        20220516,
    ],
)
def test_what_is_no_day(text: object) -> None:
    assert parse_date(text) is None
    assert parse_moment(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-16T10:15",
        "2022-05-16 10:15:00+02:00",
        "2022-05-16T10+02:00",
        "2022-05-16T24:00Z",
        "2022-05-16T10:61Z",
        "2022-05-16T10:15:00.1234567Z",
        "2022-05-16T10:15:00+0200",
        "2022-05-16T10:15:00+25:00",
        "2022-05-16T10:15Z\n",
        "0001-01-01T00:00Z",
        "9999-12-31T23:59Z",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert parse_moment(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-05-16", date(2022, 5, 16)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2022-05-16T10:15Z", datetime(2022, 5, 16, 10, 15, tzinfo=UTC)),
        ("2022-05-16t10:15:30z", datetime(2022, 5, 16, 10, 15, 30, tzinfo=UTC)),
        (
            "2022-05-16T10:15:00.25+02:00",
            datetime(2022, 5, 16, 10, 15, 0, 250_000, tzinfo=timezone(timedelta(hours=2))),
        ),
    ],
)
def test_days_and_moments(text: str, moment: date) -> None:
    assert parse_moment(text) == moment


def test_the_day_of_a_moment_is_that_of_the_place() -> None:
    late = datetime(2022, 5, 16, 22, 30, tzinfo=UTC)
    assert day_of(late, BERLIN) == date(2022, 5, 17)
    assert day_of(late, UTC) == date(2022, 5, 16)
    assert day_of(date(2022, 5, 16), BERLIN) == date(2022, 5, 16)


def test_moments_are_compared_to_the_second_and_with_a_day_by_the_day() -> None:
    ten, eleven = (datetime(2022, 5, 16, hour, tzinfo=UTC) for hour in (10, 11))
    assert is_before(ten, eleven, BERLIN)
    assert not is_before(eleven, ten, BERLIN)
    assert not is_before(ten, date(2022, 5, 16), BERLIN)
    assert not is_before(date(2022, 5, 16), ten, BERLIN)
    assert is_before(date(2022, 5, 15), ten, BERLIN)
    assert is_before(datetime(2022, 5, 15, 21, 59, tzinfo=UTC), date(2022, 5, 16), BERLIN)
    assert not is_before(datetime(2022, 5, 15, 22, 0, tzinfo=UTC), date(2022, 5, 16), BERLIN)


MOMENTS = st.dates(date(2, 1, 1), date(9998, 12, 31)) | st.datetimes(
    datetime(2, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(9998, 12, 31),  # noqa: DTZ001
    timezones=st.timezones(),
)


@given(MOMENTS, MOMENTS)
def test_nothing_is_before_itself_and_never_both_before_the_other(
    first: date, second: date
) -> None:
    assert not is_before(first, first, BERLIN)
    assert not (is_before(first, second, BERLIN) and is_before(second, first, BERLIN))


@given(st.sampled_from(["0002-01-01T00:00+14:00", "9998-12-31T23:59-12:00"]), st.timezones())
def test_the_edges_of_the_calendar_have_a_day_everywhere(text: str, zone: ZoneInfo) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert day_of(moment, zone)


def test_an_unknown_time_zone_is_utc() -> None:
    assert zone_named("Europe/Berlin") == BERLIN
    for name in ("Mars/Olympus", "", "../etc/passwd", "a\0b", "/etc/localtime", "x" * 5000):
        assert zone_named(name) is UTC
