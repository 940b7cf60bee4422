"""SSH signatures, as `ssh-keygen -Y sign` makes and `ssh-keygen -Y verify` checks them.

Source: OpenSSH, PROTOCOL.sshsig. The armour holds: `SSHSIG`, version 1, public key, namespace,
reserved, hash algorithm, signature. What is signed is not the message but its hash, together with
namespace, reserved and hash algorithm, so that a signature of another purpose fits nowhere else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable

import msgspec

from regelwerk.approvals.public_key import (
    ED25519,
    KeyRefusedError,
    blob_of_key,
    key_of_blob,
)
from regelwerk.approvals.wire import Wire, WireError, packed

NAMESPACE = "regelwerk-approval@v1"

_MAGIC = b"SSHSIG"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_LINE = 70
_HASHES = ("sha256", "sha512")
_MAX_TEXT = 20_000

Sign = Callable[[bytes], bytes]


class SignatureError(ValueError):
    """The text is no SSH signature that can count; the message says why."""


class SshSignature(msgspec.Struct, frozen=True):
    """What an armoured signature holds; `key` is the 32 bytes of an Ed25519 public key."""

    key: bytes
    namespace: str
    reserved: bytes
    hash_algorithm: str
    signature: bytes


def parse(text: str) -> SshSignature:
    """Read an armoured signature; SignatureError where it is none, or of another kind of key."""
    text = text.strip()
    if len(text) > _MAX_TEXT or not (text.startswith(_BEGIN) and text.endswith(_END)):
        raise SignatureError(f"it is not armoured from `{_BEGIN}` to `{_END}`")
    body = text.removeprefix(_BEGIN).removesuffix(_END)
    try:
        wire = Wire(base64.b64decode("".join(body.split()), validate=True))
        return _parsed(wire)
    except (binascii.Error, ValueError) as error:
        if isinstance(error, SignatureError):
            raise
        if isinstance(error, KeyRefusedError):
            raise SignatureError(f"its key cannot be used: {error}") from None
        reason = str(error) if isinstance(error, WireError) else "it is not Base64"
        raise SignatureError(f"it is damaged: {reason}") from None


def _parsed(wire: Wire) -> SshSignature:
    if wire.take(len(_MAGIC)) != _MAGIC:
        raise SignatureError("it is damaged: it does not begin with SSHSIG")
    version = wire.number()
    if version != 1:
        raise SignatureError(f"it has version {version} of the format; 1 is known")
    key = key_of_blob(wire.string())
    namespace, reserved, hash_algorithm = wire.text(), wire.string(), wire.text()
    inner = Wire(wire.string())
    wire.end()
    if hash_algorithm not in _HASHES:
        raise SignatureError("its hash algorithm is neither sha256 nor sha512")
    if inner.text() != ED25519:
        raise SignatureError("it is damaged: key and signature are of different kinds")
    signature = inner.string()
    inner.end()
    return SshSignature(key, namespace, reserved, hash_algorithm, signature)


def verifies(signature: SshSignature, message: bytes) -> bool:
    """Whether the signature's own key made it over this message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    said = _signed_data(message, signature.namespace, signature.reserved, signature.hash_algorithm)
    try:
        Ed25519PublicKey.from_public_bytes(signature.key).verify(signature.signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


def make(message: bytes, key: bytes, sign: Sign, namespace: str = NAMESPACE) -> str:
    """The armoured signature of a message, byte for byte what ssh-keygen would write.

    `key` is the public key; `sign` gives the 64 bytes of an Ed25519 signature.
    """
    made = sign(_signed_data(message, namespace, b"", "sha512"))
    blob = (
        _MAGIC
        + (1).to_bytes(4, "big")
        + packed(
            blob_of_key(key),
            namespace.encode(),
            b"",
            b"sha512",
            packed(ED25519.encode(), made),
        )
    )
    text = base64.b64encode(blob).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return "\n".join((_BEGIN, *lines, _END)) + "\n"


def _signed_data(message: bytes, namespace: str, reserved: bytes, hash_algorithm: str) -> bytes:
    hashed = hashlib.new(hash_algorithm, message).digest()
    return _MAGIC + packed(namespace.encode(), reserved, hash_algorithm.encode(), hashed)
