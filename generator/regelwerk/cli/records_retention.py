"""`regelwerk records retention`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from regelwerk.cli.options import Settings, folders_option, pass_settings, paths_argument
from regelwerk.cli.printable import printable
from regelwerk.cli.progress import progress_bar

if TYPE_CHECKING:
    from regelwerk.operations.record_erase import Erasing
    from regelwerk.operations.record_retention import PastRecord, Retention


@click.command("retention")
@paths_argument
@folders_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to list them: for people, or for a machine.",
)
@click.option(
    "--erase",
    "erases",
    is_flag=True,
    help="Erase the records whose retention is over, after asking; a stone is left of each.",
)
@click.option("--by", metavar="ID", help="Who erases, by id in people.yaml; needed with --erase.")
@click.option("--reason", metavar="TEXT", help="Why; left out: the retention that is over.")
@click.option(
    "--evidence", is_flag=True, help="Erase their evidence files too, where no other names them."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_settings
def retention_of_records(
    settings: Settings,
    paths: tuple[Path, ...],
    folders: tuple[Path, ...],
    format_name: str,
    erases: bool,
    by: str | None,
    reason: str | None,
    evidence: bool,
    yes: bool,
) -> int:
    """List records past the retention of their documents; with --erase, erase them.

    The retention counts from the day on which the case was closed or cancelled, by the version
    that the record follows. Nothing is changed without --erase. Open cases and those on hold are
    never past.

    \b
    Examples:
      regelwerk records retention
      regelwerk records retention --erase --by kavin.somasundaram
      regelwerk records retention --erase --evidence --by kavin.somasundaram --yes
    """
    from regelwerk.operations.record_retention import retention

    if erases and by is None:
        raise click.UsageError("--erase needs --by ID: who answers for it")
    if not erases and (by or reason or evidence or yes):
        raise click.UsageError("--by, --reason, --evidence and --yes go with --erase")
    if erases and settings.as_of is not None:
        raise click.UsageError("--erase is done today; leave --as-of out")
    if erases and format_name != "text":
        raise click.UsageError("--erase goes with --format text")
    with progress_bar("Reading records") as progress:
        found = retention(settings.start, paths, settings.today, progress, folders)
    if format_name == "json":
        click.echo(_as_json(found))
        return 0
    for line in _as_text(found):
        click.echo(line)
    if not erases or by is None:
        return 0
    from regelwerk.operations.record_erase import Erasing

    return _erase(found, Erasing(by=by, on=found.day, reason=reason, evidence=evidence), yes=yes)


def _erase(found: Retention, wish: Erasing, *, yes: bool) -> int:
    from regelwerk.operations.record_erase import erase, removable

    records = found.erasable()
    if not records:
        return 0
    what = _count(len(records), "record")
    if wish.evidence:
        files = [path for paths in removable(found).values() for path in paths]
        for path in files:
            click.echo(f"evidence to be removed: {printable(_named(path, found))}")
        if not found.all_read:
            click.echo("No evidence is removed: some records cannot be read, and may name it, too.")
        what += f" and {_count(len(files), 'evidence file')}"
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("nobody is there to be asked; say --yes")
        if not click.confirm(f"Erase {what} for good?"):
            click.echo("Nothing was erased.")
            return 0
    result = erase(found, wish)
    click.echo(f"Erased {_count(len(result.records), 'record')}; a stone is left of each.")
    if wish.evidence:
        click.echo(f"Removed {_count(len(result.evidence), 'evidence file')}.")
    for failure in result.failures:
        click.secho("not erased: ", fg="red", nl=False, err=True)
        click.echo(printable(failure), err=True)
    return int(bool(result.failures))


def _named(path: Path, found: Retention) -> str:
    inside = path.is_relative_to(found.root)
    return (path.relative_to(found.root) if inside else path).as_posix()


def _as_json(found: Retention) -> str:
    data = {
        "day": found.day.isoformat(),
        "past": [msgspec.to_builtins(record) for record in found.past],
        "summary": {
            "records": found.records,
            "past": len(found.erasable()),
            "partly_past": len(found.past) - len(found.erasable()),
            "without_retention": found.endless,
            "unknown": found.untold,
            "erased": found.erased,
        },
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def _as_text(found: Retention) -> Iterator[str]:
    erasable, partly = found.erasable(), [one for one in found.past if not one.over]
    for record in erasable:
        yield from _record(record, f"past since {record.until}")
    for record in partly:
        until = f"kept until {record.until}" if record.until else "kept without end"
        yield from _record(record, until)
    if found.past:
        yield ""
    yield (
        f"{_count(found.records, 'record')}: {len(erasable):,} past the retention of all their "
        f"documents, {len(partly):,} of some."
    )
    for number, words in (
        (found.endless, "kept without end: a document has no retention"),
        (found.untold, "of which nobody can tell; see records check"),
        (found.erased, "erased already"),
    ):
        if number:
            yield f"{number:,} {words}."


def _record(record: PastRecord, words: str) -> Iterator[str]:
    place = f"{record.file}:{record.line}" if record.line else record.file
    head = f"{record.case} ({record.process} {record.version}), {record.status} {record.ended}"
    yield f"{click.style(printable(head), bold=True)}: {words}  {printable(place)}"
    for one in record.documents:
        until = f"until {one.until}" if one.until is not None else "no retention"
        yield printable(f"  {one.title}: {one.retention or '-'}, {until}")
    if record.evidence:
        yield printable(f"  evidence: {', '.join(record.evidence)}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
