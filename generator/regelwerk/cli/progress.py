"""A progress bar on long work, where a terminal is there to show it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from regelwerk.operations.progress import Progress, silent

_PATIENCE = 0.7  # seconds before a bar is worth showing


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Give a callback `(done, of, what)`; draws on standard error, nothing without a terminal.

    Work that is done at once shows no bar.
    """
    if not sys.stderr.isatty():
        yield silent
        return
    started = time.monotonic()
    with ExitStack() as stack:
        bar: Any = None

        def advance(done: int, of: int, what: str) -> None:
            nonlocal bar
            if bar is None and time.monotonic() - started > _PATIENCE and done < of:
                bar = stack.enter_context(_new_bar(label))
            if bar is not None:
                bar.length = max(of, 1)
                bar.update(done - bar.pos, what)

        yield advance


def _new_bar(label: str) -> Any:  # noqa: ANN401
    return click.progressbar(
        length=1,
        label=label,
        file=sys.stderr,
        show_pos=True,
        item_show_func=lambda what: str(what)[:40] if what else "",
    )
