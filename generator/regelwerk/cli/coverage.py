"""`regelwerk coverage`."""

from __future__ import annotations

import click

from regelwerk.cli.options import Settings, pass_settings


@click.command()
@click.option(
    "--process",
    "processes",
    multiple=True,
    metavar="PROCESS",
    help="Only what this process answers and what was looked for in it; may be given several "
    "times.",
)
@click.option(
    "--standard",
    "standards",
    multiple=True,
    metavar="STANDARD",
    help="Only this standard, such as `ISO 9001:2015`; may be given several times.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How to say it: for people, for a spreadsheet, or for a program.",
)
@pass_settings
def coverage(
    settings: Settings, processes: tuple[str, ...], standards: tuple[str, ...], format_name: str
) -> int:
    """Tell what answers each clause of the organization's standards, and what is open.

    \b
    A clause is
      answered   a version in force names it, or a wider clause, or all of its parts
      partly     some of its parts are
      planned    only drafts name it
      excluded   organization.yaml says why it does not apply
      open       nothing names it

    Records are counted, not named. What a machine can see of ISO 9001:2015, 4.4.1, 7.5.2 and
    7.5.3, is looked for in every process; all else is to be judged by people.

    \b
    Examples:
      regelwerk coverage
      regelwerk coverage --process sales
      regelwerk --as-of 2026-06-30 coverage --standard "ISO 9001:2015" --format csv > clauses.csv
    """
    from regelwerk.cli.clauses.catalog import FORMATS
    from regelwerk.operations.coverage import coverage as find_coverage

    covered = find_coverage(settings.start, processes, standards, settings.today)
    click.echo(FORMATS[format_name](covered), nl=False)
    if covered.findings:
        click.echo(
            f"Left out, since there are errors in definitions: {len(covered.findings)} findings; "
            "regelwerk check tells them.",
            err=True,
        )
    return int(bool(covered.findings))
