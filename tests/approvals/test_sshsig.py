"""SSH signatures: the same as ssh-keygen's, and nothing else passes for one."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.signing import private_file, public_line, signer
from regelwerk.approvals.private_key import signer_of
from regelwerk.approvals.public_key import (
    KeyRefusedError,
    fingerprint,
    key_of_blob,
    key_of_line,
    line_of_key,
)
from regelwerk.approvals.sshsig import NAMESPACE, SignatureError, make, parse, verifies
from regelwerk.approvals.wire import packed
from regelwerk.errors import RegelwerkError

SSH_KEYGEN = shutil.which("ssh-keygen")
needs_ssh_keygen = pytest.mark.skipif(SSH_KEYGEN is None, reason="ssh-keygen is not installed")
MESSAGE = '{"comment":"R&D <Vertrieb> ü 漢字"}'.encode()


def keygen(*arguments: str, cwd: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LC_ALL": "C"}
    return subprocess.run(
        [str(SSH_KEYGEN), *arguments], cwd=cwd, input=given, capture_output=True, env=environment
    )


def key_file(folder: Path, kind: str = "ed25519", passphrase: str = "") -> Path:
    path = folder / f"key-{kind}"
    made = keygen("-q", "-t", kind, "-N", passphrase, "-C", "a b", "-f", str(path), cwd=folder)
    assert made.returncode == 0, made.stderr
    return path


def signed_by_keygen(folder: Path, key: Path, namespace: str = NAMESPACE) -> str:
    message = folder / "statement.json"
    message.write_bytes(MESSAGE)
    (folder / "statement.json.sig").unlink(missing_ok=True)
    made = keygen("-q", "-Y", "sign", "-f", str(key), "-n", namespace, str(message), cwd=folder)
    assert made.returncode == 0, made.stderr
    return (folder / "statement.json.sig").read_text(encoding="ascii")


def no_passphrase() -> str:
    raise AssertionError("nobody should be asked")


@needs_ssh_keygen
@pytest.mark.parametrize("passphrase", ["", "geheim ü 漢字"])
def test_ours_is_verified_by_ssh_keygen(tmp_path: Path, passphrase: str) -> None:
    key = key_file(tmp_path, passphrase=passphrase)
    ask = (lambda: passphrase) if passphrase else no_passphrase
    made = signer_of(key.read_bytes(), ask)
    (tmp_path / "ours.sig").write_text(make(MESSAGE, made.key, made.sign), encoding="ascii")
    allowed = f'anna namespaces="{NAMESPACE}" {line_of_key(made.key)}\n'
    (tmp_path / "allowed").write_text(allowed, encoding="ascii")
    verify = ("-Y", "verify", "-f", "allowed", "-I", "anna", "-n", NAMESPACE, "-s", "ours.sig")
    assert keygen(*verify, cwd=tmp_path, given=MESSAGE).returncode == 0
    assert keygen(*verify, cwd=tmp_path, given=MESSAGE + b" ").returncode != 0


@needs_ssh_keygen
def test_theirs_is_verified_by_us_and_is_the_same_to_the_byte(tmp_path: Path) -> None:
    key = key_file(tmp_path)
    theirs = signed_by_keygen(tmp_path, key)
    parsed = parse(theirs)
    assert parsed.namespace == NAMESPACE
    assert verifies(parsed, MESSAGE)
    assert not verifies(parsed, MESSAGE + b" ")
    made = signer_of(key.read_bytes(), no_passphrase)
    assert theirs == make(MESSAGE, made.key, made.sign)
    assert key_of_line(Path(f"{key}.pub").read_text(encoding="ascii")) == parsed.key
    shown = keygen("-l", "-f", f"{key}.pub", cwd=tmp_path).stdout.decode()
    assert fingerprint(parsed.key) in shown


@needs_ssh_keygen
def test_sha256_as_hash_is_accepted_as_well(tmp_path: Path) -> None:
    key = key_file(tmp_path)
    message = tmp_path / "m"
    message.write_bytes(MESSAGE)
    option = ("-O", "hashalg=sha256")
    made = keygen(
        "-q", "-Y", "sign", *option, "-f", str(key), "-n", NAMESPACE, str(message), cwd=tmp_path
    )
    assert made.returncode == 0, made.stderr
    parsed = parse((tmp_path / "m.sig").read_text(encoding="ascii"))
    assert parsed.hash_algorithm == "sha256"
    assert verifies(parsed, MESSAGE)


@needs_ssh_keygen
@pytest.mark.parametrize(("kind", "words"), [("ecdsa", "an ECDSA key"), ("rsa", "an RSA key")])
def test_other_kinds_of_keys_are_refused_by_name(tmp_path: Path, kind: str, words: str) -> None:
    key = key_file(tmp_path, kind)
    expected = f"{words}; only Ed25519 keys count"
    with pytest.raises(SignatureError, match=expected):
        parse(signed_by_keygen(tmp_path, key))
    with pytest.raises(RegelwerkError) as refused:
        signer_of(key.read_bytes(), no_passphrase)
    assert expected in refused.value.message
    assert "ssh-keygen -t ed25519" in refused.value.hint
    with pytest.raises(KeyRefusedError, match=expected):
        key_of_line(Path(f"{key}.pub").read_text(encoding="ascii"))


@needs_ssh_keygen
def test_a_wrong_or_empty_passphrase_and_a_public_key_are_refused(tmp_path: Path) -> None:
    key = key_file(tmp_path, passphrase="richtig")  # noqa: S106 - of a key made here
    for wrong in ("falsch", ""):
        with pytest.raises(RegelwerkError) as refused:
            signer_of(key.read_bytes(), lambda wrong=wrong: wrong)
        assert "passphrase is wrong" in refused.value.message
    with pytest.raises(RegelwerkError) as refused:
        signer_of(Path(f"{key}.pub").read_bytes(), no_passphrase)
    assert "without .pub" in refused.value.hint


@pytest.mark.parametrize("content", [b"", b"nothing", b"-----BEGIN OPENSSH PRIVATE KEY-----\nAA"])
def test_what_is_no_private_key_is_refused(content: bytes) -> None:
    with pytest.raises(RegelwerkError):
        signer_of(content, no_passphrase)


def test_a_key_without_passphrase_asks_nobody() -> None:
    assert signer_of(private_file("anna"), no_passphrase).key == signer("anna").key


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "empty"),
        ("ssh-ed25519", "missing"),
        ("ssh-ed25519 ***", "Base64"),
        ("ssh-ed25519 AAAA", "damaged"),
        ("sk-ssh-ed25519@openssh.com AAAA", "security token"),
        ("ssh-dss AAAA", "DSA"),
        ("ecdsa-sha2-nistp256 AAAA", "ECDSA"),
        ("hello world", "no public key"),
        (public_line("anna").replace("ssh-ed25519 ", "ssh-ed25519 AAAA"), "no public key"),
    ],
)
def test_public_keys_that_cannot_be_used_say_why(line: str, reason: str) -> None:
    with pytest.raises(KeyRefusedError, match=reason):
        key_of_line(line)


def test_a_key_of_the_wrong_length_or_with_something_behind_it_is_damaged() -> None:
    for blob in (packed(b"ssh-ed25519", b"a" * 31), packed(b"ssh-ed25519", b"a" * 32) + b"x"):
        with pytest.raises(KeyRefusedError, match="damaged"):
            key_of_blob(blob)


def armoured(blob: bytes) -> str:
    text = base64.b64encode(blob).decode()
    return f"-----BEGIN SSH SIGNATURE-----\n{text}\n-----END SSH SIGNATURE-----\n"


def blob_of(text: str) -> bytes:
    return base64.b64decode("".join(text.splitlines()[1:-1]))


ANNA = signer("anna")
GOOD = make(MESSAGE, ANNA.key, ANNA.sign)


def test_line_ends_and_blanks_round_it_do_not_matter() -> None:
    for text in (GOOD.replace("\n", "\r\n"), f"\n  {GOOD}  \n", GOOD.rstrip("\n")):
        assert verifies(parse(text), MESSAGE)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300), st.text("abc@.-", min_size=1, max_size=20))
def test_a_signature_verifies_its_own_message_only(
    message: bytes, other: bytes, namespace: str
) -> None:
    parsed = parse(make(message, ANNA.key, ANNA.sign, namespace))
    assert parsed.namespace == namespace
    assert verifies(parsed, message)
    assert verifies(parsed, other) is (message == other)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(blob_of(GOOD)) - 1), st.integers(1, 255))
def test_no_byte_of_it_can_be_changed(position: int, flip: int) -> None:
    """Whatever byte is changed: it is damaged, of another key or purpose, or does not verify."""
    blob = bytearray(blob_of(GOOD))
    blob[position] ^= flip
    try:
        parsed = parse(armoured(bytes(blob)))
    except SignatureError:
        return
    same = parsed.key == ANNA.key and parsed.namespace == NAMESPACE
    assert not (same and verifies(parsed, MESSAGE))


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=200)
    | st.binary(max_size=200).map(armoured)
    | st.binary(max_size=200).map(lambda tail: armoured(b"SSHSIG\0\0\0\1" + tail))
    | st.integers(0, len(GOOD)).map(lambda end: GOOD[:end])
)
def test_whatever_else_stands_there_is_refused_without_a_crash(text: str) -> None:
    if text.strip() == GOOD.strip():
        return
    with pytest.raises(SignatureError):
        parse(text)


def test_a_text_without_end_is_refused_at_once() -> None:
    with pytest.raises(SignatureError, match="armoured"):
        parse("-----BEGIN SSH SIGNATURE-----" + " \n" * 10_000_000)


def test_what_it_is_not_is_said() -> None:
    key, inner = packed(b"ssh-ed25519", ANNA.key), packed(b"ssh-ed25519", b"s" * 64)
    name = NAMESPACE.encode()
    cases = {
        "version 2": b"SSHSIG\0\0\0\2" + packed(key, name, b"", b"sha512", inner),
        "does not begin": b"SSHSIX\0\0\0\1",
        "neither sha256 nor sha512": b"SSHSIG\0\0\0\1" + packed(key, name, b"", b"md5", inner),
        "different kinds": b"SSHSIG\0\0\0\1"
        + packed(key, name, b"", b"sha512", packed(b"ssh-rsa", b"s" * 64)),
        "follows its end": b"SSHSIG\0\0\0\1" + packed(key, name, b"", b"sha512", inner) + b"x",
        "too early": b"SSHSIG\0\0\0\1" + packed(key)[:-1],
        "not ASCII": b"SSHSIG\0\0\0\1" + packed(key, "ü".encode(), b"", b"sha512", inner),
    }
    for words, blob in cases.items():
        with pytest.raises(SignatureError, match=words):
            parse(armoured(blob))
