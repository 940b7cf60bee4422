"""Texts word by word: both can be read out of the pieces, and long stretches are cut short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regelwerk.artifacts.comparison.word_diff import Piece, in_brackets, shortened, word_diff

WORDS = st.lists(st.sampled_from(["a", "bee", "R&D", "<x>", "\n", "  ", ".", "ü"]), max_size=12)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_pieces(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "old") == after


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("by the manager today", "by the board today", "by the [manager → board] today"),
        ("by the manager", "by the sales manager", "by the [+ sales] manager"),
        ("by the sales manager", "by the manager", "by the [− sales] manager"),
        ("one two three", "uno due tre", "“one two three” → “uno due tre”"),
        ("is (not) so at all", "is so at all", "is [− (not)] so at all"),
    ],
)
def test_pieces_as_plain_text(old: str, new: str, expected: str) -> None:
    assert in_brackets(word_diff(old, new)) == expected


def test_what_stayed_is_cut_to_the_words_round_a_change() -> None:
    old = " ".join(f"w{number}" for number in range(30))
    pieces = shortened(word_diff(old, old.replace("w15", "new")))
    assert in_brackets(pieces) == "… w11 w12 w13 w14 [w15 → new] w16 w17 w18 w19 …"


def test_texts_too_long_to_compare_are_told_whole() -> None:
    old, new = "a " * 3000, "b " * 3000
    assert word_diff(old, new) == (Piece("old", old), Piece("new", new))
