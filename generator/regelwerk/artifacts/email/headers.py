"""Header lines of an e-mail, written by us: the standard library loses and adds characters there.

Source: RFC 5322 (folding, quoted strings), RFC 2047 (words that are not ASCII) and RFC 2231
(parameters that are not).
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

from regelwerk.artifacts.email.recipients import Mailbox, checked_address
from regelwerk.errors import RenderError

LONGEST = 900  # characters that a subject or a name may have
_TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLAIN = re.compile(r"[!-~](?:[ -~]{0,58}[!-~])?")
# UTF-8 in one encoded word, so that no line with one is longer than 76 characters (RFC 2047, 2).
_BYTES_IN_TEXT, _BYTES_IN_NAME = 36, 45
_BYTES_IN_PARAMETER = 18  # three signs each


def header_text(text: str, what: str) -> str:
    """The text, which a header can hold; RenderError for line breaks and control characters."""
    place = not_for_headers(text)
    if place is not None:
        raise RenderError(
            f"{what} holds U+{ord(text[place]):04X}, which the head of an e-mail cannot carry",
            "remove the line break or control character from the value",
        )
    if len(text) > LONGEST:
        raise RenderError(f"{what} is longer than {LONGEST} characters", "shorten it")
    return text


def not_for_headers(text: str) -> int | None:
    """Find the first character that a header cannot hold: line breaks, control characters."""
    places = (
        place
        for place, character in enumerate(text)
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _TURNS_TEXT
    )
    return next(places, None)


def not_for_texts(text: str) -> int | None:
    """Find the first control character, other than tab and line end, of an e-mail's text."""
    places = (
        place
        for place, character in enumerate(text)
        if character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs")
    )
    return next(places, None)


def text_header(name: str, text: str) -> bytes:
    """`Subject: …`, in encoded words where it is not short ASCII."""
    checked = header_text(text, f"`{name}`")
    return _line(name, checked if _is_plain(checked) else _encoded(checked, _BYTES_IN_TEXT))


def address_header(name: str, mailboxes: tuple[Mailbox, ...]) -> bytes:
    """`To: …`, an address a line; RenderError where one is no address."""
    return _line(name, ",\r\n ".join(_mailbox(name, mailbox) for mailbox in mailboxes))


def _line(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n".encode("ascii")


def _mailbox(header: str, mailbox: Mailbox) -> str:
    address = checked_address(mailbox.address, f"in `{header}`")
    name = header_text(mailbox.name, f"a name in `{header}`")
    if not name:
        return address
    if not _is_plain(name):
        return f"{_encoded(name, _BYTES_IN_NAME)}\r\n <{address}>"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and "=?" not in text and "  " not in text


def _encoded(text: str, longest: int) -> str:
    words = (f"=?utf-8?b?{b64encode(part).decode('ascii')}?=" for part in _parts(text, longest))
    return "\r\n ".join(words)


def _parts(text: str, longest: int) -> Iterator[bytes]:
    """UTF-8 in pieces that never cut a character (RFC 2047, 5)."""
    part = b""
    for character in text:
        encoded = character.encode()
        if len(part) + len(encoded) > longest:
            yield part
            part = b""
        part += encoded
    yield part


def parameter_header(name: str, value: str, parameter: str, text: str) -> bytes:
    """`Content-Disposition: attachment; filename="…"`, by RFC 2231 where it is not short ASCII."""
    checked = header_text(text, f"`{parameter}`")
    if _is_plain(checked):
        quoted = checked.replace("\\", "\\\\").replace('"', '\\"')
        return _line(name, f'{value};\r\n {parameter}="{quoted}"')
    parts = list(_parts(checked, _BYTES_IN_PARAMETER))
    counted = [f"*{place}" for place in range(len(parts))] if len(parts) > 1 else [""]
    pieces = [
        f"{parameter}{count}*={quote(part, safe='')}"
        for count, part in zip(counted, parts, strict=True)
    ]
    pieces[0] = pieces[0].replace("*=", "*=utf-8''", 1)
    return _line(name, ";\r\n ".join([value, *pieces]))
