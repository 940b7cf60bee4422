"""A draft as a file: headers, text, HTML, attachments; the same bytes from the same content."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

import msgspec

from regelwerk.artifacts.email.headers import (
    address_header,
    not_for_texts,
    parameter_header,
    text_header,
)
from regelwerk.artifacts.email.recipients import Mailbox
from regelwerk.artifacts.email.words import ENGLISH_SPEECH
from regelwerk.artifacts.view.speech import Speech
from regelwerk.errors import RenderError

CALENDAR_TYPE = "text/calendar; charset=utf-8"
# Mail servers commonly refuse more than 20 or 25 MB, and an attachment grows by a third on its way.
MOST_ATTACHED = 15 * 1024 * 1024


class AttachedFile(msgspec.Struct, frozen=True):
    """A file that is sent along; `type` is its media type, in ASCII."""

    name: str
    type: str
    content: bytes


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What a person copies from: text and HTML without notes, and what is open as its labels."""

    text: str
    html: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    speech: Speech = ENGLISH_SPEECH


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands in a draft; `calendar` is the meeting, as the last attachment."""

    subject: str
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    text: str
    html: str
    attachments: tuple[AttachedFile, ...] = ()
    calendar: AttachedFile | None = None
    copy: Copy = Copy(text="", html="")

    @property
    def files(self) -> tuple[AttachedFile, ...]:
        """All that is sent along."""
        return self.attachments + ((self.calendar,) if self.calendar is not None else ())


def eml(draft: Draft) -> bytes:
    """The draft as `.eml` that mail programs open for sending (`X-Unsent`); CRLF, ASCII bytes.

    It has neither date nor message id: those belong to the sending. RenderError where a header
    would hold what a header cannot, or where more is attached than a mail can carry.
    """
    headers = [text_header("X-Unsent", "1"), text_header("Subject", draft.subject)]
    for name, mailboxes in (("To", draft.to), ("Cc", draft.cc)):
        if mailboxes:
            headers.append(address_header(name, mailboxes))
    files = draft.files
    if sum(len(file.content) for file in files) > MOST_ATTACHED:
        raise RenderError(
            f"more than {MOST_ATTACHED // 1024**2} MiB would be attached",
            "put large files where the recipients can fetch them",
        )
    boundary = _boundary(draft)
    message = EmailMessage(policy=SMTP)
    message.set_content(body_text(draft.text), cte="quoted-printable")
    message.add_alternative(body_text(draft.html), subtype="html", cte="quoted-printable")
    message.set_boundary(boundary)
    if not files:
        return b"".join(headers) + message.as_bytes()
    del message["MIME-Version"]
    parts = [message.as_bytes(), *(_attached(file) for file in files)]
    return b"".join([*headers, b"MIME-Version: 1.0\r\n", *_mixed(parts, f"{boundary}-mixed")])


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


def _mixed(parts: list[bytes], boundary: str) -> Iterator[bytes]:
    yield f'Content-Type: multipart/mixed; boundary="{boundary}"\r\n'.encode("ascii")
    for part in parts:
        yield f"\r\n--{boundary}\r\n".encode("ascii")
        yield part.removesuffix(b"\r\n")
    yield f"\r\n--{boundary}--\r\n".encode("ascii")


def _attached(file: AttachedFile) -> bytes:
    encoded = b64encode(file.content)
    lines = [encoded[place : place + 76] for place in range(0, len(encoded), 76)]
    return b"".join(
        [
            f"Content-Type: {file.type}\r\n".encode("ascii"),
            parameter_header("Content-Disposition", "attachment", "filename", file.name),
            b"Content-Transfer-Encoding: base64\r\n\r\n",
            *(line + b"\r\n" for line in lines),
        ]
    )


def _boundary(draft: Draft) -> str:
    files = [
        [file.name, file.type, hashlib.sha256(file.content).hexdigest()] for file in draft.files
    ]
    content = [draft.subject, draft.text, draft.html, *([files] if files else [])]
    return f"=_{hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:40]}"
