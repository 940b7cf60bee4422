"""The countries that may be named are those whose holidays are known."""

import holidays.registry

from regelwerk.project.countries import COUNTRIES


def test_every_country_may_be_named_whose_holidays_are_known_and_no_other() -> None:
    assert {entry[1] for entry in holidays.registry.COUNTRIES.values()} == COUNTRIES
