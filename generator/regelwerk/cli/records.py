"""`regelwerk records`: check, due, new, import and retention."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from regelwerk.cli.importing import import_records
from regelwerk.cli.options import Settings, pass_settings
from regelwerk.cli.records_check import check_records
from regelwerk.cli.records_due import due_steps
from regelwerk.cli.records_retention import retention_of_records


@click.group()
def records() -> None:
    """Check case records against their process, begin one, or read filled checklists."""


@records.command("new")
@click.argument("process")
@click.option(
    "--case", "case", required=True, metavar="ID", help="The case's id, such as S-2026-0007."
)
@click.option(
    "--version",
    "version",
    metavar="VERSION",
    help="The version to work by; left out: the case's, else the one in force.",
)
@click.option("--docx", "kind", flag_value="docx", help="Write a Word checklist instead.")
@click.option("--xlsx", "kind", flag_value="xlsx", help="Write an Excel checklist instead.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write the checklist; left out: ID.docx or ID.xlsx in the current folder.",
)
@pass_settings
def new_record(
    settings: Settings,
    process: str,
    case: str,
    version: str | None,
    kind: str | None,
    output: Path | None,
) -> None:
    """Write an empty record for a case of PROCESS, with every step explained.

    The file goes to process/PROCESS/records/ID.yaml; a file that is there is never overwritten.
    With --docx or --xlsx a checklist is written instead, to be filled in and imported; what the
    case's record says already, where there is one, is filled in.

    \b
    Examples:
      regelwerk records new sales --case S-2026-0007
      regelwerk records new sales --case S-2026-0007 --docx
    """
    from regelwerk.operations.new_form import new_form
    from regelwerk.operations.new_record import new_record as write_record

    if kind is None and output is not None:
        raise click.UsageError("--output belongs to --docx or --xlsx")
    if kind is not None:
        made: Literal["docx", "xlsx"] = "docx" if kind == "docx" else "xlsx"
        target = output or Path(f"{case}.{made}")
        new_form(settings.start, process, case, version, made, target, settings.today)
        click.echo(f"Wrote {target}")
        return
    path = write_record(settings.start, process, case, version, settings.today)
    click.echo(f"Wrote {path}")


records.add_command(check_records)
records.add_command(due_steps)
records.add_command(retention_of_records)
records.add_command(import_records)
