"""Business days: not Saturdays, Sundays, or the public holidays of the organization's country."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta


class BusinessCalendar:
    """The calendar of a country (ISO 3166 code); weekends only where the country is not known.

    Holidays are those of the whole country, as the `holidays` library knows them.
    """

    def __init__(self, country: str | None) -> None:
        self._country = country
        self._years: dict[int, Container[date]] = {}

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

    def _holidays(self, year: int) -> Container[date]:
        if year not in self._years:
            self._years[year] = _load(self._country, year)
        return self._years[year]


def _load(country: str | None, year: int) -> Container[date]:
    if country is None:
        return frozenset()
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()
