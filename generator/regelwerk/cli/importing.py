"""`regelwerk records import`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings
from regelwerk.cli.progress import progress_bar


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@click.option(
    "--write", is_flag=True, help="Write the records; without it, only say what would be."
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="Let forms change values that are recorded already; without it, that is a conflict.",
)
@click.option("--entered-by", metavar="ID", help="Who hands the forms in: a person's id.")
@click.option(
    "--paper",
    type=click.Path(path_type=Path),
    metavar="SCAN",
    help="The scan of the form filled in by hand whose values somebody typed into the form given.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to say what became of each file: for people, or for a machine.",
)
@pass_settings
def import_records(
    settings: Settings,
    paths: tuple[Path, ...],
    write: bool,
    overwrite: bool,
    entered_by: str | None,
    paper: Path | None,
    format_name: str,
) -> int:
    """Read filled checklists (Word, Excel or the browser's) and make case records of them.

    PATH is a form, or a folder of forms. What only adds to a record is added; what would change a
    recorded value is a conflict and refused. The form itself is kept beside the record as evidence.

    \b
    Examples:
      regelwerk records import S-2026-0007.docx            what would be recorded
      regelwerk records import S-2026-0007.docx --write
      regelwerk records import inbox --write --entered-by anna.beispiel
      regelwerk records import typed.xlsx --paper scan.pdf --entered-by anna.beispiel --write
    """
    from regelwerk.cli.import_text import as_data, as_text
    from regelwerk.operations.import_desk import Wish
    from regelwerk.operations.import_records import import_records as do_import

    wish = Wish(write=write, overwrite=overwrite, entered_by=entered_by, paper=paper)
    with progress_bar("Reading forms") as progress:
        result = do_import(settings.start, paths, wish, settings.today, progress)
    if format_name == "json":
        click.echo(json.dumps(as_data(result), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_text(result)))
    return 0 if result.good else 1
