"""JSON is read as strictly as YAML, with the same findings."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.project.json_tree import read_json
from regelwerk.project.limits import MAX_DEPTH, MAX_NODES

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(VALUES, st.sampled_from([None, 0, 3]), st.booleans())
def test_values_agree_with_the_standard_library(
    value: Any, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    tree = read_json(text)
    assert tree.problems == ()
    assert tree.data == json.loads(text)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", (1, 1), "a value is expected"),
        ("  ", (1, 3), "a value is expected"),
        ('{"a": 1,}', (1, 9), "a key in double quotes"),
        ("[1,\n 2,\n]", (3, 1), "a value is expected"),
        ("[1 2]", (1, 4), "`,` or `]`"),
        ('{"a" 1}', (1, 6), "`:` is expected"),
        ('{"a": 1 "b": 2}', (1, 9), "`,` or `}`"),
        ("{'a': 1}", (1, 2), "a key in double quotes"),
        ("{a: 1}", (1, 2), "a key in double quotes"),
        ('{"a": NaN}', (1, 7), "a value is expected"),
        ('{"a": -Infinity}', (1, 7), "a value is expected"),
        ('{"a": 01}', (1, 8), "`,` or `}`"),
        ('{"a": .5}', (1, 7), "a value is expected"),
        ('{"a": +1}', (1, 7), "a value is expected"),
        ('{"a": truex}', (1, 11), "`,` or `}`"),
        ('{"a": "x}', (1, 7), "unterminated string"),
        ('{"a": "x\ny"}', (1, 9), "invalid control character"),
        ('{"a": "\\x"}', (1, 8), "invalid \\escape"),
        ('{"a": "\\u12"}', (1, 9), "invalid \\uxxxx escape"),
        ("[1] // note", (1, 5), "something follows"),
        ("{} {}", (1, 4), "something follows"),
        ("\ufeff{}", (1, 1), "a value is expected"),
    ],
)
def test_what_is_not_json(text: str, place: tuple[int, int], said: str) -> None:
    tree = read_json(text)
    assert not tree.readable
    (problem,) = tree.problems
    assert problem.code == "yaml/syntax"
    assert said in problem.message.lower()
    assert (problem.line, problem.column) == place


def test_a_key_given_twice_is_named_where_it_stands_again_and_the_first_value_kept() -> None:
    tree = read_json('{\n "a": {"b": 1},\n "a": {"b": 1e999, "c": "\\u0001"}\n}')
    (problem,) = tree.problems
    assert (problem.code, problem.path) == ("yaml/duplicate-key", ("a",))
    assert (problem.line, problem.column) == (3, 2)
    assert "first in line 2" in problem.message
    assert tree.data == {"a": {"b": 1}}
    assert ("a", "c") not in tree.places
    assert tree.places[("a",)] == (2, 2)


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        ('{"a": 1e400}', ("a",), "too large"),
        ('{"a": 9007199254740992}', ("a",), "2^53"),
        ('{"a": "x\\u0000y"}', ("a",), "U+0000"),
        ('{"a": ["\\ud800"]}', ("a", 0), "U+D800"),
        ('{"\\udc00": 1}', ("\ufffd",), "U+DC00"),
        ('{"a": "\uffff"}', ("a",), "U+FFFF"),
    ],
)
def test_what_no_document_can_carry(text: str, path: tuple[Any, ...], said: str) -> None:
    tree = read_json(text)
    (problem,) = tree.problems
    assert (problem.code, problem.path) == ("schema/value", path)
    assert said in problem.message
    json.dumps(tree.data, ensure_ascii=False).encode()


def test_a_pair_of_surrogates_is_one_character() -> None:
    tree = read_json('"\\ud83c\\udc00"')
    assert tree.problems == ()
    assert tree.data == "🀀"


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_ten_thousand_levels_are_refused_quickly(opening: str) -> None:
    start = time.process_time()
    tree = read_json(opening * 10_000)
    assert time.process_time() - start < 1
    assert [problem.code for problem in tree.problems] == ["yaml/too-large"]


def test_the_depth_that_is_allowed() -> None:
    assert read_json("[" * MAX_DEPTH + "]" * MAX_DEPTH).readable
    assert not read_json("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).readable


def test_too_many_values_are_refused() -> None:
    assert read_json("[" + "1," * (MAX_NODES - 2) + "1]").readable
    tree = read_json("[" + "1," * MAX_NODES + "1]")
    assert [problem.code for problem in tree.problems] == ["yaml/too-large"]


def test_lines_of_a_larger_file_keep_their_number() -> None:
    tree = read_json('{"a": 1,\n"b": x}', first_line=41)
    assert (tree.problems[0].line, tree.problems[0].column) == (42, 6)
    assert read_json('{"a": 1}', first_line=7).places[("a",)] == (7, 2)
