"""Records without names: the same name is the same pseudonym, and nothing known is left."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regelwerk.model.organization import Person
from regelwerk.records.pseudonyms import Pseudonyms

PEOPLE = {
    "anna.beispiel": Person(id="anna.beispiel", name="Anna Beispiel", email="anna@example.com"),
    "jo.li": Person(id="jo.li", name="Jo Li"),
}
KEY = b"k" * 32


def pseudonyms(key: bytes = KEY) -> Pseudonyms:
    return Pseudonyms(key, PEOPLE, ["S-2026-0001", "Muster GmbH"])


def test_people_cases_and_subjects_are_replaced_wherever_they_stand() -> None:
    record: dict[str, Any] = {
        "process": "sales",
        "case": "S-2026-0001",
        "subject": "Muster GmbH",
        "cancelled": {"by": "anna.beispiel", "reason": "Anna Beispiel left"},
        "source": {"file": "evidence/S-2026-0001/Anna.docx", "entered_by": "jo.li", "x-note": 1},
        "steps": [
            {
                "step": "call",
                "by": ["anna.beispiel", "jo.li"],
                "called_case": "S-2026-0001",
                "fields": {"who": "Frau Beispiel", "amount": 12},
                "remarks": "anna@example.com wrote of S-2026-0001 to Muster GmbH, other@x.org",
            }
        ],
        "deviations": [{"approved_by": "jo.li", "reason": "so said Jo Li"}],
    }
    names = pseudonyms()
    told = names.record(record)
    anna, jo, case = names.person("anna.beispiel"), names.person("jo.li"), told["case"]
    assert told["process"] == "sales"
    assert told["cancelled"] == {"by": anna, "reason": f"{anna} left"}
    assert told["steps"][0]["by"] == [anna, jo]
    assert told["steps"][0]["called_case"] == case
    assert told["steps"][0]["fields"] == {"who": f"Frau {anna}", "amount": 12}
    assert told["deviations"] == [{"approved_by": jo, "reason": f"so said {jo}"}]
    assert told["source"].keys() == {"file", "entered_by"}
    assert re.fullmatch(r"evidence/e-[a-z2-7]{12}\.docx", told["source"]["file"])
    said = str(told)
    for word in ("anna", "Anna", "Beispiel", "Muster", "S-2026", "example.com", "x.org"):
        assert word not in said
    assert names.free_texts == 4


def test_words_within_words_stay() -> None:
    names = pseudonyms()
    assert names.text("Beispielhaft, Li-Ion, Joli") == "Beispielhaft, Li-Ion, Joli"


@pytest.mark.parametrize("kind", ["person", "case", "subject", "file"])
def test_the_key_decides(kind: str) -> None:
    mine, again, other = (getattr(pseudonyms(key), kind)("x") for key in (KEY, KEY, b"o" * 32))
    assert mine == again != other


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    names = pseudonyms()
    told = names.text(f"{text} Anna Beispiel {text}")
    assert "Anna Beispiel" not in told
    assert names.person("anna.beispiel") in told


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_two_people_share_a_pseudonym(one: str, other: str) -> None:
    names = pseudonyms()
    assert (names.person(one) == names.person(other)) == (one == other)
