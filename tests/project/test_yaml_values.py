"""What YAML means here: the 1.2 core schema and nothing cleverer."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.project.yaml_tree import read_yaml

TEXTS = [
    "no", "No", "NO", "yes", "Yes", "YES", "on", "off", "y", "n", "10:30", "190:20:30", "1.2.3",
    "2026-05-12", "2026-05-12T10:15:00+02:00", "1_000", "0b101", "=", "<<x", "nULL", "tRUE",
    "+", ".", "1e", "e5", "0x", "0xZ", "0o8", "--1", "1-2", "$1", "a#b", "a:b",
    "inf", "nan", "NaN", ".Nan", "Infinity", "R&D <Vertrieb>", "漢字", "1.3.",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_stays_text(text: str) -> None:
    tree = read_yaml(f"key: {text}\n")
    assert tree.problems == ()
    assert tree.data == {"key": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False),
        ("FALSE", False), ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None),
        ("0", 0), ("-0", 0), ("010", 10), ("0010", 10), ("+12", 12), ("-12", -12), ("0o10", 8),
        ("0x1F", 31), ("0xff", 255), ("1.10", 1.1), ("1.0", 1.0), ("1.", 1.0), (".5", 0.5),
        ("-.5", -0.5), ("+1.5e3", 1500.0), ("1e3", 1000.0), ("1E-2", 0.01), ("12e03", 12000.0),
        ("9007199254740991", 9007199254740991), ("-9007199254740991", -9007199254740991),
    ],
)  # fmt: skip
def test_core_schema_scalars(text: str, value: object) -> None:
    tree = read_yaml(f"key: {text}\n")
    assert tree.problems == ()
    assert tree.data == {"key": value}
    assert type(tree.data["key"]) is type(value)


@pytest.mark.parametrize("text", [*TEXTS, "true", "null", "~", "12", "1.10", ".nan", "0x10", ""])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_make_text(text: str, quote: str) -> None:
    tree = read_yaml(f"key: {quote}{text}{quote}\n")
    assert tree.problems == ()
    assert tree.data == {"key": text}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (".nan", "not a finite number"), (".NaN", "not a finite number"),
        (".inf", "not a finite number"), ("-.INF", "not a finite number"),
        ("+.Inf", "not a finite number"), ("1e400", "too large"), ("-1e999", "too large"),
        ("9007199254740992", "2^53"), ("-9007199254740992", "2^53"),
        ("99999999999999999999999999", "2^53"), ("0x20000000000000", "2^53"),
        ("0o777777777777777777777", "2^53"), ("9" * 5000, "2^53"), ("1." + "0" * 5000, "too large"),
    ],
)  # fmt: skip
def test_numbers_that_json_cannot_carry(text: str, said: str) -> None:
    tree = read_yaml(f"first: 1\nkey: {text}\n")
    assert tree.data == {"first": 1, "key": None}
    (problem,) = tree.problems
    assert (problem.code, problem.path) == ("schema/value", ("key",))
    assert said in problem.message
    assert tree.place(problem.path) == (2, 1)


@pytest.mark.parametrize("key", ["1", "1.10", "true", "null", "~", "no", "2026-05-12", "0x10"])
def test_keys_are_text_whatever_they_look_like(key: str) -> None:
    tree = read_yaml(f"{key}: x\n")
    assert tree.data == {key: "x"}
    tree = read_yaml(f'{key}: x\n"{key}": y\n')
    assert [problem.code for problem in tree.problems] == ["yaml/duplicate-key"]


def test_block_and_folded_texts() -> None:
    tree = read_yaml(
        "a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\n\n  three\nc: |2-\n    x\n"
    )
    assert tree.data == {"a": "one\n two\n\nthree\n", "b": "one two\nthree", "c": "  x"}


@pytest.mark.parametrize("break_", ["\u0085", "\u2028", "\u2029"])
@pytest.mark.parametrize(
    "form", ["key: a{}b\n", 'key: "a{}b"\n', "key: 'a{}b'\n", "key: |-\n  a{}b\n"]
)
def test_characters_that_are_line_ends_only_in_yaml_1_1_are_text(break_: str, form: str) -> None:
    tree = read_yaml("first: 1\n" + form.format(break_) + "last: 2\n")
    assert tree.problems == ()
    assert tree.data == {"first": 1, "key": f"a{break_}b", "last": 2}
    assert tree.places[("last",)] == (4 if "|" in form else 3, 1)


def test_they_are_told_from_the_stand_ins_they_are_read_as() -> None:
    tree = read_yaml('a: "\u2028"\nb: "\\ue000 \ue001"\nc: "\\uE002"\n"\u2029": 1\n')
    assert tree.data == {"a": "\u2028", "b": "\ue000 \ue001", "c": "\ue002", "\u2029": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(end: str) -> None:
    text = "a: 1\n# note\nb: |\n  x\n  y\nc: [1,\n  2]\n".replace("\n", end)
    tree = read_yaml(text)
    assert tree.data == {"a": 1, "b": "x\ny\n", "c": [1, 2]}
    assert tree.places[("c",)] == (6, 1)
    assert tree.places[("c", 1)] == (7, 3)


def test_aliases_repeat_a_value_and_an_anchored_scalar_too() -> None:
    tree = read_yaml("a: &x [1, 2]\nb: *x\nc: &y no\nd: *y\n")
    assert tree.problems == ()
    assert tree.data == {"a": [1, 2], "b": [1, 2], "c": "no", "d": "no"}
    assert tree.place(("b", 1)) == (2, 1)


def test_a_merge_key_is_only_a_key() -> None:
    tree = read_yaml("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n")
    assert tree.data == {"a": {"b": 1}, "c": {"<<": {"b": 1}, "d": 2}}


def test_flow_collections_read_like_json() -> None:
    text = '{"a":1,"b":[true,null,"x"],"c":{"d":"e: f"},"g":http://x/?y=1}'
    tree = read_yaml(text)
    assert tree.data == {
        "a": 1, "b": [True, None, "x"], "c": {"d": "e: f"}, "g": "http://x/?y=1",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "\ufeff", "~"]
)
def test_nothing_is_no_data_and_no_error(text: str) -> None:
    tree = read_yaml(text)
    assert tree.readable
    assert tree.problems == ()
    assert tree.data is None
    assert tree.place(())[0] >= 1


def test_one_document_may_be_marked() -> None:
    assert read_yaml("%YAML 1.2\n---\na: 1\n...\n").data == {"a": 1}
    assert read_yaml("# c\n--- # c\na: 1\n").data == {"a": 1}


PLAIN = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff")
)
VALUES = st.recursive(
    PLAIN | st.text("abc\n\t 'é\"\\:#-{}[],&*!|>%@`=~", max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=15,
)


def base_load(text: str) -> Any:
    """What libyaml and PyYAML make of a text, every scalar as text."""
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - makes nothing but text


@settings(max_examples=150, deadline=None)
@given(VALUES, st.booleans(), st.sampled_from(["'", '"', "|", ">"]), st.integers(20, 200))
def test_structure_and_text_agree_with_pyyaml(
    value: Any, flow: bool, style: str, width: int
) -> None:
    """PyYAML writes and reads; texts in every quoted and block style must come out the same."""
    text = yaml.safe_dump(
        value, default_flow_style=flow, default_style=style, allow_unicode=True, width=width
    )
    if any(character in text for character in "\u0085\u2028\u2029"):
        return  # YAML 1.1 ends lines there; the tests above say what we do
    tree = read_yaml(text)
    if any(problem.code == "schema/value" for problem in tree.problems):
        return  # a control character was escaped
    assert tree.problems == ()
    assert tree.data == base_load(text) == value


SCALARS = st.sampled_from([*TEXTS[:30], "1", "1.5", "true", "null", "'x y'", '"a: b"', "~", "0x1F"])
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(inner, min_size=1, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{i}: {item}" for i, item in enumerate(items)) + "}"
        )
    ),
    max_leaves=10,
)


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_plain_scalars_agree_with_pyyaml_up_to_their_type(text: str) -> None:
    """Only the resolution of plain scalars is ours; the structure is PyYAML's."""

    def same(ours: Any, base: Any) -> bool:
        if isinstance(base, dict):
            return (
                isinstance(ours, dict)
                and list(ours) == list(base)
                and all(same(ours[key], base[key]) for key in base)
            )
        if isinstance(base, list):
            return isinstance(ours, list) and len(ours) == len(base) and all(map(same, ours, base))
        if isinstance(ours, str):
            return bool(ours == base)
        if isinstance(ours, bool) or ours is None:
            return base.lower() in ("true", "false", "null", "~", "")
        return math.isclose(ours, int(base, 0) if base.startswith("0x") else float(base))

    tree = read_yaml(text)
    assert tree.problems == ()
    assert same(tree.data, base_load(text))


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | PLAIN,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
        max_leaves=15,
    )
)
def test_json_is_read_as_the_yaml_it_is(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    tree = read_yaml(text)
    assert tree.problems == ()
    assert tree.data == value
