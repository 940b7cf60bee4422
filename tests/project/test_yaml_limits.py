"""YAML that is refused: broken, hostile, or more than the format has; never slow, never a crash."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.project.json_tree import read_json
from regelwerk.project.limits import MAX_ALIASES, MAX_DEPTH, MAX_NODES
from regelwerk.project.reading import decode
from regelwerk.project.tree import ReadingError
from regelwerk.project.yaml_tree import read_yaml


@contextmanager
def under_a_second() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < 1


SYNTAX = [
    ("a tab that indents", "a:\n\tb: 1\n", (2, 1), "spaces"),
    ("a tab after spaces", "a:\n  b: 1\n \tc: 2\n", (3, 2), "spaces"),
    ("a colon in a text", "a: b: c\n", (1, 5), "quotes"),
    ("a bracket left open", "a: [1, 2\nb: 3\n", (2, 2), "brackets"),
    ("a quote left open", 'a: "x\nb: 3\n', (3, 1), "quotation mark in line 1"),
    ("a quote left open further up", 'a: "x\nb: 1\nc: "y"\n', (3, 5), "quotation mark in line 1"),
    ("a text in quotes over two lines", 'a: "x\n  y"\n b: 1\n', (3, 2), "indentation"),
    ("no space after a hyphen", "a:\n  - b: 1\n  -c: 2\n", (3, 3), "hyphen in line 3"),
    ("no space after a colon", "a: 1\nb:2\nc: 3\n", (3, 1), "colon in line 2"),
    ("wrong indentation", "a:\n    b: 1\n  c: 2\n", (3, 3), "indentation"),
    ("a text that begins with @", "a: 1\nb: @x\n", (2, 4), "cannot begin with `@`"),
    ("a text that begins with a backtick", "b: `x`\n", (1, 4), "cannot begin with ```"),
    ("a text that begins with %", "b: %x\n", (1, 4), "cannot begin with `%`"),
    ("an unknown escape", 'a: "C:\\query"\n', (1, 7), "single quotes"),
    ("a surrogate escape", 'a: "\\ud800"\n', (1, 7), "escape"),
    ("a local tag", "a: !x 1\n", (1, 4), "without a tag"),
    ("a core tag", "a: !!str 1\n", (1, 4), "without a tag"),
    ("a tag that makes objects", "a: !!python/object:os.system x\n", (1, 4), "without a tag"),
    ("the tag that says nothing", "a: ! 1\n", (1, 4), "without a tag"),
    ("a tag on a list", "a: !!set [1]\n", (1, 4), "without a tag"),
    ("a tag on a key", "a: 1\n!!str b: 1\n", (2, 1), "without tags"),
    ("a list as key", "a: 1\n? [x]\n: 1\n", (2, 3), "brackets"),
    ("a mapping as key", "{{x: 1}: 2}\n", (1, 2), "brackets"),
    ("an alias as key", "a: &x b\n*x : 1\n", (2, 1), "`*`"),
    ("a second document", "a: 1\n---\nb: 2\n", (2, 1), "remove `---`"),
    ("an unknown alias", "a: *x\n", (1, 4), "&name"),
    ("an alias of itself", "a: &x [1, *x]\n", (1, 11), "&name"),
    ("an alias of itself in a mapping", "&x a: 1\nb: &y {c: *y}\n", (2, 11), "&name"),
    ("YAML 1.1", "# c\n\n%YAML 1.1\n---\na: 1\n", (3, 1), "remove the line"),
    ("YAML 1.3", "%YAML 1.3\n---\na: 1\n", (1, 1), "remove the line"),
    ("a tag directive", "%TAG ! tag:x,2000:\n---\na: 1\n", (1, 1), "remove the line"),
    ("NUL", "a: x\nb: \0y\n", (2, 4), "remove it"),
    ("a bell", "a: 'x\ay'\n", (1, 6), "remove it"),
    ("delete", "a: \x7f\n", (1, 4), "remove it"),
    ("a C1 control character", "a: ü\x80\n", (1, 5), "remove it"),
    ("no character at all", "a: \uffff\n", (1, 4), "remove it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place", "hint"), [x[1:] for x in SYNTAX], ids=[x[0] for x in SYNTAX]
)
def test_broken_yaml_says_where_and_what_to_do(
    text: str, place: tuple[int, int], hint: str
) -> None:
    tree = read_yaml(text)
    assert not tree.readable
    assert tree.data is None
    (problem,) = tree.problems
    assert problem.code == "yaml/syntax"
    assert (problem.line, problem.column) == place
    assert hint in problem.hint


def test_duplicate_keys_are_all_named_and_the_first_value_stays() -> None:
    tree = read_yaml('a: 1\nb:\n  c: 1\n  "c": {d: .nan}\na: 2\n? a\n: 3\n')
    assert [(p.code, p.path, p.line, p.column) for p in tree.problems] == [
        ("yaml/duplicate-key", ("b", "c"), 4, 3),
        ("yaml/duplicate-key", ("a",), 5, 1),
        ("yaml/duplicate-key", ("a",), 6, 3),
    ]
    assert "first in line 1" in tree.problems[1].message
    assert tree.data == {"a": 1, "b": {"c": 1}}
    assert tree.places[("a",)] == (1, 1)


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\x7f", "\\uFFFE"])
def test_control_characters_by_escape_are_named_and_replaced(escape: str) -> None:
    tree = read_yaml(f'a: 1\nb: ["x{escape}y"]\n"k{escape}": 1\n')
    assert [(p.code, p.path) for p in tree.problems] == [
        ("schema/value", ("b", 0)),
        ("schema/value", ("k\ufffd",)),
    ]
    assert tree.data == {"a": 1, "b": ["x\ufffdy"], "k\ufffd": 1}
    assert tree.place(tree.problems[0].path) == (2, 5)
    assert (tree.problems[1].line, tree.problems[1].column) == (3, 1)


@pytest.mark.parametrize(
    "opening",
    ["[", "{a: ", "- ", "? ", "- - a: ", "[{a: ", "[? ", "- ? "],
)
def test_ten_thousand_levels_are_refused_quickly(opening: str) -> None:
    with under_a_second():
        tree = read_yaml(opening * 10_000)
    assert [problem.code for problem in tree.problems] in (["yaml/too-large"], ["yaml/syntax"])
    if opening in ("[", "{a: ", "- "):
        assert tree.problems[0].code == "yaml/too-large"


def test_ten_thousand_levels_of_block_mappings_are_refused_quickly() -> None:
    text = "".join(" " * level + "a:\n" for level in range(2_000))
    with under_a_second():
        tree = read_yaml(text)
    assert [problem.code for problem in tree.problems] == ["yaml/too-large"]
    assert tree.problems[0].line == MAX_DEPTH + 1


def test_the_depth_that_is_allowed() -> None:
    assert read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH).readable
    assert not read_yaml("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).readable


def test_an_alias_bomb_is_refused_quickly() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    with under_a_second():
        tree = read_yaml("\n".join(lines))
    assert [problem.code for problem in tree.problems] == ["yaml/too-large"]


def test_a_quadratic_alias_bomb_is_refused_quickly() -> None:
    text = "a: &a [" + "x, " * 10_000 + "x]\nb: [" + "*a, " * 500 + "*a]\n"
    with under_a_second():
        tree = read_yaml(text)
    assert [problem.code for problem in tree.problems] == ["yaml/too-large"]


def test_aliases_within_the_limit_are_fine() -> None:
    assert read_yaml("a: &a x\nb: [" + "*a, " * (MAX_ALIASES - 1) + "*a]\n").readable
    tree = read_yaml("a: &a x\nb: [" + "*a, " * MAX_ALIASES + "*a]\n")
    assert tree.problems[0].code == "yaml/too-large"
    assert "aliases" in tree.problems[0].message


def test_too_many_values_are_refused() -> None:
    tree = read_yaml("[" + "1," * MAX_NODES + "1]")
    assert [problem.code for problem in tree.problems] == ["yaml/too-large"]


def test_directives_cannot_make_the_parser_slow() -> None:
    """libyaml compares every %TAG with every other: a minute for four megabytes."""
    tags = "".join(f"%TAG !a{number}! x\n" for number in range(60_000))
    for text in (tags + "---\na: 1\n", "a: 1\n...\n" + tags + "---\nb: 1\n"):
        with under_a_second():
            assert not read_yaml(text).readable


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "x" * 3_000_000, "a: '" + "x " * 1_500_000 + "'", "#" * 3_000_000,
        "k" * 2_000_000 + ": 1", "\n" * 3_000_000, " " * 3_000_000 + "a: 1",
        'a: "' + "\\x41" * 700_000 + '"', "a: |\n" + "  x\n" * 700_000,
        "&" + "a" * 2_000_000 + " x",
        "a: *" + "a" * 2_000_000, "a: !" + "a" * 2_000_000 + " x",
    ],
    ids=["plain", "quoted", "comment", "key", "blank lines", "indentation", "escapes", "block",
         "anchor", "alias", "tag"],
)  # fmt: skip
def test_long_lines_and_many_lines_are_read_quickly(text: str) -> None:
    with under_a_second():
        tree = read_yaml(text)
    assert all(len(problem.message) < 300 for problem in tree.problems)


REAL = sorted(
    path
    for root in ("process", "tests/examples/contract")
    for path in (Path(__file__).resolve().parents[2] / root).rglob("*")
    if path.suffix in (".yaml", ".json")
)


def survives(content: bytes) -> None:
    try:
        text = decode(content)
    except ReadingError as error:
        problem = error.problem
    else:
        for tree in (read_yaml(text), read_json(text)):
            assert tree.readable or len(tree.problems) == 1
            for one in tree.problems:
                line, column = one.line, one.column
                if line is None or column is None:
                    line, column = tree.place(one.path)
                assert one.message
                assert 1 <= line <= text.count("\n") + 2
                assert column >= 1
        return
    assert problem.code == "yaml/encoding"
    assert problem.line is not None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    survives(content)


@settings(max_examples=300, deadline=None)
@given(st.text("ab:-?[]{},&*!|>'\"%@`#\n \t\r~0.e\\\u2028\x85\ufeff", max_size=60))
def test_any_yaml_like_text_is_read_or_refused(text: str) -> None:
    survives(text.encode())


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(REAL),
    st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from("dri"), st.binary(max_size=3)),
        min_size=1,
        max_size=5,
    ),
)
def test_real_files_with_mistakes_are_read_or_refused(
    path: Path, edits: list[tuple[int, str, bytes]]
) -> None:
    content = bytearray(path.read_bytes())
    for where, what, with_ in edits:
        index = where % (len(content) + 1)
        content[index : index + (0 if what == "i" else 1)] = b"" if what == "d" else with_
    survives(bytes(content))
