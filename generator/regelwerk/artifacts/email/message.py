"""A draft as a file: headers, plain text and HTML, the same bytes from the same content."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP

import msgspec

from regelwerk.artifacts.email.headers import address_header, not_for_texts, text_header
from regelwerk.artifacts.email.recipients import Mailbox
from regelwerk.errors import RenderError


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands in a draft."""

    subject: str
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    text: str
    html: str


def eml(draft: Draft) -> bytes:
    """The draft as `.eml` that mail programs open for sending (`X-Unsent`); CRLF, ASCII bytes.

    It has neither date nor message id: those belong to the sending. RenderError where a header
    would hold what a header cannot.
    """
    headers = [text_header("X-Unsent", "1"), text_header("Subject", draft.subject)]
    for name, mailboxes in (("To", draft.to), ("Cc", draft.cc)):
        if mailboxes:
            headers.append(address_header(name, mailboxes))
    message = EmailMessage(policy=SMTP)
    message.set_content(body_text(draft.text), cte="quoted-printable")
    message.add_alternative(body_text(draft.html), subtype="html", cte="quoted-printable")
    message.set_boundary(_boundary(draft))
    return b"".join(headers) + message.as_bytes()


def body_text(text: str) -> str:
    """The text with `\\n` as line end; RenderError for control characters but tab and line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    place = not_for_texts(text)
    if place is not None:
        raise RenderError(
            f"the e-mail's text holds the control character U+{ord(text[place]):04X}",
            "remove it from the value",
        )
    return text


def _boundary(draft: Draft) -> str:
    digest = hashlib.sha256(msgspec.json.encode([draft.subject, draft.text, draft.html]))
    return f"=_{digest.hexdigest()[:40]}"
