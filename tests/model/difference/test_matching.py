"""Which things belong together, and how few moves account for an order."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from regelwerk.model.difference.matching import displaced, paired


@given(st.permutations(range(7)), st.integers(0, 7))
def test_as_few_things_as_possible_have_moved(order: list[int], kept: int) -> None:
    old = list(range(kept))
    common = [name for name in order if name < kept]
    moved = displaced(old, order)
    stayed = [name for name in common if name not in moved]
    assert stayed == sorted(stayed)
    fewer = combinations(common, len(stayed) + 1)
    assert not any(list(names) == sorted(names) for names in fewer)


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_everything_stands_in_one_pair_and_the_new_order_is_kept(
    old: list[str], new: list[str]
) -> None:
    pairs = paired(old, new, lambda name: name)
    assert [after for _, after in pairs if after is not None] == new
    assert sorted(before for before, _ in pairs if before is not None) == sorted(old)
    assert all(before == after for before, after in pairs if before and after)


def test_the_most_alike_belong_together() -> None:
    old = ["open the big door", "shut the window"]
    new = ["open the very big door", "open the small door"]
    assert paired(old, new, lambda text: text, lambda text: text) == [
        ("open the big door", "open the very big door"),
        ("shut the window", None),
        (None, "open the small door"),
    ]
