"""The command `regelwerk` and the map from outcomes to exit codes."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from regelwerk import __version__
from regelwerk.cli.catalog import COMMANDS
from regelwerk.cli.failures import INTERRUPTED, crash, explain
from regelwerk.cli.options import DayType, Settings
from regelwerk.errors import RegelwerkError

_EPILOG = """
\b
Exit codes: 0 no errors, 1 errors were found, 2 wrong usage, 3 regelwerk itself failed.
Completion:  eval "$(_REGELWERK_COMPLETE=bash_source regelwerk)"   (or zsh_source, fish_source)
"""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)
@click.version_option(__version__, "--version", message="regelwerk %(version)s")
@click.option(
    "-C",
    "--project",
    "start",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    metavar="DIR",
    help="Look for the project here and in the folders above, instead of the current folder.",
)
@click.option(
    "--as-of",
    type=DayType(),
    metavar="DATE",
    help="Judge by this day, such as 2026-05-12, instead of today.",
)
@click.pass_context
def regelwerk(context: click.Context, start: Path, as_of: date | None) -> None:
    """Write a process once as YAML; get everything else made and checked from it.

    \b
    regelwerk init my-company      begin a project
    regelwerk check                is everything right?
    regelwerk build                documents, checklists, e-mails, pictures and the handbook
    regelwerk serve                read the handbook while you write
    """
    context.obj = Settings(start, as_of)


for _command in COMMANDS:
    regelwerk.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code, whatever happens."""
    try:
        result: Any = regelwerk.main(arguments, prog_name="regelwerk", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away, as with `| head`; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except RegelwerkError as error:
        return explain(error)
    except Exception as error:  # noqa: BLE001
        return crash(error)
    return result if isinstance(result, int) else 0
