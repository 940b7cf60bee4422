"""Write generated files so that nobody ever sees half of one."""

from __future__ import annotations

import secrets
from hashlib import sha256
from pathlib import Path


def sha256_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def sha256_of_file(path: Path) -> str | None:
    """SHA-256 of a file's bytes, None where it is missing or cannot be read."""
    digest = sha256()
    try:
        if not path.is_file():  # a pipe or a device might never end
            return None
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except (OSError, ValueError):  # a NUL in the name is a ValueError
        return None
    return digest.hexdigest()


def write_atomically(path: Path, content: bytes) -> None:
    """Write to a temporary file beside the target and rename; OSError where that fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".regelwerk-{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove_if_ours(path: Path, digest: str) -> bool:
    """Remove a file that still is what was generated; a file that somebody changed stays."""
    if sha256_of_file(path) != digest:
        return False
    try:
        path.unlink()
    except OSError:
        return False
    return True
