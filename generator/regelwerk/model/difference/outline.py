"""The steps of two definitions side by side: which is which, and which have moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from regelwerk.model.difference.change import Position
from regelwerk.model.difference.matching import displaced, merged
from regelwerk.model.difference.renames import Renames
from regelwerk.model.process import Process, Step

Block = tuple[str, str]


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A step and where it stands: container and branch (empty at the top), the step before it."""

    step: Step
    block: Block
    after: str

    @property
    def position(self) -> Position:
        """The same as a value for a change."""
        return Position(after=self.after, container=self.block[0], branch=self.block[1])


Pair = tuple[Spot | None, Spot | None]


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """Matched steps in the order of the new definition; `branches` maps old blocks to new ones."""

    pairs: tuple[Pair, ...]
    renames: Renames
    branches: dict[Block, Block]
    moved: frozenset[int]

    def has_moved(self, spot: Spot) -> bool:
        """Whether a step of the new definition stands elsewhere than before."""
        return id(spot.step) in self.moved


def outline(old: Process, new: Process) -> Outline:
    """Match the steps by id, then by what a new one `was`; each old step is matched once."""
    before, after = list(_spots(old.steps, ("", ""))), list(_spots(new.steps, ("", "")))
    partner = _partners(before, after)
    renames = Renames(
        {
            before[index].step.id: after[place].step.id
            for place, index in partner.items()
            if before[index].step.id != after[place].step.id
        }
    )
    matched = [(before[index], after[place]) for place, index in sorted(partner.items())]
    branches = _branches(matched, renames)
    return Outline(
        pairs=tuple(merged(before, after, partner)),
        renames=renames,
        branches=branches,
        moved=_moved(before, matched, branches),
    )


def _spots(steps: Sequence[Step], block: Block) -> Iterator[Spot]:
    previous = ""
    for step in steps:
        yield Spot(step=step, block=block, after=previous)
        previous = step.id
        for branch in step.parallel:
            yield from _spots(branch.steps, (step.id, branch.id))


def _partners(before: Sequence[Spot], after: Sequence[Spot]) -> dict[int, int]:
    places: dict[tuple[str, int], int] = {}
    seen: Counter[str] = Counter()
    for index, spot in enumerate(before):
        places[spot.step.id, seen[spot.step.id]] = index
        seen[spot.step.id] += 1
    partner: dict[int, int] = {}
    seen.clear()
    for index, spot in enumerate(after):
        name = (spot.step.id, seen[spot.step.id])
        seen[spot.step.id] += 1
        if name in places:
            partner[index] = places.pop(name)
    for index, spot in enumerate(after):
        former = next(((id_, 0) for id_ in spot.step.was if (id_, 0) in places), None)
        if index not in partner and former is not None:
            partner[index] = places.pop(former)
    return partner


def _branches(matched: Sequence[tuple[Spot, Spot]], renames: Renames) -> dict[Block, Block]:
    """Blocks of the old definition and what they are in the new one: by id, else by their steps."""
    known = {after.block for _, after in matched}
    blocks: dict[Block, Block] = {}
    for before, _ in matched:
        container, branch = before.block
        same = (renames.step(container), branch)
        if same in known:
            blocks[before.block] = same
    taken = set(blocks.values())
    for before, after in matched:
        same_container = renames.step(before.block[0]) == after.block[0]
        if before.block not in blocks and after.block not in taken and same_container:
            blocks[before.block] = after.block
            taken.add(after.block)
    return blocks


def _moved(
    before: Sequence[Spot], matched: Sequence[tuple[Spot, Spot]], blocks: dict[Block, Block]
) -> frozenset[int]:
    new_of = {id(old.step): new for old, new in matched}
    moved = {id(new.step) for old, new in matched if blocks.get(old.block) != new.block}
    stayed: dict[Block, list[int]] = {}
    for spot in before:
        new = new_of.get(id(spot.step))
        if new is not None and id(new.step) not in moved:
            stayed.setdefault(new.block, []).append(id(new.step))
    stands: dict[Block, list[int]] = {}
    for _, new in matched:
        stands.setdefault(new.block, []).append(id(new.step))
    for block, order in stayed.items():
        moved |= displaced(order, stands[block])
    return frozenset(moved)
