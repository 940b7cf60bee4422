"""`regelwerk init`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
@pass_settings
def init(settings: Settings, directory: Path) -> None:
    """Begin a project with a small process that works.

    It goes to DIR, or the current folder where none is named. Nothing that is there is overwritten.

    \b
    Example:
      regelwerk init my-company
      cd my-company
      regelwerk build
    """
    from regelwerk.operations.init import init as begin

    target = settings.start / directory
    for file in begin(target):
        click.echo(f"Wrote {file}")
    where = "" if directory == Path() else f"cd {directory} && "
    click.echo(f"\nNext: {where}regelwerk check && regelwerk build")
