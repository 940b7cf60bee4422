"""A definition compiled for replay: the flow of every list of steps as small tables.

A list of steps (the process's own, or a branch of a parallel) is walked by itself, for nothing
jumps into or out of a branch. Its steps are numbered; a way leads to such a number, to the join
of the parallel, or to an end of the process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from typing import Final, Literal

import msgspec

from regelwerk.model.process import Path, Process, Step
from regelwerk.model.span import Span

JOIN: Final = -1  # the way leads to the join of the parallel
END: Final = -2  # it leads to an end of the process
LOST: Final = -3  # it leads nowhere that the definition knows

# Which list is meant: for each enclosing parallel its number in its list and the branch's number.
ListKey = tuple[tuple[int, int], ...]


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A way on from a step.

    `label` is the option or outcome that takes it, `end` the end it leads to. Where it leads back
    (`back`), `resets` are the steps that then count as not done, `loop` those of the loop and
    `key` the list in which it does.
    """

    target: int
    kind: Literal["start", "next", "option", "outcome"] = "next"
    label: str = ""
    end: str = ""
    at: Path = ()
    back: bool = False
    resets: frozenset[str] = frozenset()
    loop: frozenset[str] = frozenset()
    key: ListKey = ()


class NodePlan(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a list: a step (`branches` empty) or a parallel. `work` are the steps in it.

    `passable`: it may be passed over without anything being left out.
    """

    id: str
    ways: tuple[Way, ...]
    branches: tuple[ListPlan, ...] = ()
    optional: bool = False
    repeatable: bool = False
    passable: bool = False
    work: frozenset[str] = frozenset()


class ListPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A list of steps. `reach[n]` are the items to which a way leads forward from n, n included.

    `order` holds the items so that every way forward leads to a later one.
    """

    key: ListKey
    start: Way
    nodes: tuple[NodePlan, ...]
    reach: tuple[frozenset[int], ...]
    order: tuple[int, ...]


class Limit(msgspec.Struct, frozen=True):
    """How often an option may be chosen while its innermost loop (its steps) is not left."""

    most: int
    scope: frozenset[str] | None


class StepPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A step that is done and recorded.

    `chain` leads to it: for each list from the outermost its number and, but for the last, the
    branch. `onward` is the way that needs no option or outcome. `roles` are the responsible role
    and those it includes, None where anybody may do it.
    """

    step: Step
    chain: tuple[tuple[int, int], ...]
    options: Mapping[str, Way] = {}
    outcomes: Mapping[str, Way] = {}
    onward: Way | None = None
    limits: Mapping[str, Limit] = {}
    roles: frozenset[str] | None = None
    accountable: str | None = None
    accountable_roles: frozenset[str] = frozenset()
    due: Span | None = None


def _no_line(_path: Path) -> int | None:
    return None


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a replay needs of one definition.

    `line` tells the line of a path in the definition file, `file` how to call that file in a
    message. `containers` are the parallels, which are never recorded. Messages say times in `zone`,
    the organization's. `titles` are those of the steps and containers.
    """

    process: Process
    version: str
    root: ListPlan
    steps: Mapping[str, StepPlan]
    containers: frozenset[str]
    role_titles: Mapping[str, str]
    titles: Mapping[str, str]
    owner_roles: frozenset[str]
    zone: tzinfo = UTC
    file: str = "process.yaml"
    line: Callable[[Path], int | None] = _no_line
