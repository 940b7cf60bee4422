"""What a command cannot do, as a message and an exit code; the one place that maps the two."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path

import click

from regelwerk import __version__
from regelwerk.cli.printable import printable
from regelwerk.errors import ProjectNotFoundError, RegelwerkError, UsageError

WRONG_USAGE = 2
TOOL_FAILED = 3
INTERRUPTED = 130


def explain(error: RegelwerkError) -> int:
    """Say on standard error what was wrong and what to do; the exit code for it."""
    click.secho("error: ", fg="red", bold=True, nl=False, err=True)
    click.echo(_lines(error.message), err=True)
    if error.hint:
        click.echo(f"  hint: {_lines(error.hint)}", err=True)
    return WRONG_USAGE if isinstance(error, ProjectNotFoundError | UsageError) else 1


def _lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def crash(error: BaseException) -> int:
    """Keep the traceback in a file and say where; the tool itself failed."""
    text = "".join(traceback.format_exception(error))
    text = f"regelwerk {__version__}, Python {sys.version.split()[0]}\n{text}"
    click.secho("regelwerk itself failed: ", fg="red", bold=True, nl=False, err=True)
    click.echo(f"{type(error).__name__}: {str(error)[:200]}", err=True)
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="regelwerk-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write(text)
        click.echo(f"  The details are in {Path(file.name)}; please send them to us.", err=True)
    except OSError:
        click.echo("  The details could not be saved (no writable temporary folder).", err=True)
    return TOOL_FAILED
