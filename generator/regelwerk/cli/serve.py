"""`regelwerk serve`."""

from __future__ import annotations

import click

from regelwerk.cli.options import Settings, pass_settings


@click.command()
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where the handbook can be read.",
)
@pass_settings
def serve(settings: Settings, address: str) -> int:
    """Show the handbook, rebuilt whenever a file changes.

    \b
    Example:
      regelwerk serve
    """
    from regelwerk.operations.serve import serve as serve_handbook

    return serve_handbook(settings.start, address, settings.as_of, click.echo)
