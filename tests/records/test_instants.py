"""Moments as numbers say what moments as dates and times say."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from regelwerk.model.moment import day_of, is_before, parse_moment
from regelwerk.records.instant import Instants, is_earlier

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
         "Pacific/Apia", "Asia/Kolkata", "UTC"]  # fmt: skip
OFFSETS = ["Z", "+00:00", "+02:00", "-05:00", "+05:30", "-11:00", "+14:00", "+23:59", "-23:59"]
DAYS = ["2011-12-29", "2011-12-30", "2011-12-31", "1970-01-01", "1945-08-14", "0002-01-01",
        "9997-12-31", "9998-12-31", "2024-02-29"]  # fmt: skip


def texts(random: Random, count: int) -> list[str]:
    found = []
    for _ in range(count):
        day = date(2015, 1, 1) + timedelta(days=random.randrange(4000))
        text = random.choice([day.isoformat(), day.isoformat(), random.choice(DAYS)])
        if random.random() < 0.6:
            clock = f"T{random.randrange(24):02}:{random.randrange(60):02}"
            clock += random.choice(["", ":00", ":59", ":30.5", ":59.999999"])
            text += clock + random.choice(OFFSETS)
        found.append(text)
    return found


@pytest.mark.parametrize("name", ZONES)
def test_days_and_order_are_those_of_the_moments(name: str) -> None:
    zone = ZoneInfo(name)
    instants = Instants(zone)
    written = texts(Random(name), 3000)  # noqa: S311
    pairs = [(instants.of(text), parse_moment(text)) for text in written]
    for (instant, moment), text in zip(pairs, written, strict=True):
        assert moment is not None
        assert instant == instants.at(moment) == instants.of(text), text
        assert instant[0] == day_of(moment, zone).toordinal(), text
        assert (instant[1] is None) is not isinstance(moment, datetime)
    for (one, first), (two, second) in pairwise(pairs):
        assert first is not None
        assert second is not None
        assert is_earlier(one, two) is is_before(first, second, zone), (first, second)


@pytest.mark.parametrize(
    "text",
    ["", "2022", "2022-02-30", "2022-05-16T", "2022-05-16 10:00Z", "2022-05-16t10:00:00z",
     "2022-05-16T10:00:00z", "2022-05-16T24:00:00Z", "2022-05-16T10:00", "２０２２-05-16",
     "2022-05-16T10:00:00+24:00", "2022-02-30T10:00:00Z", "9999-12-31T23:00:00Z"],
)  # fmt: skip
def test_what_the_schema_refuses_is_no_moment(text: str) -> None:
    instants = Instants(ZoneInfo("Europe/Berlin"))
    instants.of("2022-05-16T10:00:00Z")
    for _ in range(2):
        with pytest.raises(ValueError, match=text.replace("+", r"\+") or "^$"):
            instants.of(text)
