"""What is sent along: names and bytes arrive, and no name reaches a header as anything else."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from artifacts.email.support import SACRED, parsed, text_of
from regelwerk.artifacts.email.headers import LONGEST
from regelwerk.artifacts.email.message import MOST_ATTACHED, AttachedFile, Draft, eml
from regelwerk.errors import RenderError

NAMES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), min_size=1, max_size=120
).filter(lambda text: text == text.strip())


def mail(*files: AttachedFile, calendar: AttachedFile | None = None) -> bytes:
    return eml(
        Draft(
            subject="x", text="text ü\n", html="<p>html</p>\n", attachments=files, calendar=calendar
        )
    )


def file(name: str = "offer.pdf", content: bytes = b"%PDF\x00\r\n.\r\n--x\n") -> AttachedFile:
    return AttachedFile(name, "application/pdf", content)


@settings(deadline=None)
@given(NAMES)
@example("Angebot für Müller & Söhne.pdf")
@example(SACRED)
@example("a\"b\\c;d=e'f.pdf")
@example("漢字" * 40 + ".pdf")
@example("=?utf-8?q?x?=.pdf")
@example("a" * LONGEST)
def test_names_come_out_as_they_went_in(name: str) -> None:
    content = mail(file(name))
    assert content.isascii()
    (attached,) = parsed(content).iter_attachments()
    assert attached.get_filename() == name
    assert attached.get_content_disposition() == "attachment"
    assert cast("Any", attached).get_content() == file().content
    lines = content.split(b"\r\n")
    assert all(len(line) <= 998 for line in lines)


@pytest.mark.parametrize(
    "name",
    ["a\r\nBcc: x@example.com", "a\nb", "a\rb", "a\u2028b", "a\x00b", "a\x85b", "a\u202eb", "a\tb"],
)
def test_names_that_no_header_can_carry_are_refused(name: str) -> None:
    with pytest.raises(RenderError, match=r"`filename` holds U\+[0-9A-F]{4}"):
        mail(file(name))


@pytest.mark.parametrize(
    "content", [b"", b"x" * 57, b"x" * 58, b"--=_\r\n.\r\n", bytes(range(256))]
)
def test_bytes_come_out_as_they_went_in(content: bytes) -> None:
    files = [file("a.pdf", content), file("b.pdf", content + b"!")]
    calendar = AttachedFile("m.ics", "text/calendar; charset=utf-8; method=PUBLISH", b"BEGIN\r\n")
    message = parsed(mail(*files, calendar=calendar))
    assert message.get_content_type() == "multipart/mixed"
    assert text_of(message) == "text ü\n"
    attached = list(message.iter_attachments())
    assert [one.get_payload(decode=True) for one in attached] == [
        content, content + b"!", b"BEGIN\r\n",
    ]  # fmt: skip
    assert attached[2].get_content_type() == "text/calendar"
    assert attached[2].get_param("method") == "PUBLISH"


def test_the_same_files_are_the_same_bytes_and_others_have_other_boundaries() -> None:
    first = mail(file())
    assert first == mail(file())
    others = {
        parsed(one).get_boundary() for one in (first, mail(file("b.pdf")), mail(file("b.pdf", b"")))
    }
    assert len(others) == 3
    assert first.count(b"\n") == first.count(b"\r\n")
    assert first.endswith(b"--\r\n")


def test_more_than_a_mail_can_carry_is_refused() -> None:
    half = b"x" * (MOST_ATTACHED // 2)
    mail(file("a.pdf", half), file("b.pdf", half))
    with pytest.raises(RenderError, match="more than 15 MiB"):
        mail(file("a.pdf", half), file("b.pdf", half + b"x"))
