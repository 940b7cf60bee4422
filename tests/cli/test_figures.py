"""Small pictures, numbers and cells of key figures."""

from __future__ import annotations

from datetime import date

import pytest

from regelwerk.cli.figures.words import number, rounded, sparkline, target_words
from regelwerk.cli.spreadsheet import harmless
from regelwerk.model.figure import Cell, Judgement, Period
from regelwerk.model.process import KpiTarget


def cells(*values: float | None) -> list[Cell]:
    period = Period("year", date(2026, 1, 1), date(2026, 12, 31))
    return [
        Cell(
            period=period,
            value=value,
            cases=1,
            missing=0,
            judgement=Judgement.NO_TARGET,
            complete=True,
        )
        for value in values
    ]


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        ((), ""),
        ((0, 0), "▁▁"),
        ((5, 5), "██"),
        ((0, 7), "▁█"),
        ((1, 2, 3, 4, 5, 6, 7), "▂▃▄▅▆▇█"),
        ((None, 4, None), "·█·"),
        ((None,), "·"),
        ((-4, 0, 4), "▁▅█"),
        ((-4, -4), "▁▁"),
    ],
)
def test_a_course_begins_at_nought(values: tuple[float | None, ...], bars: str) -> None:
    assert sparkline(cells(*values)) == bars


@pytest.mark.parametrize(
    ("value", "text", "short"),
    [
        (None, "", ""),
        (0, "0", "0"),
        (-0.00001, "0", "0"),
        (10, "10", "10"),
        (1234567.5, "1234567.5", "1234567.5"),
        (2 / 3, "0.6667", "0.67"),
        (-1.5, "-1.5", "-1.5"),
        (100.0, "100", "100"),
    ],
)
def test_numbers(value: float | None, text: str, short: str) -> None:
    assert (number(value), rounded(value)) == (text, short)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_texts_that_a_spreadsheet_would_compute(text: str, cell: str) -> None:
    assert harmless(text) == cell


def test_targets_in_words() -> None:
    assert target_words(KpiTarget(min=10)) == "≥ 10"
    assert target_words(KpiTarget(max=2.5)) == "≤ 2.5"
    assert target_words(KpiTarget(min=1, max=5)) == "1 to 5"
    assert target_words(KpiTarget()) == target_words(None) == ""
