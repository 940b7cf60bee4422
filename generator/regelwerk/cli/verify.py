"""`regelwerk verify`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings
from regelwerk.cli.progress import progress_bar


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "--build",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder that `regelwerk build --out DIR` wrote; build/ is looked at anyway.",
)
@click.option(
    "--from-sources",
    is_flag=True,
    help="Believe no manifest of a build: only what was issued, or what the sources give again.",
)
@click.option(
    "--trust",
    metavar="REF",
    help="Judge signatures by the people, keys and rules of this git ref, and what was issued by "
    "what it holds.",
)
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Public keys or fingerprints that you know: whoever signed in an audit pack must have "
    "one of them.",
)
@click.option("-q", "--quiet", is_flag=True, help="As text: one line a file.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to say it: for people, or for a machine.",
)
@pass_settings
def verify(
    settings: Settings,
    files: tuple[Path, ...],
    folders: tuple[Path, ...],
    from_sources: bool,
    trust: str | None,
    keys: Path | None,
    quiet: bool,
    format_name: str,
) -> int:
    """Is this copy valid? Tell what each FILE is, and whether it may be relied upon.

    FILE is a document (Word or PDF), a checklist (Word, Excel or the web page), a picture, a
    record, a manifest, an audit pack, or a folder of these. What it is called and where it lies
    does not matter: it is judged by its bytes. An audit pack needs no project.

    \b
    Examples:
      regelwerk verify sales-1.3-document.docx
      regelwerk --as-of 2025-06-30 verify --quiet printed/*.pdf
      regelwerk verify --format json process/sales/records/S-2022-0001.yaml
      regelwerk verify --keys known-keys.txt audit-2025.zip

    \b
    Exit code 0: every file is in force, or (records, manifests, packs) in order. 1: one is not:
    superseded, withdrawn, a draft, not yet in force, changed, of another text, not confirmed, not
    made by this project, or not readable; `state` in JSON says which.
    """
    from regelwerk.cli.verification.catalog import FORMATS
    from regelwerk.operations.verify import Wish
    from regelwerk.operations.verify import verify as find_out

    wish = Wish(folders=folders, from_sources=from_sources, trust=trust, keys=keys)
    with progress_bar("Verifying") as progress:
        result = find_out(settings.start, files, wish, settings.today, progress)
    click.echo(FORMATS[format_name](result, quiet=quiet))
    return result.exit_code
