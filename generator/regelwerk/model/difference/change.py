"""A change between two definitions: where, of which kind, from what to what."""

from __future__ import annotations

from typing import Literal

import msgspec

Part = Literal[
    "process",
    "start",
    "step",
    "end",
    "input",
    "output",
    "resource",
    "document",
    "term",
    "section",
    "risk",
    "kpi",
    "applicable",
    "history",
]
Detail = Literal["", "field", "check", "option", "outcome", "branch"]
Kind = Literal["added", "removed", "changed", "moved", "renamed"]
Weight = Literal["prose", "substance"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something differs: a part's item and, within a step, one of its details.

    `id` is the item's in the new definition, or in the old one where the item is gone. Parts
    without ids are named by what they say: a section or risk by its title, an applicable
    document by its entry in the register, its number or its title, an older version by its number.
    """

    part: Part
    id: str = ""
    detail: Detail = ""
    detail_id: str = ""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a list: after which item (empty: the first), and for steps in which branch."""

    after: str = ""
    container: str = ""
    branch: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference.

    `field` is the key that differs, such as `due` or `decision.question`; empty where the item as a
    whole was added, removed or moved. `added` and `removed` with a field: the key itself was. `old`
    and `new` are values of the model (None: not there), positions for `moved`, and for `renamed`
    the ids: the item is the same one under another id, for a step as its `was` says.
    """

    kind: Kind
    place: Place
    weight: Weight
    field: str = ""
    old: object = None
    new: object = None
