"""A signature on its way: what was signed and the signature, as the review page gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from regelwerk.approvals.subject import Subject

FORMAT: Literal["regelwerk-signature/1"] = "regelwerk-signature/1"

MAX_BYTES = 200_000


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was signed; all keys are there, what is absent is null (see `statement`)."""

    at: str
    by: str
    comment: str | None
    deputy: Literal[True] | None
    digest: str
    effective_from: str | None
    process: str
    role: str | None
    stage: str
    version: str


class SignatureFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file's content; `signature` is an armoured SSH signature over the canonical statement."""

    format: str
    statement: Statement
    signature: str


class SignatureFileError(ValueError):
    """The file is no signature file; the message says why."""


def read_signature_file(content: bytes) -> SignatureFile:
    """Read the file; SignatureFileError where it is another, damaged or too large."""
    if len(content) > MAX_BYTES:
        raise SignatureFileError(f"it is larger than {MAX_BYTES} bytes")
    try:
        read = msgspec.json.decode(content, type=SignatureFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SignatureFileError(str(error)) from None
    if read.format != FORMAT:
        raise SignatureFileError(f"its format is `{read.format}`, not `{FORMAT}`")
    return read


def moved(statement: Statement, subject: Subject, version: str) -> Iterator[tuple[str, str, str]]:
    """In what it was signed for something else: the key, what the file says, what holds here."""
    approvals = subject.approvals
    effective = approvals.effective_from.isoformat() if approvals.effective_from else None
    for key, said, here in (
        ("process", statement.process, subject.process),
        ("version", statement.version, version),
        ("digest", statement.digest, approvals.digest),
        ("effective_from", statement.effective_from, effective),
    ):
        if said != here:
            yield key, said or "nothing", here or "nothing"
