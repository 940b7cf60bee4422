"""What the commands that sign have in common: their options, the look before, the question."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from regelwerk.cli.options import DayType
from regelwerk.cli.printable import printable
from regelwerk.errors import UsageError

if TYPE_CHECKING:
    from regelwerk.approvals.private_key import Signer
    from regelwerk.operations.versions_find import Now
    from regelwerk.operations.versions_sign import Prepared


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """The options of a command that signs; `person` is missing only where a file says it."""

    person: str | None
    key: Path | None
    paper: bool
    at: date | None
    original: Path | None
    role: str | None
    comment: str | None
    yes: bool


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPTIONS = (
    click.option("--as", "person", metavar="PERSON", help="Your id in people.yaml."),
    click.option("--key", type=_FILE, metavar="FILE", help="Your private Ed25519 key (OpenSSH)."),
    click.option(
        "--paper", is_flag=True, help="It was signed with a pen, which no tool can verify."
    ),
    click.option("--at", type=DayType(), metavar="DATE", help="With --paper: the day on it."),
    click.option(
        "--original",
        type=_FILE,
        metavar="FILE",
        help="With --paper: a scan, kept beside it.",
    ),
    click.option(
        "--role", metavar="ROLE", help="The role you sign in; left out: the fitting one you hold."
    ),
    click.option("--comment", metavar="TEXT", help="A remark; it is signed too."),
    click.option("--yes", is_flag=True, help="Do not ask."),
)


def signing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that all signing has, handed over as one `signing`."""

    @functools.wraps(function)
    def with_signing(*arguments: object, **options: Any) -> Any:  # noqa: ANN401
        names = Signing.__struct_fields__
        signing = Signing(**{name: options.pop(name) for name in names})
        return function(*arguments, signing=signing, **options)

    for option in reversed(_OPTIONS):
        with_signing = option(with_signing)
    return with_signing


def sign_entry(
    start: Path, process: str, version: str, signing: Signing, now: Now, **what: str
) -> int:
    """Show what is to be signed, ask, and add it. `what`: `stage`, `result` or `reason`."""
    from regelwerk.operations.versions_sign import Act, prepare

    if signing.person is None:
        raise UsageError("say who signs: --as PERSON", "PERSON is your id in people.yaml")
    act = Act(
        person=signing.person,
        means=_means(signing),
        role=signing.role,
        comment=signing.comment,
        **what,
    )
    return _add(prepare(start, process, version, act, now), "Sign?", yes=signing.yes)


def add_received(
    start: Path, process: str, version: str, file: Path, signing: Signing, now: Now
) -> int:
    """Show the signature that a file brings, ask, and add it."""
    from regelwerk.operations.versions_receive import prepare_received

    given = msgspec.structs.replace(signing, yes=False)
    if any(msgspec.structs.astuple(given)):
        raise UsageError("--from FILE says all by itself", "give nothing else but --yes")
    prepared = prepare_received(start, process, version, _read(file), now)
    return _add(prepared, "Add this signature?", yes=signing.yes)


def _add(prepared: Prepared, question: str, *, yes: bool) -> int:
    _show(prepared)
    if not yes and not click.confirm(question):
        click.echo("Nothing was signed.")
        return 1
    click.echo(f"Signed: {prepared.add()}")
    return 0


def _means(signing: Signing) -> Any:  # noqa: ANN401
    from regelwerk.operations.versions_sign import ByKey, OnPaper

    if signing.paper == (signing.key is not None):
        raise UsageError("sign either with --key FILE or with --paper --at DATE")
    if signing.key is not None:
        if signing.at is not None or signing.original is not None:
            raise UsageError("--at and --original go with --paper only")
        return ByKey(signer_from(signing.key))
    if signing.at is None:
        raise UsageError("--paper needs the day on it: --at DATE")
    original = signing.original
    return OnPaper(signing.at, (original.name, _read(original)) if original else None)


def signer_from(key: Path) -> Signer:
    """Read a private key; the passphrase is asked for where it has one, and never shown."""
    from regelwerk.approvals.private_key import signer_of

    return signer_of(_read(key), _ask_passphrase)


def _ask_passphrase() -> str:
    answer: str = click.prompt("Passphrase of the key", hide_input=True, err=True, default="")
    return answer


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def _show(prepared: Prepared) -> None:
    since = prepared.change.before
    click.echo(printable(f"{prepared.title} ({prepared.process}), version {prepared.version}"))
    click.echo(f"  Digest         {prepared.digest}")
    click.echo(f"  In force from  {prepared.effective_from or 'not set'}")
    click.echo(f"What changes{f' against version {since}' if since else ''}:")
    for sentence in prepared.change.sentences:
        click.echo(f"  - {printable(sentence)}")
    click.echo(printable(f"{prepared.what}: {prepared.who}"))
    if prepared.entry.data.get("comment"):
        click.echo(f"  Comment        {printable(str(prepared.entry.data['comment']))}")
    if prepared.fingerprint is not None:
        click.echo(f"  Key            {prepared.fingerprint}")
