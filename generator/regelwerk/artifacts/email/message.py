"""A draft as a file: headers, plain text and HTML, the same bytes from the same content."""

from __future__ import annotations

import hashlib
import unicodedata
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import msgspec

from regelwerk.errors import RenderError

LONGEST_SUBJECT = 900  # a header line has at most 998 characters (RFC 5322, 2.1.1)
_TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_POLICY = SMTP.clone(max_line_length=76)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands in a draft."""

    subject: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    text: str
    html: str


def eml(draft: Draft) -> bytes:
    """The draft as `.eml` that mail programs open for sending (`X-Unsent`); CRLF, ASCII bytes.

    It has neither date nor message id: those belong to the sending. RenderError where a header
    would hold what a header cannot.
    """
    message = EmailMessage(policy=_POLICY)
    message["X-Unsent"] = "1"
    message["Subject"] = header_text(draft.subject, "the subject")
    for name, addresses in (("To", draft.to), ("Cc", draft.cc)):
        if addresses:
            for address in addresses:
                header_text(address.display_name, f"a name in `{name}`")
            message[name] = addresses
    message.set_content(body_text(draft.text), cte="quoted-printable")
    message.add_alternative(body_text(draft.html), subtype="html", cte="quoted-printable")
    message.set_boundary(_boundary(draft))
    return message.as_bytes()


def header_text(text: str, what: str) -> str:
    """The text, which a header can hold; RenderError for line breaks and control characters."""
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _TURNS_TEXT:
            raise RenderError(
                f"{what} holds U+{ord(character):04X}, which the head of an e-mail cannot carry",
                "remove the line break or control character from the value",
            )
    if len(text) > LONGEST_SUBJECT:
        raise RenderError(f"{what} is longer than {LONGEST_SUBJECT} characters", "shorten it")
    return text


def body_text(text: str) -> str:
    """The text with `\\n` as line end; RenderError for control characters but tab and line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs"):
            raise RenderError(
                f"the e-mail's text holds the control character U+{ord(character):04X}",
                "remove it from the value",
            )
    return text


def _boundary(draft: Draft) -> str:
    digest = hashlib.sha256(msgspec.json.encode([draft.subject, draft.text, draft.html]))
    return f"=_{digest.hexdigest()[:40]}"
