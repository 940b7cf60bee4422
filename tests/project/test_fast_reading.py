"""What is read fast reads the same with places, or is left to the reading with places."""

from __future__ import annotations

from random import Random

import pytest

from examples_support import EXAMPLES
from regelwerk.project.fast_reading import DOUBT, fast_readers
from regelwerk.project.json_tree import read_json
from regelwerk.project.reading import decode
from regelwerk.project.tree import ReadingError
from regelwerk.project.yaml_tree import read_yaml

YAMLS = [path.read_bytes() for path in sorted((EXAMPLES / "record").glob("*/*.yaml"))]
RECORDS = EXAMPLES.parent.parent / "process/sales/records"
LINES = [
    line for path in sorted(RECORDS.glob("*.jsonl")) for line in path.read_bytes().splitlines()
]
MARKS = "~-#|>[]{},:?!*&%@`\\\"'=.\t\n\r\x00\x07\x7f\x85\u00a0\u2028\ufeff\ufffeü🙂"
WORDS = (
    "0x1 1e3 .5 null true x- <<: {} [] |- &a *a !x --- ... \\u0022 \\n " + '"a":1,' + " a: 1_0 0b1"
).split()
PIECES = [*MARKS, *WORDS, " ", "  ", ": ", ", ", "\n  ", " #", "- ", ": |\n  x\n y"]


def mutant(random: Random, text: bytes) -> bytes:
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        place = random.randrange(len(text) + 1)
        kind = random.random()
        if kind < 0.6:
            piece = random.choice(PIECES)
            text = text[:place] + piece.encode() + text[place:]
        elif kind < 0.8:
            text = text[:place] + text[place + random.choice([1, 2, 5]) :]
        else:
            rows = text.split(b"\n")
            rows.insert(random.randrange(len(rows)), random.choice(rows))
            text = b"\n".join(rows)
    return text


def is_plain(data: object, content: bytes) -> bool:
    """Without the numbers and keys that the kernel itself looks after."""
    if isinstance(data, dict):
        return all(type(key) is str and is_plain(value, content) for key, value in data.items())
    if isinstance(data, list):
        return all(is_plain(value, content) for value in data)
    if type(data) in (int, float):
        return abs(data) < 2**53 and b"_" not in content and b"0b" not in content
    return True


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_changed_files_read_the_same_both_ways(kind: str, seed: int) -> None:
    pytest.importorskip("yaml_rs")
    random = Random(seed)  # noqa: S311
    yaml, json = fast_readers()
    fast, slow, texts = (yaml, read_yaml, YAMLS) if kind == "yaml" else (json, read_json, LINES)
    read = 0
    for _ in range(1500):
        content = mutant(random, random.choice(texts))
        data = fast(content)
        if data is DOUBT or not is_plain(data, content):
            continue
        read += 1
        try:
            tree = slow(decode(content))
        except ReadingError:
            pytest.fail(f"read though it is no UTF-8: {content!r}")
        assert (tree.readable, tree.problems, tree.data) == (True, (), data), content
    assert read > 200


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"a":1}',
        b'{"a" :"x","a":"y"}',
        b'{"a":"\\u0022","a":"\\u0022"}',
        b'{"x-a":9007199254740993}',
        b'{"x-a":99999999999999999999}',
        b'{"a":"\\u0000"}',
        b'{"a":"\\b"}',
        b'{"a":"\x7f"}',
        b'{"a":"\xef\xbf\xbe"}',
        b'{"a\\u0007":1}',
        b'{"x-a":' + b"[" * 100 + b"]" * 100 + b"}",
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b'\xef\xbb\xbf{"a":"b"}',
        b'{"a":NaN}',
        b"{} {}",
        b"",
    ],
)
def test_json_with_anything_unusual_is_in_doubt(line: bytes) -> None:
    assert fast_readers()[1](line) is DOUBT


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2", "a: *b", "a: !x b", "%YAML 1.1\n---\na: b", "a: b\n---\nc: d", "? a\n: b",
        "a: {b: c", "a: {b:, c: d}", "a:\tb", 'a: "\\x07"', "a: \x07", "a: \x85b", "a: \u2028b",
        "\ufeffa: b", "x-a: 1", "x-a: {b: 99999999999999999999}", "- a", "", "a", ": b",
    ],
)  # fmt: skip
def test_yaml_with_anything_unusual_is_in_doubt(text: str) -> None:
    pytest.importorskip("yaml_rs")
    assert fast_readers()[0](text.encode()) is DOUBT
