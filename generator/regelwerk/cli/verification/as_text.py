"""One headline a file, then why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from regelwerk.cli.printable import printable
from regelwerk.operations.verify_result import Checked, State, Verification

_WIDTH = 96
_COLOURS = {
    State.NOT_YET: "yellow",
    State.DRAFT: "yellow",
    State.UNCONFIRMED: "yellow",
}


def render(verification: Verification, *, quiet: bool = False) -> str:
    """Every file as a block; `quiet` only the headlines."""
    blocks = ["\n".join(_block(one, quiet=quiet)) for one in verification.checked]
    text = ("\n" if quiet else "\n\n").join(blocks)
    good = sum(one.good for one in verification.checked)
    number = len(verification.checked)
    if number < 2:
        return text
    return f"{text}\n\n{good} of {number} files are in force or in order."


def _block(one: Checked, *, quiet: bool) -> Iterator[str]:
    colour = "green" if one.good else _COLOURS.get(one.state, "red")
    yield f"{click.style(one.headline, fg=colour, bold=True)}  {printable(one.file)}"
    if quiet:
        return
    what = _what(one)
    if what:
        yield f"  {printable(what)}"
    for problem in one.problems:
        yield from _wrapped(problem[:1].upper() + problem[1:], "  ! ")
    for fact in one.facts:
        yield from _wrapped(fact, "  ")
    if one.signatures:
        yield from _signatures(one)
    for title, entries in (("It proves", one.proves), ("It does not prove", one.proves_not)):
        if entries:
            yield f"  {title}:"
            for entry in entries:
                yield from _wrapped(entry, "  - ")
    if one.digest:
        yield f"  Definition {printable(one.digest)}"
    yield f"  File       sha256:{one.sha256}" if one.sha256 else ""


def _what(one: Checked) -> str:
    of = f"{one.title or one.process}, version {one.version}" if one.version else one.title
    return ": ".join(part for part in (of, one.kind) if part)


def _signatures(one: Checked) -> Iterator[str]:
    rows = [
        (
            signature.stage,
            signature.name,
            f"{'deputy ' if signature.deputy else ''}{signature.role}",
            signature.at[:10],
            "SSH, verified" if signature.method == "ssh" else "on paper",
        )
        for signature in one.signatures
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    for row in rows:
        cells = (printable(text).ljust(width) for text, width in zip(row, widths, strict=True))
        yield "    " + "  ".join(cells).rstrip()


def _wrapped(text: str, indent: str) -> Iterator[str]:
    hanging = " " * len(indent)
    yield from textwrap.wrap(
        printable(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
