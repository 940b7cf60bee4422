"""Drafts for programs that open no `.eml`."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
import pytest

from artifacts.email.support import SACRED
from regelwerk.artifacts.email.message import AttachedFile, Copy, Draft
from regelwerk.artifacts.email.recipients import Mailbox
from regelwerk.artifacts.email.sending import LONGEST_LINK, mailto, recipients_text, txt
from regelwerk.errors import RenderError

DRAFT = Draft(
    subject=SACRED,
    to=(Mailbox("Änne", "a+b@example.com"), Mailbox("", "c&d@example.com")),
    cc=(Mailbox("", "e@example.com"),),
    text="with notes",
    html="",
    copy=Copy(text=f"one\n\n{SACRED} & = ? # %41\n", html=""),
)


def test_a_link_holds_recipients_subject_and_text_and_nothing_else_can_get_in() -> None:
    link = mailto(DRAFT)
    assert link is not None
    assert link.isascii()
    assert link.isprintable()
    assert " " not in link
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    assert unquote(parts.path) == "a+b@example.com,c&d@example.com"
    assert parse_qs(parts.query) == {
        "cc": ["e@example.com"],
        "subject": [SACRED],
        "body": [f"one\r\n\r\n{SACRED} & = ? # %41"],
    }


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x85b", "a\ud800b"])
def test_a_link_never_holds_control_characters(text: str) -> None:
    with pytest.raises(RenderError, match=r"control character U\+"):
        mailto(msgspec.structs.replace(DRAFT, copy=Copy(text=text, html="")))
    with pytest.raises(RenderError, match=r"the subject holds U\+"):
        mailto(msgspec.structs.replace(DRAFT, subject=text))


@pytest.mark.parametrize("text", ["a\r\nb", "a\nb", "a\u2028b"])
def test_a_subject_in_a_link_is_one_line(text: str) -> None:
    with pytest.raises(RenderError, match="the subject holds"):
        mailto(msgspec.structs.replace(DRAFT, subject=text))


def test_a_link_that_is_too_long_or_would_lose_attachments_is_none() -> None:
    short = msgspec.structs.replace(DRAFT, copy=Copy(text="", html=""))
    room = LONGEST_LINK - len(mailto(short) or "") - len("&body=")
    full = msgspec.structs.replace(DRAFT, copy=Copy(text="x" * room, html=""))
    assert len(mailto(full) or "") == LONGEST_LINK
    assert mailto(msgspec.structs.replace(DRAFT, copy=Copy(text="x" * (room + 1), html=""))) is None
    attached = (AttachedFile("a.pdf", "application/pdf", b""),)
    assert mailto(msgspec.structs.replace(DRAFT, attachments=attached)) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anna Beispiel", "Anna Beispiel <a@example.com>"),
        ("Müller, Jan", '"Müller, Jan" <a@example.com>'),
        ("Evil; evil@example.org", "a@example.com"),
        ('x" <evil@example.org>, "y', "a@example.com"),
        ("evil@example.org", "a@example.com"),
    ],
)
def test_no_name_brings_another_recipient_where_recipients_are_copied(
    name: str, shown: str
) -> None:
    assert recipients_text((Mailbox(name, "a@example.com"),), ()) == shown


def test_the_text_file_says_all_that_is_to_be_copied() -> None:
    draft = msgspec.structs.replace(
        DRAFT,
        attachments=(AttachedFile("a.pdf", "application/pdf", b""),),
        copy=Copy(text="Hello\n", html="", cc=("Office",), attachments=("Offer",)),
    )
    assert txt(draft).decode() == (
        "To: Änne <a+b@example.com>; c&d@example.com\n"
        "Copy to: e@example.com; [Office]\n"
        f"Subject: {SACRED}\nAttached: a.pdf\nAttach: [Offer]\n\nHello\n"
    )
