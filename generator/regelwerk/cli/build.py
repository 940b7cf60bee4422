"""`regelwerk build`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings
from regelwerk.cli.progress import progress_bar
from regelwerk.cli.reporting import report_findings

_KINDS = ("document", "checklist", "workbook", "emails", "picture", "webform", "handbook", "site")


@click.command()
@click.argument("processes", nargs=-1, metavar="[PROCESS]...")
@click.option(
    "--only",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    metavar="KIND",
    help=f"Make only this: {', '.join(_KINDS)}. May be given several times.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write. Default: build/ in the project. In any other folder, files that "
    "regelwerk did not make are left alone, and named.",
)
@click.option(
    "--pdf",
    is_flag=True,
    help="Make documents and checklists as PDF/A too, and have the contents show page numbers. "
    "Needs LibreOffice.",
)
@click.option(
    "--figures",
    is_flag=True,
    help="Draw the key figures from the records into the documents too, marked as not part of what "
    "is approved. Documents that were issued stay as they are.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many cores to use. Default: all.",
)
@pass_settings
def build(
    settings: Settings,
    processes: tuple[str, ...],
    kinds: tuple[str, ...],
    out: Path | None,
    pdf: bool,
    figures: bool,
    jobs: int | None,
) -> int:
    """Make documents, checklists, e-mails, pictures (also as BPMN) and the handbook.

    For every process, the version in force goes to <process>/<version>/ and a working definition
    that differs from it to <process>/draft/. What has not changed is not made again. A process
    whose definition has errors is left out and named; the others are built.

    With --figures a document shows what the records came to, period by period, beside what was
    approved; a build without it takes the figures out again. So give such copies a folder of their
    own by --out.

    \b
    Examples:
      regelwerk build
      regelwerk build sales --only document --pdf
      regelwerk build --only document --figures --out with-figures
      regelwerk --as-of 2027-01-01 build --out release
    """
    from regelwerk.operations.build import build as build_project
    from regelwerk.operations.rendering import cores

    with progress_bar("Building") as progress:
        result = build_project(
            settings.start,
            processes,
            kinds,
            out,
            settings.today,
            progress,
            with_pdf=pdf,
            figures=figures,
            jobs=jobs or cores(),
        )
    if result.findings:
        report_findings("text", result.root, result.findings, result.files, 0)
    for line in result.sentences():
        click.echo(line)
    return result.exit_code
