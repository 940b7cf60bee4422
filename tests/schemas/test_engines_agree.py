"""Whatever a file holds, both engines say the same of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.documents import GONE, NAMES, SOUND, changed, verdict

SCALARS: list[object] = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e300,
    "",
    " ",
    "\n",
    "a\n",
    "\u0085",
    "\ufeff",
    "\u2028",
    "1.10",
    "con",
    "nul.x",
    "x-y",
    "2022-02-30",
    "2022-05-16T10:15Z",
    "20220516",
    "P5BD",
    "P",
    "٢٠٢٢-٠٥-١٦",
    "ssh",
    "closed",
    "cases",
    [],
    {},
    ["a", "a"],
    {"end": "won"},
    {"join": True},
    {"x-free": 1},
]
# Not the empty key: jsonschema-rs leaves it out of the places below it.
KEYS = ["calls", "next", "url", "closed", "end", "sum", "optional", "x-y", "con", "A b", "a\n"]


def _places(value: Any, way: str = "") -> list[str]:
    children = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, child in children:
        found.append(f"{way}{key}")
        if isinstance(child, dict | list):
            found += _places(child, f"{way}{key}/")
    return found


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_one_place_of_a_sound_document_changed(name: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(_places(SOUND[name])))
    value = data.draw(st.sampled_from([GONE, *SCALARS]) | st.text(max_size=8))
    verdict(name, changed(SOUND[name], {place: value}))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_one_key_added_to_a_sound_document(name: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(_mappings(SOUND[name])))
    key = data.draw(st.sampled_from(KEYS))
    value = data.draw(st.sampled_from(SCALARS))
    verdict(name, changed(SOUND[name], {f"{place}{key}": value}))


def _mappings(value: Any, way: str = "") -> list[str]:
    children = value.items() if isinstance(value, dict) else enumerate(value)
    below = [
        place
        for key, child in children
        if isinstance(child, dict | list)
        for place in _mappings(child, f"{way}{key}/")
    ]
    return [way, *below] if isinstance(value, dict) else below
