"""`regelwerk check`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings, paths_argument
from regelwerk.cli.progress import progress_bar
from regelwerk.cli.reporting import format_option, report_findings


@click.command()
@paths_argument
@format_option
@click.option(
    "--trust",
    metavar="REF",
    help="Take people, keys and approval rules from this git ref, such as origin/main.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes judge records at once; left out: as many as there are cores.",
)
@pass_settings
def check(
    settings: Settings,
    paths: tuple[Path, ...],
    format_name: str,
    trust: str | None,
    jobs: int | None,
) -> int:
    """Check definitions, approvals, templates and records.

    Without a PATH everything is checked; with one, only what lies there is reported. A path that
    matches nothing is an error, so that a misspelt path never looks like a clean project.

    \b
    Examples:
      regelwerk check
      regelwerk check process/sales
      regelwerk --as-of 2027-01-01 check --format sarif > findings.sarif
      regelwerk check --trust origin/main
    """
    from regelwerk.operations.check import check as check_project
    from regelwerk.operations.workers import cores

    with progress_bar("Checking") as progress:
        result = check_project(
            settings.start, paths, settings.today, progress, trust, jobs or cores()
        )
    return report_findings(format_name, result.root, result.findings, result.files, result.records)
