"""Step numbers as readers know them: 5, and inside a parallel 5a.1, 5a.2, 5b.1."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.model.process import Process, Step


def step_numbers(process: Process) -> Mapping[str, str]:
    """The number of every step, by id, in the order of the file."""
    numbers: dict[str, str] = {}
    _number(process.steps, "", numbers)
    return numbers


def branch_letter(index: int) -> str:
    """a, b, … z, aa, ab, … for the branches of a parallel, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _number(steps: tuple[Step, ...], prefix: str, numbers: dict[str, str]) -> None:
    for position, step in enumerate(steps, start=1):
        own = f"{prefix}{position}"
        numbers.setdefault(step.id, own)
        for index, branch in enumerate(step.parallel):
            _number(branch.steps, f"{own}{branch_letter(index)}.", numbers)
