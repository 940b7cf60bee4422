"""A departure as the rules of this room find it, before deviations are weighed."""

from __future__ import annotations

import msgspec

from regelwerk.diagnostics import Severity
from regelwerk.model.process import Path


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What departs, where, and how a deviation would name it.

    `step` and `occurrence` say at which step (None: the whole case) and at which of its entries;
    a step that was left out counts as the entry it would have been. `by` are those who did it.
    `severity` overrides the code's.
    """

    code: str
    path: Path
    message: str
    hint: str = ""
    step: str | None = None
    occurrence: int = 1
    by: frozenset[str] = frozenset()
    severity: Severity | None = None
