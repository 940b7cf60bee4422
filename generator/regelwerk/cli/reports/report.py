"""What every report format is given, and how it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from regelwerk.diagnostics import Diagnostic


class Report(msgspec.Struct, frozen=True):
    """The outcome of a check: findings in reading order, and how much was looked at.

    `lines_of` gives a file's lines (file as in the findings), empty where it cannot be read.
    """

    findings: Sequence[Diagnostic]
    files: int
    records: int
    lines_of: Callable[[str], Sequence[str]]


Format = Callable[[Report], str]
