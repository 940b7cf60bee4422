"""`regelwerk records check --engine spark`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from regelwerk.cli.options import Settings
from regelwerk.cli.reporting import report_counted, report_findings

_FIRST = 3


def check_by_spark(
    settings: Settings,
    paths: Sequence[str],
    master: str,
    folders: Sequence[Path],
    reports: Sequence[str],
    format_name: str,
    *,
    all_: bool,
) -> int:
    """Judge the records that Spark reads; the exit code is 1 where there is an error."""
    from regelwerk.operations.spark_run import review_by_spark

    if len(reports) > 1 or any(Path(report).suffix for report in reports):
        raise click.UsageError("--engine spark writes one --report, a new folder without a suffix")
    counted = format_name == "text" and not all_
    result = review_by_spark(
        settings.start,
        paths,
        settings.today,
        master,
        folders=folders,
        report=reports[0] if reports else None,
        most_of_each=_FIRST if counted else None,
    )
    if result.unseen:
        click.echo(
            f"{result.unseen:,} evidence files were not looked at: they lie beside records in a "
            "store that only Spark reads.",
            err=True,
        )
    if result.ignored:
        click.echo(f"{result.ignored:,} files beside them hold no records.", err=True)
    if counted:
        return report_counted(
            result.root, result.counts, result.first, result.files, result.records
        )
    return report_findings(format_name, result.root, result.first, result.files, result.records)
