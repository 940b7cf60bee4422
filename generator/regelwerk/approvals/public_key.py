"""Public keys as people.yaml and signatures hold them: Ed25519 only, and why not the others.

Source: RFC 8709 (Ed25519 in SSH); `ssh-keygen` writes the one line `ssh-ed25519 AAAA… comment`.
"""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256

from regelwerk.approvals.wire import Wire, WireError, packed

ED25519 = "ssh-ed25519"

_OTHERS = (
    ("sk-", "a key kept in a security token (sk-…)"),
    ("ecdsa-", "an ECDSA key"),
    ("ssh-rsa", "an RSA key"),
    ("rsa-", "an RSA key"),
    ("ssh-dss", "a DSA key"),
)
_USE = "only Ed25519 keys count"

_PRIME = 2**255 - 19
# The y of the eight points of small order: whoever has such a "key" lets everybody sign.
_SMALL_ORDER = frozenset(
    {
        0,
        1,
        _PRIME - 1,
        2707385501144840649318225287225658788936804267575313519463743609750303402022,
        55188659117513257062467267217118295137698188065244968500265048394206261417927,
    }
)


class KeyRefusedError(ValueError):
    """The key cannot be used; the message says why."""


def key_of_line(line: str) -> bytes:
    """The 32 bytes of the public key in one line of a .pub file; KeyRefusedError otherwise."""
    parts = line.split()
    if not parts:
        raise KeyRefusedError("it is empty")
    _refuse_other_kinds(parts[0])
    if len(parts) < 2:
        raise KeyRefusedError("the key itself is missing after `ssh-ed25519`")
    try:
        blob = base64.b64decode(parts[1], validate=True)
    except (binascii.Error, ValueError):
        raise KeyRefusedError("what follows `ssh-ed25519` is not Base64") from None
    return key_of_blob(blob)


def key_of_blob(blob: bytes) -> bytes:
    """The 32 bytes of the public key in SSH's own form; KeyRefusedError otherwise."""
    wire = Wire(blob)
    try:
        _refuse_other_kinds(wire.text())
        key = wire.string()
        wire.end()
    except WireError as error:
        raise KeyRefusedError(f"the key is damaged: {error}") from None
    if len(key) != 32:
        raise KeyRefusedError("the key is damaged: an Ed25519 key has 32 bytes")
    if int.from_bytes(key, "little") % 2**255 % _PRIME in _SMALL_ORDER:
        raise KeyRefusedError("it is a weak key, for which everybody can sign")
    return key


def blob_of_key(key: bytes) -> bytes:
    """The public key in SSH's own form."""
    return packed(ED25519.encode(), key)


def line_of_key(key: bytes) -> str:
    """The public key as people.yaml holds it, without a comment."""
    return f"{ED25519} {base64.b64encode(blob_of_key(key)).decode()}"


def fingerprint(key: bytes) -> str:
    """The fingerprint that `ssh-keygen -l` shows: `SHA256:…`."""
    hashed = base64.b64encode(sha256(blob_of_key(key)).digest()).decode()
    return "SHA256:" + hashed.rstrip("=")


def _refuse_other_kinds(kind: str) -> None:
    if kind == ED25519:
        return
    for beginning, name in _OTHERS:
        if kind.startswith(beginning):
            raise KeyRefusedError(f"it is {name}; {_USE}")
    raise KeyRefusedError(f"it is no public key in OpenSSH's form; {_USE}")
