"""The words in which an import speaks stay, and are explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from regelwerk.intake.note import WORDS

PACKAGE = Path(__file__).parents[2] / "generator/regelwerk"
PAGE = Path(__file__).parents[2] / "docs/manual/how-to/forms.md"


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_explained_in_the_manual(word: str) -> None:
    level, meaning = WORDS[word]
    assert f"| `{word}` | {level} | {meaning} |" in PAGE.read_text("utf-8")


def test_every_word_is_used_and_no_other() -> None:
    used = set()
    for path in (*PACKAGE.glob("intake/*.py"), *PACKAGE.glob("operations/import_*.py")):
        text = path.read_text("utf-8")
        used |= set(re.findall(r'word="([a-z-]+)"', text))
        used |= set(re.findall(r'(?:_error|_refused)\(\s*"([a-z-]+)"', text))
    used |= {"formula", "invalid"}
    assert used == set(WORDS)
