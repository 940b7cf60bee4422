"""Every kind of value at every place of a record: the fast way says what the slow way says."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from acceptance.conformance_records.company import cases, write_company, write_record
from operations.test_record_run import fast, slow
from regelwerk.project.record_files import read_records, record_files

DAY = date(2026, 11, 24)
TEXTS = [
    "", " ", "  ", "\n", "\t\n ", " a", "a\n", "\u00a0", "\u3000", "\u200b", "\u2028", "\x07",
    "\x7f", "\x85", "\ufeff", "\ufffe", "ü", "漢字", "a" * 201, "a" * 1001, "a" * 20_001,
    "2022-02-30", "2022-05-16", "2022-05-16T10:15:00+02:00", "2022-05-16t10:15:00z",
    "2022-03-27T02:30:00+01:00", "2022-05-16T23:59:59.999999-11:00", "2022-05-16T10:15",
    "9999-12-31", "0001-01-01T00:00:00+14:00", "２０２２-05-16", "yes", "no", "con", "Lpt1.x",
    "C" * 65, "https://ok.example/x", "https://a b", "ftp://x", "../../x.pdf", "/etc/passwd",
    'say "hi"', "back\\slash", "A\\u0041", "0" * 64,
]  # fmt: skip
VALUES: list[Any] = [
    None, True, 0, -0, 1, -1, 1.5, 1e2, 1e300, 2**53 - 1, 2**53, 10**15, 10**16, 0.1 + 0.2,
    [], [[]], ["a", "a"], {}, {"x-own": 1}, {"a": "b"}, {"reference": "r", "file": "f"},
]  # fmt: skip
NUMBERS = ["1e2", "1.0", "-0", "1E+2", "0.10000000000000000000001", "1" * 400, "01", "1.", "NaN"]


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = enumerate(data) if isinstance(data, list) else ()
    for key, value in data.items() if isinstance(data, dict) else items:
        yield from places(value, (*path, key))


def changed(record: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    new = copy.deepcopy(record)
    holder: Any = new
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = copy.deepcopy(value)
    return new


def compact(data: Any, *, ascii_only: bool = False) -> str:
    return json.dumps(data, ensure_ascii=ascii_only, separators=(",", ":"))


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Records that have nothing wrong, with as many different keys as there are."""
    root = tmp_path_factory.mktemp("company")
    write_company(root)
    for case in cases():
        write_record(root, case)
    bad = {finding.file for finding in slow(root, DAY)}
    good = [file for file in record_files(root) if file not in bad]
    found: dict[frozenset[Any], dict[str, Any]] = {}
    for file in good:
        data = next(read_records(root, file)).tree.data
        steps = [(step["step"], frozenset(places(step))) for step in data["steps"][:1]]
        found.setdefault(frozenset([*data, *steps]), data)
    return list(found.values())


def assert_same(root: Path, lines: list[str]) -> None:
    write_company(root)
    folder = root / "process/linear/records"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "many.jsonl").write_text("\n".join(lines), encoding="utf-8", newline="\n")
    assert fast(root, DAY) == slow(root, DAY)


def numbered(texts: list[str]) -> list[str]:
    """Each with a case id of its own, or they would all be judged anew as given twice."""
    return [
        re.sub(r'("case" ?: ?")[A-Za-z0-9-]+', rf"\g<1>C-{number}", text, count=1)
        for number, text in enumerate(texts)
    ]


def richest(records: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return sorted(records, key=lambda record: -len(set(places(record))))[:count]


@pytest.mark.parametrize("number", range(3))
def test_any_value_at_any_place(records: list[dict[str, Any]], tmp_path: Path, number: int) -> None:
    record = richest(records, 3)[number]
    found = list(places(record))[1:]
    values = [*TEXTS, *VALUES]
    # Each place with a third of the values, so that the three records share the work.
    lines = [
        compact(changed(record, path, value), ascii_only=at % 5 == 0)
        for at, path in enumerate(found)
        for value in values[(at + number) % 3 :: 3]
    ]
    assert_same(tmp_path, numbered(lines))


def test_keys_left_out_put_in_and_given_twice(
    records: list[dict[str, Any]], tmp_path: Path
) -> None:
    lines = []
    for record in records:
        for path in list(places(record))[1:]:
            without = copy.deepcopy(record)
            holder: Any = without
            for key in path[:-1]:
                holder = holder[key]
            if isinstance(holder, dict):
                value = holder.pop(path[-1])
                lines.append(compact(without))
                key = compact(path[-1])
                twice = compact(record).replace(
                    f"{key}:{compact(value)}", f"{key}:1,{key}:{compact(value)}", 1
                )
                lines += [
                    twice,
                    compact(record).replace(f"{key}:", f'"x-a":[1,"\\u0000"],{key}:', 1),
                ]
                lines.append(compact(record).replace(f"{key}:", f'"x-b":"ü",{key}:', 1))
                lines.append(compact(record).replace(f"{key}:", f'"unknown":"ü",{key}:', 1))
    assert_same(tmp_path, numbered(lines[:: max(1, len(lines) // 900)]))


def test_the_same_written_in_other_ways(records: list[dict[str, Any]], tmp_path: Path) -> None:
    lines = []
    for text in map(compact, records[::3]):
        lines += [json.dumps(json.loads(text)), f" {text} \r", text.replace("a", "\\u0061")]
        lines += ["\ufeff" + text, text.replace('","', '" , "'), text[:-1], f"[{text}]", text * 2]
    with_number = next(r for r in records if any(type(_at(r, p)) is int for p in places(r)))
    where = next(p for p in places(with_number) if type(_at(with_number, p)) is int)
    marked = compact(changed(with_number, where, 987654))
    lines += [marked.replace("987654", number) for number in NUMBERS]
    assert_same(tmp_path, numbered(lines))


def test_a_record_with_more_values_than_are_read_is_told(tmp_path: Path) -> None:
    case = next(c for c in cases() if c.process == "repeatable" and not c.says)
    again = next(entry for entry in case.record["steps"] if entry["step"] == "r")
    first, *rest = [entry for entry in case.record["steps"] if entry is not again]
    lines = [
        compact({**case.record, "case": f"C-{count}", "steps": [first, *[again] * count, *rest]})
        for count in (1, 2, 1000, 40_000)
    ]
    assert_same(tmp_path, lines)


@pytest.mark.parametrize("style", [None, "'", "|"])
def test_any_value_at_any_place_in_yaml(
    records: list[dict[str, Any]], tmp_path: Path, style: str | None
) -> None:
    record = richest(records, 1)[0]
    write_company(tmp_path)
    folder = tmp_path / "process/linear/records"
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(style)  # noqa: S311
    found = list(places(record))[1:]
    for number in range(150):
        value = random.choice([*TEXTS, *VALUES])
        data = changed(record, random.choice(found), value)
        data["case"] = f"C-{number}"
        text = yaml.safe_dump(
            data, sort_keys=False, allow_unicode=True, default_style=style, width=10_000
        )
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8", newline="\n")
    assert fast(tmp_path, DAY) == slow(tmp_path, DAY)


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data
