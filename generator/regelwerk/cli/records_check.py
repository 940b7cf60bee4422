"""`regelwerk records check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings, paths_argument
from regelwerk.cli.progress import progress_bar
from regelwerk.cli.reporting import format_option, report_findings

_MANY = 50


@click.command("check")
@paths_argument
@format_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes work at once; left out: as many as there are cores.",
)
@click.option(
    "--records",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder outside the project that holds more records.",
)
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
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Write all findings to FILE.json, .jsonl, .parquet or .html.",
)
@click.option("--all", "all_", is_flag=True, help="Show every finding, however many there are.")
@click.option(
    "--explain",
    "case",
    metavar="CASE",
    help="Show one case beside its definition, step by step: its id, its file, or FILE:LINE.",
)
@pass_settings
def check_records(
    settings: Settings,
    paths: tuple[Path, ...],
    format_name: str,
    jobs: int | None,
    folders: tuple[Path, ...],
    baseline: Path | None,
    write: bool,
    reports: tuple[Path, ...],
    all_: bool,
    case: str | None,
) -> int:
    """Replay records against the version they name, and report every departure.

    PATH is a file, a folder or a pattern; `-` reads JSON lines from standard input.

    \b
    Examples:
      regelwerk records check
      regelwerk records check process/sales/records/S-2022-0001.yaml
      regelwerk records check --format junit > records.xml
      regelwerk records check --records /archive/2025 --report findings.html
      regelwerk records check --baseline known.json --write-baseline
      regelwerk records check --explain S-2022-0001
      zcat cases.jsonl.gz | regelwerk records check -
    """
    from regelwerk.cli.reports.files import write_report, writer_for
    from regelwerk.operations.review_records import review_records
    from regelwerk.operations.workers import cores

    if case is not None:
        from regelwerk.cli.records_explain import explain

        if paths or baseline or write or reports:
            raise click.UsageError("--explain goes with --records and --format only")
        return explain(settings, case, folders, format_name)
    if write and baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE")
    piped = Path("-") in paths
    if piped and (len(paths) > 1 or folders or baseline):
        raise click.UsageError("`-` goes without other paths, --records and --baseline")
    writers = [(path, writer_for(path)) for path in reports]
    with progress_bar("Checking records") as progress:
        result = review_records(
            settings.start,
            paths,
            settings.today,
            progress,
            jobs=jobs or cores(),
            folders=folders,
            pipe=sys.stdin.buffer if piped else None,
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
