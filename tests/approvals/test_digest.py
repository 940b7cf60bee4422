"""The digest: changes of form leave it alone, changes of meaning do not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.approvals.digest import canonical, digest
from regelwerk.project.json_tree import read_json
from regelwerk.project.yaml_tree import read_yaml

TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufffe\uffff", codec="utf-8")
).map(lambda text: "".join(c for c in text if c.isprintable() or c in "\n\t"))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
DEFINITIONS = st.dictionaries(TEXT, VALUES, min_size=1, max_size=5)


def shuffled(value: Any, draw: Any) -> Any:
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {key: shuffled(value[key], draw) for key in keys}
    return [shuffled(item, draw) for item in value] if isinstance(value, list) else value


def quoted(text: str, draw: Any) -> str:
    """A YAML scalar that means this text, in one of the styles that can carry it."""
    plain_looking = text.isascii() and text.isalpha() and text not in ("null", "true", "false", "")
    style = draw(st.sampled_from(["json", "single", "plain"]))
    if style == "plain" and plain_looking and text.lower() not in ("null", "true", "false"):
        return text
    if style == "single" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def written(value: Any, draw: Any, indent: int = 0) -> str:
    """YAML for a value, with styles, comments and blank lines that mean nothing."""
    pad, newline = "  " * indent, draw(st.sampled_from(["\n", "  # a comment\n", "\n\n"]))
    if isinstance(value, dict) and value:
        return newline + "".join(
            f"{pad}{quoted(key, draw)}: {written(item, draw, indent + 1)}{newline}"
            for key, item in value.items()
        )
    if isinstance(value, list) and value:
        return newline + "".join(
            f"{pad}- {written(item, draw, indent + 1)}{newline}" for item in value
        )
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, str):
        return quoted(value, draw)
    return json.dumps(value)


@settings(max_examples=60, deadline=None)
@given(st.data(), DEFINITIONS)
def test_comments_order_and_quoting_do_not_change_it(data: Any, definition: dict[str, Any]) -> None:
    text = written(shuffled(definition, data.draw), data.draw)
    if data.draw(st.booleans()):
        text = "\ufeff" + text
    tree = read_yaml(text)
    assert tree.problems == ()
    assert digest(tree.data, None) == digest(definition, None)


@settings(max_examples=60, deadline=None)
@given(DEFINITIONS)
def test_json_and_yaml_of_the_same_data_agree(definition: dict[str, Any]) -> None:
    tree = read_json(json.dumps(definition, indent=1, ensure_ascii=False))
    assert tree.problems == ()
    assert digest(tree.data, None) == digest(definition, None)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [path] + [at for key in value for at in leaves(value[key], (*path, key))]
    if isinstance(value, list):
        return [path] + [
            at for index, item in enumerate(value) for at in leaves(item, (*path, index))
        ]
    return [path]


@settings(max_examples=120, deadline=None)
@given(st.data(), DEFINITIONS, VALUES)
def test_any_change_of_a_value_changes_it(
    data: Any, definition: dict[str, Any], other: Any
) -> None:
    path = data.draw(st.sampled_from(leaves(definition)[1:]))
    changed: Any = copy.deepcopy(definition)
    target = changed
    for part in path[:-1]:
        target = target[part]
    before = target[path[-1]]
    target[path[-1]] = other
    same = json.dumps(before, sort_keys=True) == json.dumps(other, sort_keys=True)
    numbers = all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in (before, other)
    )
    if same or (numbers and before == other) or canonical(before) == canonical(other):
        return
    assert digest(changed, None) != digest(definition, None)


@pytest.mark.parametrize(
    "other",
    [
        "the sales manager signs.",
        "The sales manager signs",
        "The sales manager  signs.",
        "The sales manager signs.\n",
        " The sales manager signs.",
        "The sales manager s\u0131gns.",
    ],
)
@pytest.mark.parametrize("place", ["purpose", "a list", "a key"])
def test_no_letter_case_or_blank_of_a_text_is_outside_it(place: str, other: str) -> None:
    def of(text: str) -> str:
        whole: dict[str, Any] = {"purpose": {"purpose": text}, "a list": {"steps": [{"t": [text]}]}}
        return digest(whole.get(place, {"x": {text: 1}}), None)

    assert of(other) != of("The sales manager signs.")


@settings(max_examples=60, deadline=None)
@given(st.data(), DEFINITIONS)
def test_adding_or_taking_away_a_key_changes_it(data: Any, definition: dict[str, Any]) -> None:
    key = data.draw(st.sampled_from(sorted(definition)))
    without = {name: value for name, value in definition.items() if name != key}
    assert digest(without, None) != digest(definition, None)


def test_order_of_a_list_is_meaning() -> None:
    assert digest({"a": [1, 2]}, None) != digest({"a": [2, 1]}, None)


def test_the_context_counts_and_null_is_not_an_empty_one() -> None:
    definition = {"id": "sales"}
    digests = {digest(definition, context) for context in (None, {}, {"roles": {"ceo": "CEO"}})}
    assert len(digests) == 3


def test_context_and_definition_cannot_trade_places() -> None:
    assert digest({"a": 1}, {"b": 1}) != digest({"b": 1}, {"a": 1})


def test_numbers_are_compared_as_numbers() -> None:
    """RFC 8785 knows one kind of number, so 1.0 is 1; text that looks like a number is text."""
    assert digest({"n": 1}, None) == digest({"n": 1.0}, None)
    assert digest({"n": 0}, None) == digest({"n": -0.0}, None)
    assert digest({"n": 1}, None) != digest({"n": "1"}, None)
    assert digest({"n": 1}, None) != digest({"n": True}, None)


def test_canonical_form_of_the_standard() -> None:
    """The example of RFC 8785, section 3.2.2 and 3.2.3."""
    text = (
        '{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],'
        ' "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/",'
        ' "literals": [null, true, false]}'
    )
    assert (
        canonical(json.loads(text))
        == (
            '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        ).encode()
    )


ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",))) | st.sampled_from(
    [
        "Sales R&D GmbH",
        "ÄÖÜ straße",
        "\x00\x1f\x7f\b\f",
        "\ue000",
        "\uffff",
        "\U00010000",
        "\u2028",
        "/",
        "a\u0300",
        "",
        "1",
    ]
)
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=5),
    max_leaves=15,
)


@given(ANY)
def test_the_fast_way_writes_what_the_standard_s_own_writes(data: Any) -> None:
    assert canonical(data) == rfc8785.dumps(data)


@pytest.mark.parametrize("data", [2**53, -(2**53), {"a": [2**60]}, {1: 2}, "\ud800"])
def test_what_the_standard_refuses_is_refused(data: Any) -> None:
    with pytest.raises(rfc8785.CanonicalizationError) as theirs:
        rfc8785.dumps(data)
    with pytest.raises(type(theirs.value)):
        canonical(data)


def test_very_deep_data_has_a_canonical_form_too() -> None:
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    assert canonical(deep) == b"[" * 301 + b"]" * 301


def test_it_is_the_hash_of_the_documented_bytes() -> None:
    """What anybody can compute with a shell: sha256sum of the canonical JSON."""
    from hashlib import sha256

    expected = sha256(b'{"context":null,"definition":{"a":"\xc3\xbc","b":1}}').hexdigest()
    assert digest({"b": 1, "a": "ü"}, None) == f"sha256:{expected}"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_the_line_ends_of_a_checkout_do_not_change_it(
    repository: Path, tmp_path: Path, newline: str
) -> None:
    from regelwerk.project.reading import read_tree

    source = repository / "process" / "sales" / "versions" / "1.3" / "process.yaml"
    copy_ = tmp_path / "process.yaml"
    text = source.read_text(encoding="utf-8")
    copy_.write_bytes(text.replace("\n", newline).encode())
    assert digest(read_tree(copy_).data, None) == digest(read_tree(source).data, None)


def test_data_with_faults_has_a_digest_too() -> None:
    """Numbers and characters that JSON cannot carry are replaced when read, with a finding."""
    tree = read_yaml('id: 1e999\ntitle: "a\\0b"\nversion: 99999999999999999999\n"k\\0": .nan\n')
    assert len(tree.problems) == 5
    assert digest(tree.data, None).startswith("sha256:")
    surrogate = read_json('{"\\ud800": "\\udfff"}')
    assert digest(surrogate.data, None).startswith("sha256:")
