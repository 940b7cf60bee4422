"""The clause catalogue of ISO 9001:2015: exact ids, in order, with labels of our own."""

from __future__ import annotations

import json
import re
from typing import Any

from schemas.documents import ROOT

PATH = ROOT / "schemas" / "clauses" / "iso-9001-2015.json"
CATALOGUE: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
# How many clauses the standard has below each clause that is divided.
BELOW = {
    "4": 4,
    "4.4": 2,
    "5": 3,
    "5.1": 2,
    "5.2": 2,
    "6": 3,
    "6.1": 2,
    "6.2": 2,
    "7": 5,
    "7.1": 6,
    "7.1.5": 2,
    "7.5": 3,
    "7.5.3": 2,
    "8": 7,
    "8.2": 4,
    "8.2.3": 2,
    "8.3": 6,
    "8.4": 3,
    "8.5": 6,
    "8.7": 2,
    "9": 3,
    "9.1": 3,
    "9.2": 2,
    "9.3": 3,
    "10": 3,
    "10.2": 2,
}


def _expected(clause: str) -> list[str]:
    below = [f"{clause}.{number}" for number in range(1, BELOW.get(clause, 0) + 1)]
    return [clause, *(found for child in below for found in _expected(child))]


def test_holds_exactly_the_clauses_of_the_standard_in_its_order() -> None:
    expected = [found for chapter in range(4, 11) for found in _expected(str(chapter))]
    assert list(CATALOGUE["clauses"]) == expected


def test_is_found_by_the_name_of_its_standard() -> None:
    slug = re.sub("[^a-z0-9]+", "-", CATALOGUE["standard"].lower())
    assert PATH.name == f"{slug}.json"
    assert CATALOGUE["amendments"] == ["Amd 1:2024"]


def test_every_label_is_there_once() -> None:
    labels = list(CATALOGUE["clauses"].values())
    assert all(label.strip() == label != "" for label in labels)
    assert len(set(labels)) == len(labels)


def test_lettered_items_run_from_a_and_belong_to_clauses_that_are_not_divided() -> None:
    for clause, letters in CATALOGUE["items"].items():
        assert clause in CATALOGUE["clauses"]
        assert clause not in BELOW
        assert letters.startswith("ab")
        assert "abcdefghijklmnop".startswith(letters)
    assert CATALOGUE["items"]["4.4.1"] == "abcdefgh"
