"""`regelwerk kpi`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from regelwerk.cli.options import DayType, Settings, pass_settings
from regelwerk.cli.progress import progress_bar
from regelwerk.cli.reporting import report_findings
from regelwerk.model.figure import PeriodKind


@click.command()
@click.argument("process", required=False)
@click.option(
    "--from",
    "first",
    type=DayType(),
    metavar="DATE",
    help="The first day. Default: the first day on which anything measured happened.",
)
@click.option(
    "--to",
    "last",
    type=DayType(),
    metavar="DATE",
    help="The last day. Default: today, or the day of --as-of.",
)
@click.option(
    "--period",
    "kind",
    type=click.Choice(["month", "quarter", "year", "range"]),
    help="Group by this instead of each figure's own period; `range` is all days as one.",
)
@click.option(
    "--version",
    "version",
    metavar="VERSION",
    help="The version whose key figures are measured, or `working`. Default: the version in "
    "force, else the working definition.",
)
@click.option(
    "--records",
    "records",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="Measure these JSON lines (also .gz and .zst) or Parquet files, or folders of them, "
    "instead of the project's own records; may be given several times. Needs regelwerk[bulk].",
)
@click.option(
    "--min-cases",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Withhold numbers behind which fewer than N cases stand.",
)
@click.option("--all-periods", is_flag=True, help="As text: a row for each period, not the latest.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to say the figures: for people, or for a machine.",
)
@pass_settings
def kpi(
    settings: Settings,
    process: str | None,
    first: date | None,
    last: date | None,
    kind: PeriodKind | None,
    version: str | None,
    records: tuple[Path, ...],
    min_cases: int,
    all_periods: bool,
    format_name: str,
) -> int:
    """Compute the key figures of PROCESS, or of all, from the case records.

    Every value comes with its target, whether that was met, the number of cases behind it, and how
    many cases lack what is measured. Nothing of any single case is told.

    \b
    Examples:
      regelwerk kpi sales
      regelwerk kpi sales --from 2025-01-01 --to 2025-12-31 --period quarter --all-periods
      regelwerk --as-of 2025-12-31 kpi --format csv > figures.csv
      regelwerk kpi sales --records /data/sales/2025.parquet
    """
    from regelwerk.cli.figures.catalog import FORMATS
    from regelwerk.operations.measure import Question, measure

    question = Question(
        process=process,
        version=version,
        first=first,
        last=last,
        kind=kind,
        min_cases=min_cases,
        records=records,
    )
    with progress_bar("Measuring") as progress:
        result = measure(settings.start, question, settings.today, progress)
    if result.findings and not result.processes:
        return report_findings("text", result.root, result.findings, result.files, 0)
    click.echo(FORMATS[format_name](result, all_periods=all_periods), nl=False)
    if result.findings:
        click.echo(
            f"{len(result.findings)} errors in definitions are in the way of other figures; "
            "regelwerk check tells them.",
            err=True,
        )
    return int(bool(result.findings))
