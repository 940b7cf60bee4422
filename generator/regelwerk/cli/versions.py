"""`regelwerk versions`: the life of versions, from freezing to withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from pathlib import Path

import click

from regelwerk.cli.options import DayType, Settings, pass_settings
from regelwerk.cli.reporting import report_findings
from regelwerk.cli.signing import (
    Signing,
    add_received,
    sign_entry,
    signer_from,
    signing_options,
)
from regelwerk.errors import UsageError


@click.group(invoke_without_command=True)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table for people, or JSON for machines.",
)
@click.pass_context
def versions(context: click.Context, format_name: str) -> int:
    """Show where every version of every process stands; freeze, sign, review, withdraw, issue.

    \b
    Examples:
      regelwerk versions
      regelwerk --as-of 2027-01-01 versions --format json
      regelwerk versions submit sales --effective-from 2026-12-01
    """
    if context.invoked_subcommand is not None:
        return 0
    from regelwerk.cli.versions_table import as_json, as_table
    from regelwerk.operations.versions_list import list_versions

    settings: Settings = context.obj
    rows = list_versions(settings.start, (), settings.today)
    click.echo(as_json(rows) if format_name == "json" else as_table(rows))
    return 0


@versions.command()
@click.argument("process")
@click.option(
    "--effective-from",
    type=DayType(),
    metavar="DATE",
    help="The first day on which the version is to be in force; it is signed with the rest.",
)
@pass_settings
def submit(settings: Settings, process: str, effective_from: date | None) -> int:
    """Freeze the working definition of PROCESS as a version that people can sign.

    Refused where it has errors, or its number is not higher than that of every frozen version.

    \b
    Example:
      regelwerk versions submit sales --effective-from 2026-12-01
    """
    from regelwerk.operations.versions_submit import submit as freeze

    result = freeze(settings.start, process, effective_from, settings.today)
    if result.findings:
        report_findings("text", result.root, result.findings, result.files, 0)
        click.echo("Nothing was frozen.")
        return 1
    click.echo(f"Wrote {result.folder}/ (process.yaml, context.yaml, approvals.yaml)")
    click.echo(f"Digest: {result.digest}")
    if result.change is not None:
        for sentence in result.change.sentences:
            click.echo(f"  {sentence}")
        advice = result.change.advice(result.version)
        if advice:
            click.echo(advice)
    if effective_from is None:
        click.echo("No day is set from which it is in force: give --effective-from to have one.")
    click.echo("To be signed, in this order: " + ", ".join(result.stages))
    return 0


@versions.command()
@click.argument("process")
@click.argument("version")
@click.option("--stage", metavar="STAGE", help="The stage, as the rule names it.")
@click.option(
    "--from",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Add the signature in this file, made on the page of `regelwerk review`.",
)
@signing_options
@pass_settings
def sign(
    settings: Settings,
    process: str,
    version: str,
    stage: str | None,
    file: Path | None,
    signing: Signing,
) -> int:
    """Sign a stage of a frozen VERSION, with an SSH key or, where that is allowed, on paper.

    What the version changes is shown first, and you are asked. With --from, the signature is one
    that somebody made on a review page; it is checked like any other, and added.

    \b
    Examples:
      regelwerk versions sign sales 1.4 --stage approved --as gerald.unger --key ~/.ssh/id_ed25519
      regelwerk versions sign sales 1.4 --stage created --as anna.beispiel --paper \\
          --at 2026-11-02 --original signed.pdf
      regelwerk versions sign sales 1.4 --from sales-1.4-approved-gerald.unger.json
    """
    if file is not None:
        if stage is not None:
            raise UsageError("--from FILE says all by itself", "give nothing else but --yes")
        return add_received(settings.start, process, version, file, signing, _now(settings))
    if stage is None:
        raise UsageError("say which stage is signed: --stage STAGE", "or give --from FILE")
    return sign_entry(settings.start, process, version, signing, _now(settings), stage=stage)


@versions.command()
@click.argument("process")
@click.argument("version")
@click.option(
    "--result",
    type=click.Choice(["unchanged", "change-needed"]),
    default="unchanged",
    show_default=True,
    help="Only `unchanged` moves the day of the next review.",
)
@signing_options
@pass_settings
def review(settings: Settings, process: str, version: str, result: str, signing: Signing) -> int:
    """Confirm that an approved VERSION is still right; moves the day of the next review only.

    \b
    Example:
      regelwerk versions review sales 1.4 --as kavin.somasundaram --key ~/.ssh/id_ed25519
    """
    return sign_entry(settings.start, process, version, signing, _now(settings), result=result)


@versions.command()
@click.argument("process")
@click.argument("version")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is signed too.")
@signing_options
@pass_settings
def withdraw(settings: Settings, process: str, version: str, reason: str, signing: Signing) -> int:
    """Take a VERSION out of force from today on; no older one comes back.

    \b
    Example:
      regelwerk versions withdraw sales 1.4 --reason "We do this no more." \\
          --as gerald.unger --key ~/.ssh/id_ed25519
    """
    return sign_entry(settings.start, process, version, signing, _now(settings), reason=reason)


@versions.command()
@click.argument("process")
@click.argument("version")
@pass_settings
def issue(settings: Settings, process: str, version: str) -> None:
    """Render the approved VERSION once, for good, into its folder `issued/`.

    Every later build copies these files, whatever becomes of templates, names and this tool.

    \b
    Example:
      regelwerk versions issue sales 1.4
    """
    from regelwerk.operations.versions_issue import issue as render

    folder, files = render(settings.start, process, version, settings.today)
    click.echo(f"Wrote {folder}/ ({len(files)} files)")
    for file in files:
        click.echo(f"  {file}")


@versions.command()
@click.argument("process")
@click.argument("version")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Where the files go: a statement and a signature for each entry.",
)
@pass_settings
def statements(settings: Settings, process: str, version: str, out: Path) -> None:
    """Write out what each signature of a VERSION is made over, to verify without this tool.

    \b
    Example:
      regelwerk versions statements sales 1.4 --out proof
      ssh-keygen -Y verify -n regelwerk-approval@v1 -f proof/allowed_signers \\
          -I gerald.unger -s proof/signatures-2.sig < proof/signatures-2.json
    """
    from regelwerk.operations.versions_statements import write_statements

    for file in write_statements(settings.start, process, version, out):
        click.echo(f"Wrote {file}")


@versions.command()
@click.option("--trust", required=True, metavar="REF", help="The trusted git ref: origin/main.")
@click.option("--stage", required=True, metavar="STAGE", help="The stage, as its rule names it.")
@click.option("--as", "person", required=True, metavar="PERSON", help="Your id in people.yaml.")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Your private Ed25519 key (OpenSSH).",
)
@click.option("--comment", metavar="TEXT", help="A remark; it is signed too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_settings
def endorse(
    settings: Settings,
    trust: str,
    stage: str,
    person: str,
    key: Path,
    comment: str | None,
    yes: bool,
) -> int:
    """Sign a change of people, keys or approval rules since a trusted state.

    The stages are those of the rule `trust` of that state, else those of its first rule; only
    keys that it holds count. The signature goes to process/trust.yaml.

    \b
    Example:
      regelwerk versions endorse --trust origin/main --stage approved \\
          --as gerald.unger --key ~/.ssh/id_ed25519
    """
    from regelwerk.operations.versions_endorse import prepare_endorsement

    ready = prepare_endorsement(
        settings.start, trust, stage, person, signer_from(key), comment, _now(settings)
    )
    click.echo(f"Changed since {trust}:")
    for change in ready.changes:
        click.echo(f"  - {change}")
    click.echo(f"Sign the stage `{ready.stage}`: {ready.who}")
    click.echo(f"  Key            {ready.fingerprint}")
    if not yes and not click.confirm("Sign?"):
        click.echo("Nothing was signed.")
        return 1
    click.echo(f"Signed: {ready.add()}")
    return 0


def _now(settings: Settings) -> Callable[[tzinfo], datetime]:
    if settings.as_of is not None:
        raise UsageError(
            "whoever signs does so today", "leave out --as-of; a day on paper goes with --at"
        )

    def now(zone: tzinfo) -> datetime:
        return datetime.now(zone)

    return now
