"""`regelwerk review`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings
from regelwerk.errors import RegelwerkError


@click.command()
@click.argument("process")
@click.argument("version")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write the page. Default: PROCESS-VERSION-review.html here.",
)
@pass_settings
def review(settings: Settings, process: str, version: str, out: Path | None) -> None:
    """Write one HTML page on which people without Git read a frozen VERSION and sign it.

    It holds what changes, the whole definition, findings and signatures, and needs no network. The
    file that it gives back is added with `versions sign PROCESS VERSION --from FILE`.

    \b
    Examples:
      regelwerk review sales 1.4
      regelwerk review sales 1.4 -o to-sign.html
    """
    from regelwerk.operations.review_page import review_page
    from regelwerk.operations.writing import write_atomically

    page = review_page(settings.start, process, version, settings.today)
    target = out or Path(f"{process}-{version}-review.html")
    try:
        write_atomically(target, page)
    except OSError as error:
        raise RegelwerkError(f"{target} cannot be written: {error.strerror}") from None
    click.echo(f"Wrote {target}")
