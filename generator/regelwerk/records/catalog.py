"""The rules that a replayed case is held to; a new one is one function and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from regelwerk.records.called import called_cases
from regelwerk.records.contents import checks, fields, inputs, outputs
from regelwerk.records.due import overdue
from regelwerk.records.ending import ending
from regelwerk.records.finding import Finding
from regelwerk.records.judged import Judged
from regelwerk.records.roles import four_eyes, roles, unknown_people
from regelwerk.records.times import time_order

RULES: tuple[Callable[[Judged], Iterator[Finding]], ...] = (
    unknown_people,
    roles,
    four_eyes,
    called_cases,
    inputs,
    outputs,
    fields,
    checks,
    time_order,
    overdue,
    ending,
)
