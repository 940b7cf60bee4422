"""What is said of findings that a baseline knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from regelwerk.cli.printable import printable
from regelwerk.diagnostics import Diagnostic

_MOST_STALE = 10


def apply_baseline(
    root: Path, findings: Sequence[Diagnostic], baseline: Path, *, write: bool
) -> tuple[Diagnostic, ...]:
    """The findings that are new; known and stale ones are told on standard error.

    With `write` all findings become known, and none is new.
    """
    from regelwerk.operations.baseline import compare, write_baseline

    if write:
        kept = write_baseline(root, findings, baseline)
        click.echo(f"Wrote {baseline}: {kept:,} known findings", err=True)
    compared = compare(root, findings, baseline)
    if compared.known and not write:
        click.echo(f"{compared.known:,} findings are known from {baseline}", err=True)
    if compared.stale:
        click.echo(
            f"{baseline}: {len(compared.stale):,} known findings are no more; write it anew with "
            "--write-baseline",
            err=True,
        )
        for code, file, case, path, message in compared.stale[:_MOST_STALE]:
            click.echo(printable(f"  {code} {file} {case} {path}: {message}"), err=True)
    return compared.new
