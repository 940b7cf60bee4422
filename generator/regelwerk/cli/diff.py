"""`regelwerk diff`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings
from regelwerk.cli.reporting import report_findings
from regelwerk.errors import RegelwerkError


@click.command()
@click.argument("process")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to say the changes.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write the changes. Default: standard output.",
)
@click.option(
    "--redline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write a Word file (.docx) with the changes tracked: accepting all gives the new "
    "document, rejecting all the old one. Needs regelwerk[redline].",
)
@pass_settings
def diff(
    settings: Settings,
    process: str,
    old: str | None,
    new: str | None,
    format_name: str,
    out: Path | None,
    redline: Path | None,
) -> int:
    """Say in plain words what changed in PROCESS from version OLD to NEW.

    A version is a number such as 1.3, or `working` for the working definition. Left out, OLD is the
    version in force and NEW is `working`.

    \b
    Examples:
      regelwerk diff sales
      regelwerk diff sales 1.3 1.4 --format markdown -o changes.md
      regelwerk diff sales --redline sales-redline.docx
    """
    from regelwerk.cli.differences.catalog import FORMATS
    from regelwerk.operations.diff import diff as find_differences

    result = find_differences(
        settings.start, process, old, new, settings.today, redline=redline is not None
    )
    if result.comparison is None:
        return report_findings("text", result.root, result.findings, result.files, 0)
    text = FORMATS[format_name](result.comparison)
    if out is None:
        click.echo(text)
    else:
        _write(out, f"{click.unstyle(text)}\n".encode())
        click.echo(f"Wrote {out}", err=True)
    if redline is not None and result.redline is not None:
        _write(redline, result.redline)
        click.echo(f"Wrote {redline}", err=True)
    return 0


def _write(path: Path, content: bytes) -> None:
    from regelwerk.operations.writing import write_atomically

    try:
        write_atomically(path, content)
    except OSError as error:
        raise RegelwerkError(f"{path} cannot be written: {error.strerror}") from None
