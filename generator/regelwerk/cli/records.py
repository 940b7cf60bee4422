"""`regelwerk records check` and `regelwerk records new`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings, paths_argument
from regelwerk.cli.progress import progress_bar
from regelwerk.cli.reporting import format_option, report_findings


@click.group()
def records() -> None:
    """Check case records against their process, or begin one."""


@records.command("check")
@paths_argument
@format_option
@pass_settings
def check_records(settings: Settings, paths: tuple[Path, ...], format_name: str) -> int:
    """Replay records against the version they name, and report every departure.

    \b
    Examples:
      regelwerk records check
      regelwerk records check process/sales/records/S-2022-0001.yaml
      regelwerk records check --format junit > records.xml
    """
    from regelwerk.operations.review_records import review_records

    with progress_bar("Checking records") as progress:
        result = review_records(settings.start, paths, settings.today, progress)
    return report_findings(format_name, result.root, result.findings, result.files, result.records)


@records.command("new")
@click.argument("process")
@click.option(
    "--case", "case", required=True, metavar="ID", help="The case's id, such as S-2026-0007."
)
@click.option(
    "--version",
    "version",
    metavar="VERSION",
    help="The version to work by; left out: the one in force.",
)
@pass_settings
def new_record(settings: Settings, process: str, case: str, version: str | None) -> None:
    """Write an empty record for a case of PROCESS, with every step explained.

    The file goes to process/PROCESS/records/ID.yaml; a file that is there is never overwritten.

    \b
    Example:
      regelwerk records new sales --case S-2026-0007
    """
    from regelwerk.operations.new_record import new_record as write_record

    path = write_record(settings.start, process, case, version, settings.today)
    click.echo(f"Wrote {path}")
