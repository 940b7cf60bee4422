"""A comparison as Markdown, for a merge request or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regelwerk.artifacts.comparison import Comparison, Told
from regelwerk.artifacts.comparison.word_diff import Piece
from regelwerk.cli.differences.grouping import by_part, one_line

# Signs of Markdown and of its usual extensions; a colon only where it could begin an emoji's name.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#~|&!$^=]|:(?=[\w+-]+:)|(?<=^)[-+](?=\s)|(?<=\d)[.)](?=\s)")


def render(comparison: Comparison) -> str:
    """Headings by part, a list of sentences; what went is struck out, what came is bold."""
    lines = [f"# {literal(comparison.head)}"]
    for part, count, groups in by_part(comparison):
        lines += ["", f"## {literal(part)} ({count})", ""]
        for subject, told in groups:
            lines += _group(subject, told)
    if comparison.note:
        lines += ["", literal(comparison.note)]
    return "\n".join([*lines, "", literal(comparison.summary)])


def _group(subject: str, told: list[Told]) -> Iterator[str]:
    if subject and len(told) > 1:
        yield f"- {literal(subject)}"
        for one in told:
            yield f"    - {_words(one.words)}"
    else:
        for one in told:
            lead = literal(one.subject + one.joint.rstrip()) + " " if one.subject else ""
            words = _words(one.words)
            yield f"- {lead}{words if lead else one_line(words)}"


def _words(pieces: Sequence[Piece]) -> str:
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    """A piece with its mark; spaces at its ends stand outside, where Markdown wants them."""
    text = " ".join(piece.text.split())
    before = " " if piece.text[:1].isspace() else ""
    after = " " if text and piece.text[-1:].isspace() else ""
    mark = {"kept": "", "old": "~~", "new": "**"}[piece.kind] if text else ""
    return f"{before}{mark}{literal(text)}{mark}{after}"


def literal(text: str) -> str:
    """The text on one line, as Markdown that shows it exactly as it was written."""
    return _ACTIVE.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))
