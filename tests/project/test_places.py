"""Every key and item is found again where its place says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.project.json_tree import read_json
from regelwerk.project.reading import read_tree
from regelwerk.project.yaml_tree import read_yaml

REPOSITORY = Path(__file__).resolve().parents[2]
REAL = sorted(
    path
    for root in ("process", "tests/examples/contract")
    for path in (REPOSITORY / root).rglob("*")
    if path.suffix in (".yaml", ".json") and "evidence" not in path.parts
)
KEY = st.text("abcXYZ-_ éß漢🀀.:#'\"", min_size=1, max_size=8).filter(lambda key: key == key.strip())
VALUES = st.recursive(
    st.integers(0, 99) | st.booleans() | st.none() | st.text("ab c\né漢🀀\u2028", max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=20,
)


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [at for key in value for at in [(*path, key), *paths_of(value[key], (*path, key))]]
    if isinstance(value, list):
        return [
            at
            for index, item in enumerate(value)
            for at in [(*path, index), *paths_of(item, (*path, index))]
        ]
    return []


def key_at(text: str, line: int, column: int) -> str:
    """The key that begins there, read by PyYAML's scanner alone."""
    rest = "\n".join(text.split("\n")[line - 1 :])[column - 1 :]
    for token in yaml.scan(rest, Loader=yaml.CLoader):
        if isinstance(token, yaml.ScalarToken):
            return str(token.value)
    raise AssertionError(f"no key at {line}:{column}")


def check(text: str, places: Any, data: Any) -> None:
    for path in paths_of(data):
        line, column = places[path]
        if isinstance(path[-1], str):
            assert key_at(text, line, column) == path[-1]


@settings(max_examples=80, deadline=None)
@given(VALUES, st.booleans(), st.sampled_from([2, 4, 7]))
def test_yaml_keys_are_where_they_are_said_to_be(value: Any, flow: bool, indent: int) -> None:
    text = yaml.safe_dump(
        value, default_flow_style=flow, allow_unicode=True, indent=indent, sort_keys=False, width=40
    )
    tree = read_yaml(text)
    if "\u2028" in text:
        return
    check(text, tree.places, tree.data)


@settings(max_examples=80, deadline=None)
@given(VALUES, st.sampled_from([None, 0, 2]))
def test_json_keys_are_where_they_are_said_to_be(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False).replace("\u2028", "_")
    tree = read_json(text)
    for path in paths_of(tree.data):
        line, column = tree.places[path]
        rest = "\n".join(text.split("\n")[line - 1 :])[column - 1 :]
        if isinstance(path[-1], str):
            assert rest.startswith(json.dumps(path[-1], ensure_ascii=False))
        else:
            item = tree.data
            for part in path:
                item = item[part]
            assert json.JSONDecoder().raw_decode(rest)[0] == item


@pytest.mark.parametrize("path", REAL, ids=[str(path.relative_to(REPOSITORY)) for path in REAL])
def test_the_places_of_real_files(path: Path) -> None:
    tree = read_tree(path)
    assert tree.problems == ()
    text = path.read_text(encoding="utf-8")
    seen = 0
    for at in paths_of(tree.data):
        if isinstance(at[-1], str) and at in tree.places:
            seen += 1
            line, column = tree.places[at]
            assert text.split("\n")[line - 1][column - 1 :].lstrip("\"'").startswith(at[-1])
    assert seen


def test_items_of_a_list_stand_at_their_first_character() -> None:
    text = "a:\n- id: x\n-   - 1\n    - 2\n- |\n  text\nb: [1, {c: 2},\n  3]\n"
    places = read_yaml(text).places
    assert [places[("a", index)] for index in range(3)] == [(2, 3), (3, 5), (5, 3)]
    assert places[("a", 1, 1)] == (4, 7)
    assert [places[("b", index)] for index in range(3)] == [(7, 5), (7, 8), (8, 3)]
    assert places[("b", 1, "c")] == (7, 9)


def test_columns_count_characters_and_a_byte_order_mark_is_none() -> None:
    assert read_yaml("\ufeff{ü漢🀀: 1, b: 2}").places[("b",)] == (1, 10)


def test_what_is_missing_stands_at_the_nearest_thing_round_it() -> None:
    tree = read_yaml("# c\n\na: 1\nsteps:\n  - id: x\n")
    assert tree.place(()) == (3, 1)
    assert tree.place(("owner",)) == (3, 1)
    assert tree.place(("steps", 0, "title")) == (5, 5)
    assert tree.place(("steps", 7, "title")) == (4, 1)


def test_places_can_be_left_out_and_findings_have_them_all_the_same() -> None:
    text = "a: 1\nb: {c: [1]}\na: 2\n"
    with_, without = read_yaml(text), read_yaml(text, places=False)
    assert with_.data == without.data
    assert list(without.places) == [()]
    assert [(p.line, p.column) for p in without.problems] == [(3, 1)]
