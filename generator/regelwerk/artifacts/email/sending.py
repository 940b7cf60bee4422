"""The draft for programs that open no `.eml`: as plain text, and as a link that begins a mail."""

from __future__ import annotations

import re
from urllib.parse import quote

from regelwerk.artifacts.email.headers import header_text
from regelwerk.artifacts.email.message import Draft, body_text
from regelwerk.artifacts.email.recipients import Mailbox, checked_address
from regelwerk.artifacts.email.words import say

# Windows hands a program 2,083 characters of a link at most, and mail programs cut longer ones off.
LONGEST_LINK = 2000
_MEANS_SOMETHING = re.compile(r"""[;<>@"\\\[\]()]""")


def txt(draft: Draft) -> bytes:
    """The draft as a text file, UTF-8: recipients, subject, what is attached, and the text."""
    speech, copy = draft.copy.speech, draft.copy
    lines = []
    for key, mailboxes, still_open in (("to", draft.to, copy.to), ("cc", draft.cc, copy.cc)):
        listed = recipients_text(mailboxes, still_open)
        if listed:
            lines.append(say(speech, key, list=listed))
    lines.append(say(speech, "subject_line", subject=header_text(draft.subject, "the subject")))
    if draft.files:
        names = ", ".join(file.name for file in draft.files)
        lines.append(say(speech, "attached", list=names))
    if copy.attachments:
        listed = ", ".join(f"[{label}]" for label in copy.attachments)
        lines.append(say(speech, "attachments", list=listed))
    return ("\n".join(lines) + "\n\n" + body_text(copy.text)).encode()


def recipients_text(mailboxes: tuple[Mailbox, ...], still_open: tuple[str, ...]) -> str:
    """Recipients on one line, with the `;` that mail programs take; open ones in brackets."""
    shown = [_recipient(mailbox) for mailbox in mailboxes]
    return "; ".join([*shown, *(f"[{label}]" for label in still_open)])


def _recipient(mailbox: Mailbox) -> str:
    """Name and address; without a name in which a mail program could find other recipients."""
    address = checked_address(mailbox.address, mailbox.name or "a recipient")
    name = header_text(mailbox.name, "a name")
    if not name or _MEANS_SOMETHING.search(name):
        return address
    return f'"{name}" <{address}>' if "," in name else f"{name} <{address}>"


def mailto(draft: Draft) -> str | None:
    """The draft as a link (RFC 6068); None where it is too long, or files go along.

    It holds the plain text, and no sign but printable ASCII.
    """
    if draft.attachments or draft.copy.attachments:
        return None
    fields = {
        "cc": _addresses(draft.cc),
        "subject": quote(header_text(draft.subject, "the subject"), safe=""),
        "body": quote(body_text(draft.copy.text).rstrip("\n").replace("\n", "\r\n"), safe=""),
    }
    query = "&".join(f"{key}={value}" for key, value in fields.items() if value)
    link = f"mailto:{_addresses(draft.to)}?{query}"
    return link if len(link) <= LONGEST_LINK else None


def _addresses(mailboxes: tuple[Mailbox, ...]) -> str:
    return ",".join(
        quote(checked_address(one.address, "a recipient"), safe="@") for one in mailboxes
    )
