"""Dates, spans and counts in words."""

from __future__ import annotations

from datetime import date

import pytest

from regelwerk.artifacts.view.speech import speech


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("P5BD", "5 business days"),
        ("P1BD", "1 business day"),
        ("P1Y", "1 year"),
        ("P1Y6M", "1 year and 6 months"),
        ("PT4H", "4 hours"),
        ("P1DT2H30M", "1 day, 2 hours and 30 minutes"),
        ("P0D", "0 days"),
    ],
)
def test_durations_are_said_in_words(written: str, said: str) -> None:
    assert speech("en").span(written) == said


def test_dates_follow_the_language() -> None:
    assert speech("en").day(date(2022, 5, 12)) == "12 May 2022"
    assert speech("de").day(date(2022, 5, 12)) == "12. Mai 2022"
    assert speech("en-US").day(date(2022, 5, 12)) == "May 12, 2022"


def test_an_unknown_language_is_written_in_english() -> None:
    assert speech("xx").day(date(2022, 5, 12)) == "12 May 2022"
    assert speech("xx").labels["purpose"] == "Purpose"


def test_values_are_never_read_as_phrases() -> None:
    said = speech("en").say("step", number="1", title="{number} {x} {0}")
    assert said == "step 1, {number} {x} {0}"
