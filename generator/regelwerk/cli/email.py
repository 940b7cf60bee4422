"""`regelwerk email`."""

from __future__ import annotations

from pathlib import Path

import click

from regelwerk.cli.options import Settings, pass_settings
from regelwerk.cli.reporting import report_findings

_FORMATS = ("eml", "html", "txt", "ics", "mailto", "all")


@click.command()
@click.argument("process")
@click.argument("step")
@click.option(
    "--record",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The case's record, to be filled in from. Without it and --case: the blank template.",
)
@click.option(
    "--case",
    metavar="ID",
    help="Which case, where FILE holds several; without --record, of all records of the project.",
)
@click.option(
    "--version",
    metavar="VERSION",
    help="The version, or `working`. Default: the record's, else the one in force.",
)
@click.option(
    "--allow-blank",
    is_flag=True,
    help="Show what is missing as a gap in brackets, instead of refusing.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(_FORMATS),
    help="eml: a draft for the mail program; html: a page to copy from; txt; ics: the meeting; "
    "mailto: a link, printed where it is short enough. May be given several times. "
    "Default: eml and html.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A folder, or a file that ends with .eml, .html, .txt or .ics. Default: this folder.",
)
@click.option(
    "--sequence",
    type=click.IntRange(min=0, max=9999),
    default=0,
    metavar="N",
    help="How often the meeting was moved; a calendar replaces it by the one with the higher N.",
)
@pass_settings
def email(
    settings: Settings,
    process: str,
    step: str,
    record: Path | None,
    case: str | None,
    version: str | None,
    allow_blank: bool,
    formats: tuple[str, ...],
    output: Path | None,
    sequence: int,
) -> int:
    """Write the e-mail of STEP as a draft, filled in from a case's record. Nothing is sent.

    Open the .eml in your mail program, read it and send it. Where that does not open it as a draft,
    copy the text from the .html page. A file that is there and says something else is never
    overwritten.

    \b
    Examples:
      regelwerk email sales make-appointment --record S-2026-0007.yaml
      regelwerk email sales make-appointment --case S-2026-0007
      regelwerk email sales make-appointment --record S-2026-0007.yaml --format all -o mails
      regelwerk email sales make-appointment --record S-2026-0007.yaml --sequence 1
      regelwerk email sales decide --version working
    """
    from regelwerk.operations.email_draft import Wish, make_email
    from regelwerk.operations.email_write import FORMATS, files_of, link_of, write_files

    if record is None and case is None and (allow_blank or sequence):
        raise click.UsageError("--allow-blank and --sequence belong to --record or --case")
    wanted = _wanted(formats, output)
    wish = Wish(
        process=process,
        step=step,
        version=version,
        record=record,
        case=case,
        allow_blank=allow_blank,
        sequence=sequence,
    )
    made = make_email(settings.start, wish, settings.today)
    if made.draft is None:
        return report_findings(
            "text",
            made.root,
            made.findings,
            made.files,
            int(record is not None or case is not None),
        )
    files = files_of(made, [one for one in FORMATS if one in wanted])
    if (
        "ics" in wanted
        and "all" not in formats
        and not any(name.endswith(".ics") for name in files)
    ):
        raise click.UsageError(f"the e-mail {made.template} invites to no meeting that is known")
    placed = {_place(output, name): content for name, content in files.items()}
    write_files(placed)
    for path in placed:
        click.echo(f"Wrote {path}", err="mailto" in wanted)
    if "mailto" in wanted:
        link = link_of(made)
        click.echo(link if link is not None else _NO_LINK, err=link is None)
    return 0


_NO_LINK = (
    "No mailto: link: it would hold more than 2,000 characters, which mail programs cut off, or "
    "the e-mail has attachments, which a link cannot carry."
)


def _wanted(formats: tuple[str, ...], output: Path | None) -> frozenset[str]:
    """The formats asked for; the one that the name of the file says, if it is a file."""
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    named = suffix if suffix in _FORMATS[:4] else ""
    wanted = frozenset(_FORMATS[:5] if "all" in formats else formats)
    if not named:
        return wanted or frozenset(("eml", "html"))
    if wanted - {named, "mailto"}:
        raise click.UsageError(f"{output} can hold one format only; name a folder for several")
    return wanted | {named}


def _place(output: Path | None, name: str) -> Path:
    if output is None:
        return Path(name)
    return output if output.suffix.lower() == Path(name).suffix else output / name
