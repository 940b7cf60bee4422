from __future__ import annotations

from random import Random

import pytest

from records.flows import Acceptor, mutate, random_process, random_walk
from records.support import entry, judge, record, said


def _verdict(process: dict, walk: list, end: str) -> list[str]:
    steps = [entry(step, option) for step, option in walk]
    return said(judge(process, record(*steps, closed_with=end)))


@pytest.mark.parametrize("seed", range(0, 160, 20))
def test_a_case_conforms_exactly_where_trying_every_way_finds_one(seed: int) -> None:
    compared = 0
    for number in range(seed, seed + 20):
        random = Random(number)  # noqa: S311
        process = random_process(random)
        acceptor = Acceptor(process)
        for _ in range(8):
            found = random_walk(random, acceptor)
            if found is None:
                continue
            walk, end = found
            assert _verdict(process, walk, end) == [], (number, walk)
            for _ in range(8):
                walk = mutate(random, walk, process)
                fits = acceptor.accepts(walk, end)
                assert (_verdict(process, walk, end) == []) == fits, (number, walk, end)
                compared += 1
    assert compared > 100
