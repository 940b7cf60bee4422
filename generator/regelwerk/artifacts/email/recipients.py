"""Recipients as templates name them: an address, a role, a person, or a field that holds one."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from regelwerk.errors import RenderError

_ID = r"[a-z][a-z0-9-]*"
_FIELD = re.compile(rf"field:({_ID})\.({_ID})")
_ROLE = re.compile(rf"role:({_ID})")
_PERSON = re.compile(r"person:([a-z][a-z0-9.-]*)")
# The plain form of RFC 5322, 3.4.1, in ASCII; neither quotes nor comments.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the brackets


class Recipient(msgspec.Struct, frozen=True):
    """Whom a mail goes to: `id` is the address, role or person, or the field of the step `step`."""

    kind: Literal["address", "role", "person", "field"]
    id: str
    step: str = ""


class Mailbox(msgspec.Struct, frozen=True):
    """An address, with the name of whoever reads there; the name may be empty."""

    name: str
    address: str


class FieldReference(msgspec.Struct, frozen=True):
    """`field:<step>.<field>` in the front matter."""

    step: str
    field: str


def parse_recipient(text: str) -> Recipient | None:
    """Read an entry of `to` or `cc`; None where it is none."""
    field = parse_field(text)
    if field is not None:
        return Recipient("field", field.field, field.step)
    if match := _ROLE.fullmatch(text):
        return Recipient("role", match[1])
    if match := _PERSON.fullmatch(text):
        return Recipient("person", match[1])
    return Recipient("address", text) if is_address(text) else None


def parse_field(text: str) -> FieldReference | None:
    """Read `field:<step>.<field>`; None where the text is something else."""
    match = _FIELD.fullmatch(text)
    return FieldReference(match[1], match[2]) if match else None


def is_address(text: str) -> bool:
    """Whether the text is one plain e-mail address, which no program reads as another.

    `=?` begins a word that programs decode (RFC 2047), also where it should be none.
    """
    plain = len(text) <= _LONGEST_ADDRESS and "=?" not in text
    return plain and _ADDRESS.fullmatch(text) is not None


def checked_address(text: str, origin: str) -> str:
    """The address; RenderError where it is none, so that no header can be smuggled in."""
    if not is_address(text):
        raise RenderError(
            f"{text!r} is not an e-mail address ({origin})", "write one address: name@example.com"
        )
    return text
