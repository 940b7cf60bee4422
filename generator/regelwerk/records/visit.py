"""What the replay found out about each entry, for the rules that come after it."""

from __future__ import annotations

from enum import Enum

import msgspec

from regelwerk.model.case import Entry
from regelwerk.model.moment import Moment
from regelwerk.records.tables import StepPlan


class How(Enum):
    """How an entry fits: `ON` moves the case on, `ASIDE` leaves its place, `AFTER` is too late."""

    ON = "on"
    ASIDE = "aside"
    AFTER = "after"
    UNKNOWN = "unknown"


class Visit(msgspec.Struct, kw_only=True):
    """One entry and how it fits.

    `plan` is None for a step that the definition does not have. `earlier` is the latest completion
    on the way here. `skipped` are the steps that were left out before it, `passed` those that had
    not been done by then, whatever became of them, and `optional` those that may be left out.
    """

    entry: Entry
    plan: StepPlan | None = None
    how: How = How.ON
    earlier: Moment | None = None
    skipped: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
