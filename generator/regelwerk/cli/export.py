"""`regelwerk export`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings
from regelwerk.cli.reporting import report_findings
from regelwerk.errors import RegelwerkError


@click.group()
def export() -> None:
    """Write a process for other programs.

    \b
    Example:
      regelwerk export bpmn sales -o sales.bpmn
    """


@export.command()
@click.argument("process")
@click.option(
    "--version",
    "version",
    metavar="VERSION",
    help="The version, or `working` for the working definition. Default: the version in force, "
    "else the working definition.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write. Default: standard output.",
)
@pass_settings
def bpmn(settings: Settings, process: str, version: str | None, out: Path | None) -> int:
    """Write PROCESS as BPMN 2.0, with its picture, for modelling and mining tools.

    \b
    Examples:
      regelwerk export bpmn sales -o sales.bpmn
      regelwerk export bpmn sales --version 1.3 > sales-1.3.bpmn
    """
    from regelwerk.operations.export import export_bpmn
    from regelwerk.operations.writing import write_atomically

    result = export_bpmn(settings.start, process, version, settings.today)
    if result.content is None:
        return report_findings("text", result.root, result.findings, result.files, 0)
    if out is None:
        click.echo(result.content, nl=False)
    else:
        try:
            write_atomically(out, result.content)
        except OSError as error:
            raise RegelwerkError(f"{out} cannot be written: {error.strerror}") from None
        click.echo(f"Wrote {out} ({process}, version {result.version})")
    return 0
