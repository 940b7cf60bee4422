"""`regelwerk records check`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regelwerk.cli.options import Settings, folders_option, pass_settings
from regelwerk.cli.progress import progress_bar
from regelwerk.cli.reporting import format_option, report_findings

if TYPE_CHECKING:
    from regelwerk.operations.record_selection import RecordFiles

_MANY = 50


@click.command("check")
@click.argument("places", nargs=-1, metavar="[PATH]...")
@format_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes work at once; left out: as many as there are cores.",
)
@folders_option
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings known from before, which fail nothing; those that are gone are told.",
)
@click.option(
    "--write-baseline", "write", is_flag=True, help="Write the findings to the --baseline file."
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FILE",
    help="Write all findings to FILE.json, .jsonl, .parquet or .html; Spark writes a folder.",
)
@click.option("--all", "all_", is_flag=True, help="Show every finding, however many there are.")
@click.option(
    "--explain",
    "case",
    metavar="CASE",
    help="Show one case beside its definition, step by step: its id, its file, or FILE:LINE.",
)
@click.option(
    "--since",
    "ref",
    metavar="REF",
    help="Judge only what changed since this git ref, and what looks at it.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where to judge: processes on this machine, or Spark; for that, see `regelwerk[spark]`.",
)
@click.option(
    "--master",
    default="local[*]",
    show_default=True,
    metavar="URL",
    help="The Spark to use, such as spark://host:7077 or yarn.",
)
@pass_settings
def check_records(
    settings: Settings,
    places: tuple[str, ...],
    format_name: str,
    jobs: int | None,
    folders: tuple[Path, ...],
    baseline: Path | None,
    write: bool,
    reports: tuple[str, ...],
    all_: bool,
    case: str | None,
    ref: str | None,
    engine: str,
    master: str,
) -> int:
    """Replay records against the version they name, and report every departure.

    PATH is a file, a folder or a pattern; `-` reads JSON lines from standard input. Spark takes a
    PATH in any store it reads, with JSON lines or Parquet.

    \b
    Examples:
      regelwerk records check
      regelwerk records check process/sales/records/S-2022-0001.yaml
      regelwerk records check --format junit > records.xml
      regelwerk records check --records /archive/2025 --report findings.html
      regelwerk records check --since origin/main
      regelwerk records check --baseline known.json --write-baseline
      regelwerk records check --explain S-2022-0001
      zcat cases.jsonl.gz | regelwerk records check -
      regelwerk records check --engine spark --master yarn s3a://cases/2025 --report s3a://found/1
    """
    from regelwerk.cli.reports.files import write_report, writer_for
    from regelwerk.operations.review_records import review_records
    from regelwerk.operations.workers import cores

    if engine == "spark":
        from regelwerk.cli.records_spark import check_by_spark

        if case is not None or baseline or write or jobs or ref or "-" in places:
            raise click.UsageError(
                "--engine spark goes with PATH, --master, --records, --report, --format and --all"
            )
        return check_by_spark(settings, places, master, folders, reports, format_name, all_=all_)
    paths = tuple(map(Path, places))
    if case is not None:
        from regelwerk.cli.records_explain import explain

        if paths or baseline or write or reports or ref:
            raise click.UsageError("--explain goes with --records and --format only")
        return explain(settings, case, folders, format_name)
    if write and baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE")
    piped = Path("-") in paths
    if piped and (len(paths) > 1 or folders or baseline or ref):
        raise click.UsageError("`-` goes without other paths, --records, --baseline and --since")
    writers = [(path, writer_for(path)) for path in map(Path, reports)]
    with progress_bar("Checking records") as progress:
        result = review_records(
            settings.start,
            paths,
            settings.today,
            progress,
            jobs=jobs or cores(),
            folders=folders,
            pipe=sys.stdin.buffer if piped else None,
            narrow=None if ref is None else partial(_narrowed, ref),
        )
    findings = result.findings
    if baseline is not None:
        from regelwerk.cli.known_findings import apply_baseline

        findings = apply_baseline(result.root, findings, baseline, write=write)
    for path, render in writers:
        write_report(path, render(findings, result.files, result.records))
    limit = None if all_ else _MANY
    return report_findings(
        format_name, result.root, findings, result.files, result.records, limit=limit
    )


def _narrowed(ref: str, root: Path, files: RecordFiles) -> RecordFiles:
    """The files to judge since a ref; how many are left out is told on standard error."""
    from regelwerk.operations.since import changed_since

    found = changed_since(root, ref, files)
    left = len(files.chosen) - len(found.files.chosen)
    if found.reason:
        click.echo(f"Everything is judged: {found.reason}.", err=True)
    elif left:
        said = "1 record file has" if left == 1 else f"{left:,} record files have"
        click.echo(f"{said} not changed since {ref}; only their ids were read.", err=True)
    return found.files
