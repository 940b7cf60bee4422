"""How high a row of the workbook must be: its lines as they are wrapped in Calibri."""

from __future__ import annotations

import pytest

from regelwerk.artifacts.checklist.line_count import lines_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("Remarks", 1),
        ("one\ntwo\n\nfour", 4),
        ("Due: within 5 business days after the start of the process", 1),
        ("Four eyes: not by a person who did step 5, Conduct assessment of opportunities", 2),
        ("W" * 52, 2),
        ("i" * 52, 1),
        ("漢字" * 26, 3),
        ("x" * 510, 10),
    ],
)
def test_lines_in_a_column_of_52_digits(text: str, lines: int) -> None:
    assert lines_of(text, 52) == lines


def test_a_narrower_column_never_needs_fewer_lines() -> None:
    text = "The request and the specification sheet are complete and do not contradict each other"
    counts = [lines_of(text, width) for width in range(1, 120)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 1
