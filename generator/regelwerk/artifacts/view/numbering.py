"""Step numbers as readers know them: 5, and inside a parallel 5a.1, 5a.2, 5b.1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def ranges(numbers: Sequence[str]) -> list[str]:
    """Step numbers in order, with three or more in a row as `1–5`."""
    runs: list[list[str]] = []
    for number in numbers:
        last = runs[-1][-1] if runs else ""
        if number.isdecimal() and last.isdecimal() and int(number) == int(last) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else run)]


def _number(steps: tuple[Step, ...], prefix: str, numbers: dict[str, str]) -> None:
    for position, step in enumerate(steps, start=1):
        own = f"{prefix}{position}"
        numbers.setdefault(step.id, own)
        for index, branch in enumerate(step.parallel):
            _number(branch.steps, f"{own}{branch_letter(index)}.", numbers)
