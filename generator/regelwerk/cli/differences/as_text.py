"""A comparison for a terminal: parts with counts, one sentence a change, wrapped."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

import click

from regelwerk.artifacts.comparison import Comparison, Told
from regelwerk.cli.differences.grouping import by_part, one_line
from regelwerk.cli.printable import printable

_WIDEST = 100


def render(comparison: Comparison) -> str:
    """The heading, what changed by part, and the counts."""
    width = max(40, min(_WIDEST, shutil.get_terminal_size().columns))
    lines = [click.style(printable(comparison.head), bold=True)]
    for part, count, groups in by_part(comparison):
        lines += ["", click.style(f"{printable(part)} ({count})", fg="cyan", bold=True)]
        for subject, told in groups:
            lines += _group(subject, told, width)
    if comparison.note:
        lines += ["", *_wrapped(comparison.note, "", "", width)]
    return "\n".join([*lines, "", *_wrapped(comparison.summary, "", "", width)])


def _group(subject: str, told: list[Told], width: int) -> Iterator[str]:
    if subject and len(told) > 1:
        yield from _wrapped(subject, "  ", "  ", width)
        for one in told:
            yield from _wrapped(one.predicate, "    · ", "      ", width)
    else:
        for one in told:
            yield from _wrapped(one_line(one.sentence), "  ", "    ", width)


def _wrapped(text: str, first: str, later: str, width: int) -> list[str]:
    return textwrap.wrap(
        printable(text),
        width,
        initial_indent=first,
        subsequent_indent=later,
        break_on_hyphens=False,
        break_long_words=False,
    )
