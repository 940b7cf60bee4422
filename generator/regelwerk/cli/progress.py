"""A progress bar on long work, where a terminal is there to show it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from regelwerk.operations.progress import Progress, silent


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Give a callback `(done, of, what)`; draws on standard error, nothing without a terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    shown: Any = click.progressbar(
        length=1,
        label=label,
        file=sys.stderr,
        show_pos=True,
        item_show_func=lambda what: str(what)[:40] if what else "",
    )
    with shown as bar:

        def advance(done: int, of: int, what: str) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos, what)

        yield advance
