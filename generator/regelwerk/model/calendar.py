"""Business days: not Saturdays, Sundays, or the public holidays of the organization's country."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta


class BusinessCalendar:
    """The calendar of a country (ISO 3166 code); weekends only where the country is not known.

    Holidays are those of the whole country, as the `holidays` library knows them.
    """

    def __init__(self, country: str | None) -> None:
        self._country = country
        self._years: dict[int, frozenset[date]] = {}
        self._on_weekdays: dict[int, list[date]] = {}

    def is_business_day(self, day: date) -> bool:
        """Whether people work on that day."""
        return day.weekday() < 5 and day not in self._holidays(day.year)

    def add(self, day: date, count: int) -> date | None:
        """The day that many business days later; the day itself is not counted."""
        try:
            while count > 0:
                day += timedelta(days=1)
                if self.is_business_day(day):
                    count -= 1
        except OverflowError:
            return None
        return day

    def between(self, first: date, last: date) -> int:
        """How many business days come after `first`, up to and including `last`; never negative."""
        if last <= first:
            return 0
        weekdays = _weekdays(last) - _weekdays(first)
        return weekdays - sum(
            self._off(year, min(last, date(year, 12, 31))) - self._off(year, first)
            for year in range(first.year, last.year + 1)
        )

    def _off(self, year: int, until: date) -> int:
        """Holidays of a year up to a day that take a weekday away."""
        if year not in self._on_weekdays:
            days = sorted(day for day in self._holidays(year) if day.weekday() < 5)
            self._on_weekdays[year] = days
        return bisect_right(self._on_weekdays[year], until)

    def _holidays(self, year: int) -> frozenset[date]:
        if year not in self._years:
            self._years[year] = _load(self._country, year)
        return self._years[year]


def _weekdays(until: date) -> int:
    """Mondays to Fridays from the first day of the calendar, a Monday, up to a day."""
    weeks, rest = divmod(until.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def _load(country: str | None, year: int) -> frozenset[date]:
    if country is None:
        return frozenset()
    import holidays

    try:
        known = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return frozenset()
    # Those of a year may hold the eve of it, observed on the last day of the year before.
    return frozenset(day for day in known if day.year == year)
