"""Places looked up when they are asked for are those that reading with places gives."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from regelwerk.project.json_places import JsonPlaces
from regelwerk.project.json_tree import read_json


def made(random: Random, depth: int = 0) -> Any:
    kind = random.randrange(4 if depth < 4 else 2)
    if kind == 2:
        keys = random.sample(["a", "b c", "ü", 'say "x"', "\n", "", "漢"], random.randrange(6))
        return {key: made(random, depth + 1) for key in keys}
    if kind == 3:
        return [made(random, depth + 1) for _ in range(random.randrange(5))]
    return random.choice([1, -2.5e3, "x", "", '{"a":[1]}', "]},", None, True, "ü\\"])


@pytest.mark.parametrize("seed", range(150))
def test_every_place_is_the_same(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    data = made(random)
    indent = random.choice([None, 0, 2])
    text = json.dumps(data, indent=indent, ensure_ascii=seed % 2 == 0)
    text = " \n" * random.randrange(3) + text
    tree = read_json(text, first_line=7)
    places = JsonPlaces(text, 7)
    paths = list(tree.places)
    random.shuffle(paths)
    assert {path: places[path] for path in paths} == dict(tree.places)
    for path in paths:
        for beyond in ((*path, "no such key"), (*path, 99), (*path, 0, 0)):
            assert (beyond in places) is (beyond in tree.places)
    assert set(places) == set(tree.places)
    assert len(places) == len(tree.places)
