"""Case ids of all records: those given twice are found, however many there are."""

from __future__ import annotations

from array import array
from collections import Counter
from random import Random

import pytest

from regelwerk.operations import case_ids, nameless_file
from regelwerk.operations.case_ids import CaseIds


@pytest.mark.parametrize("seed", range(6))
def test_ids_given_twice_and_their_pieces_are_found(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nameless_file, "_IN_MEMORY", 500)
    monkeypatch.setattr(case_ids, "_AT_ONCE", 64)
    random = Random(seed)  # noqa: S311
    some = [0, 2**64 - 1, *(random.getrandbits(64) for _ in range(400))]
    pieces = [
        array("Q", [random.choice(some) for _ in range(random.choice([0, 1, 30]))])
        for _ in range(20)
    ]
    ids = CaseIds()
    for piece in pieces:
        ids.add(piece)
    counted = Counter(digest for piece in pieces for digest in piece)
    repeated = {digest for digest, count in counted.items() if count > 1}
    assert ids.repeated() == repeated
    assert list(ids.pieces_with(frozenset(repeated))) == [
        number for number, piece in enumerate(pieces) if repeated.intersection(piece)
    ]
    assert list(ids.pieces_with(frozenset())) == []


def test_without_records_nothing_is_given_twice() -> None:
    assert CaseIds().repeated() == frozenset()
