"""Header lines: what was put in comes out, and nothing else can get in."""

from __future__ import annotations

from email.header import decode_header, make_header

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from artifacts.email.support import SACRED, parsed
from regelwerk.artifacts.email.headers import LONGEST, address_header, text_header
from regelwerk.artifacts.email.message import Draft, eml
from regelwerk.artifacts.email.recipients import Mailbox
from regelwerk.errors import RenderError

LINES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), min_size=1, max_size=200
).filter(lambda text: text == text.strip())
BROKEN = (
    "a\r\nBcc: x@example.com", "a\nb", "a\rb", "a\u2028b", "a\u2029b", "a\x00b", "a\x85b",
    "a\x0bb", "a\x1bb", "a\x7fb", "a\ud800b", "a\u202eb", "a\tb", "\n", "a\r\n\r\n<script>",
)  # fmt: skip


def draft(subject: str = "x", *, name: str = "", address: str = "a@example.com") -> bytes:
    return eml(Draft(subject=subject, to=(Mailbox(name, address),), text="t\n", html="<p>t</p>\n"))


@settings(deadline=None)
@given(LINES)
@example(SACRED)
@example("=?utf-8?q?Hello?=")
@example("a" * LONGEST)
@example("ü" * LONGEST)
@example("two  spaces: and, commas")
def test_a_subject_comes_out_as_it_went_in(subject: str) -> None:
    content = draft(subject)
    assert parsed(content)["Subject"] == subject
    head = content.split(b"\r\n\r\n")[0]
    assert head.isascii()
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))


@settings(deadline=None)
@given(LINES)
@example(SACRED)
@example('O\'Neil "Jim" \\ Müller, Dr.')
def test_a_name_comes_out_as_it_went_in(name: str) -> None:
    raw = address_header("To", (Mailbox(name, "a@example.com"),)).decode()
    value = raw.removeprefix("To: ").replace("\r\n", "")
    shown = value.removesuffix(" <a@example.com>")
    if shown.startswith('"'):
        assert shown[1:-1].replace('\\"', '"').replace("\\\\", "\\") == name
    else:
        assert str(make_header(decode_header(shown))) == name
    assert parsed(draft(name=name))["To"].addresses[0].addr_spec == "a@example.com"


@pytest.mark.parametrize("text", BROKEN)
def test_line_breaks_and_control_characters_are_refused(text: str) -> None:
    with pytest.raises(RenderError, match=r"U\+[0-9A-F]{4}"):
        text_header("Subject", text)
    with pytest.raises(RenderError, match=r"U\+[0-9A-F]{4}"):
        draft(name=text)
    with pytest.raises(RenderError, match="is not an e-mail address"):
        draft(address=f"{text}@example.com")


@pytest.mark.parametrize(
    "address",
    [
        "", "a", "a@", "@example.com", "a@b@example.com", "a@example.com,b@example.com", "a b@c.de",
        "<a@example.com>", "Anna <a@example.com>", "a@example.com\n", "a@exa mple.com", "ä@c.de",
        "a@example", "a..b@example.com", "a@-example.com", "=?utf-8?q?x?=@example.com",
        "a@" + "b" * 250 + ".de",
    ],
)  # fmt: skip
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(RenderError, match="is not an e-mail address"):
        draft(address=address)


def test_too_long_a_subject_is_refused() -> None:
    with pytest.raises(RenderError, match="longer than"):
        draft("a" * (LONGEST + 1))


def test_several_addresses_stand_in_one_header() -> None:
    boxes = (Mailbox("Änne Müller", "a@example.com"), Mailbox("", "b@example.com"))
    message = parsed(eml(Draft(subject="x", to=boxes, cc=boxes[:1], text="t\n", html="h\n")))
    assert [item.addr_spec for item in message["To"].addresses] == [
        "a@example.com",
        "b@example.com",
    ]
    assert message["To"].addresses[0].display_name == "Änne Müller"
    assert message["Cc"].addresses[0].display_name == "Änne Müller"
