"""A private key out of a file of OpenSSH's, ready to sign; it is never kept or shown."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from regelwerk.approvals.sshsig import Sign
from regelwerk.errors import RegelwerkError

AskPassphrase = Callable[[], str]

_OTHERS = (("RSA", "an RSA"), ("EC", "an ECDSA"), ("DSA", "a DSA"))
_MAKE_ONE = "make one with `ssh-keygen -t ed25519`"


class Signer(msgspec.Struct, frozen=True):
    """The 32 bytes of a public key, and what signs with the private one that belongs to it."""

    key: bytes
    sign: Sign


def signer_of(content: bytes, ask: AskPassphrase) -> Signer:
    """Read a private key file's bytes; `ask` gives the passphrase where the key has one.

    RegelwerkError where it is no private Ed25519 key of OpenSSH's, or the passphrase is wrong.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = _load(content, ask)
    if not isinstance(key, Ed25519PrivateKey):
        kind = next((name for end, name in _OTHERS if end in type(key).__name__), "another")
        raise RegelwerkError(f"this is {kind} key; only Ed25519 keys count", _MAKE_ONE)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Signer(public, key.sign)


def _load(content: bytes, ask: AskPassphrase) -> object:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    if content.lstrip().startswith((b"ssh-", b"ecdsa-", b"sk-")):
        raise RegelwerkError(
            "the file holds the public key", "name the private one: the file without .pub"
        )
    if b"-----BEGIN OPENSSH PRIVATE KEY-----" not in content:
        raise RegelwerkError("the file is no private key of OpenSSH's", _MAKE_ONE)
    try:
        try:
            return load_ssh_private_key(content, None)
        except TypeError:  # it is encrypted
            passphrase = ask().encode()
            if not passphrase:
                raise ValueError from None
            return load_ssh_private_key(content, passphrase)
    except UnsupportedAlgorithm:
        raise RegelwerkError("the key is of a kind that cannot sign here", _MAKE_ONE) from None
    except ValueError:
        raise RegelwerkError("the key cannot be read, or the passphrase is wrong") from None
