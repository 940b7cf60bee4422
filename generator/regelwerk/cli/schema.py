"""`regelwerk schema`."""

from __future__ import annotations

import click

from regelwerk.cli.options import Settings, pass_settings


@click.command()
@pass_settings
def schema(settings: Settings) -> None:
    """Write the JSON Schemas of case records.

    There is one for every process version. They go to
    schemas/records/<process>-<version>.schema.json and belong into version control; editors use
    them to complete and check a record while it is written.

    \b
    Example:
      regelwerk schema
    """
    from regelwerk.operations.write_schemas import write_schemas

    result = write_schemas(settings.start)
    for file in result.written:
        click.echo(f"Wrote {file}")
    for file in result.removed:
        click.echo(f"Removed {file}")
    if not result.written and not result.removed:
        click.echo(f"Nothing to do: {result.unchanged} schemas are up to date.")
