"""Text: measured by the shipped font, wrapped without loss."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from regelwerk.artifacts.picture.font import BOLD, REGULAR, advances, covers, text_width
from regelwerk.artifacts.picture.text import clean, longest_word, wrap

from . import charts


@pytest.mark.parametrize("path", [REGULAR, BOLD], ids=["regular", "bold"])
def test_widths_are_those_of_the_font(path) -> None:
    with TTFont(path) as font:
        units = font["head"].unitsPerEm
        cmap = {c: g for c, g in font.getBestCmap().items() if c <= 0xFFFF}
        expected = {chr(c): font["hmtx"][g][0] / units for c, g in cmap.items()}
    assert dict(advances(path)) == expected


def test_the_font_covers_latin_greek_and_cyrillic_and_has_its_licence() -> None:
    assert covers("Straße Łódź ğüşİ Ωμέγα Привет „“–…€§")
    assert not covers("漢")
    assert "SIL OPEN FONT LICENSE" in REGULAR.with_name("OFL.txt").read_text(encoding="utf-8")


@given(st.text(max_size=120), st.floats(12, 200))
def test_wrapped_lines_joined_are_the_text_and_fit(text: str, width: float) -> None:
    lines = wrap(text, width, 12.0)
    assert "".join(lines) == clean(text)
    for line in lines:
        assert text_width(line.rstrip(), 12.0) <= width + 0.01 or len(line.rstrip()) == 1


@given(st.text())
def test_a_cleaned_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(text).splitlines() in ([], [clean(text)])


def test_lines_are_about_equally_long() -> None:
    lines = wrap("Receive specific customer inquiry from sales", 170, 12.0)
    widths = [text_width(line.rstrip(), 12.0) for line in lines]
    assert len(lines) == 2
    assert max(widths) < 150


def test_words_break_only_where_they_are_too_long() -> None:
    assert len(wrap("Qualitätsmanagementbeauftragter", 110, 12.0)) == 2
    assert min(map(len, wrap("Qualitätsmanagementbeauftragter", 110, 12.0))) > 10
    width = longest_word("Sales Manager", 12.0)
    assert wrap("Sales Manager", width, 12.0) == ("Sales ", "Manager")


def test_nasty_text_survives() -> None:
    assert "".join(wrap(charts.NASTY, 40, 12.0)) == charts.NASTY
