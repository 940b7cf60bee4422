"""`regelwerk audit-pack`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from regelwerk.cli.options import DayType, Settings, pass_settings
from regelwerk.cli.progress import progress_bar


@click.command("audit-pack")
@click.option(
    "--process",
    "processes",
    multiple=True,
    metavar="PROCESS",
    help="Only this process; may be given several times. Default: all.",
)
@click.option("--from", "first", type=DayType(), metavar="DATE", help="The first day.")
@click.option("--to", "last", type=DayType(), metavar="DATE", help="The last day.")
@click.option(
    "--pseudonymize",
    "key_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="KEYFILE",
    help="Put pseudonyms for people, cases and subjects in records, made with the key in KEYFILE; "
    "where there is none, one is made there. Evidence is left out. Keep KEYFILE apart.",
)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.zip",
    help="Where to write the pack.",
)
@pass_settings
def audit_pack(
    settings: Settings,
    processes: tuple[str, ...],
    first: date | None,
    last: date | None,
    key_file: Path | None,
    out: Path,
) -> int:
    """Pack for an audit what is laid down, approved and recorded, so that it can be checked alone.

    The pack holds definitions, approvals, public keys, documents, the records of the period with
    their evidence, findings, key figures, the coverage of clauses, and a page to begin with
    (index.html). Whoever has it checks all of it with `regelwerk verify FILE.zip`.

    \b
    Examples:
      regelwerk audit-pack -o audit.zip
      regelwerk audit-pack --process sales --from 2025-01-01 --to 2025-12-31 -o sales-2025.zip
      regelwerk audit-pack --pseudonymize ~/audit.key -o audit.zip
    """
    from regelwerk.operations.audit_pack import PackWish
    from regelwerk.operations.audit_pack import audit_pack as pack

    wish = PackWish(processes=processes, first=first, last=last, key_file=key_file)
    with progress_bar("Packing") as progress:
        packed = pack(settings.start, wish, out, settings.today, progress)
    if packed.new_key:
        click.echo(f"Wrote a new key to {key_file}: keep it, and keep it apart from the pack.")
    click.echo(f"Wrote {packed.path} ({packed.size:,} bytes)")
    click.echo(f"  sha256:{packed.sha256}")
    held = (
        _count(len(packed.scope.processes), "process", "processes"),
        _count(len(packed.told.versions), "version", "versions"),
        _count(packed.scope.cases, "case", "cases"),
    )
    click.echo(f"  {', '.join(held)}, as of {packed.scope.as_of}")
    for note in packed.scope.notes:
        click.echo(f"  Note: {note}")
    click.echo(f"Tell the auditor the SHA-256 by another way; `regelwerk verify {out}` checks it.")
    return 0


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
