"""Documents as they were issued: kept beside the version they are of, copied by every build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from regelwerk.approvals.originals import stays_inside
from regelwerk.diagnostics import Problem
from regelwerk.model.context import Artifact
from regelwerk.operations.originals import OriginalFiles

FOLDER = "issued"
MANIFEST = "manifest.json"

_RESTORE = "restore what was issued; a change needs a new version"


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """What `issued/manifest.json` says. `kinds` maps a kind to its files and their SHA-256.

    Paths are relative to the folder `issued/`, with `/`.
    """

    process: str
    version: str
    digest: str
    tool: str
    kinds: Mapping[str, Mapping[str, str]]


def read_issued(root: Path, folder: str) -> Issued | None:
    """The manifest of a version's folder; None where nothing was issued, or it is damaged."""
    try:
        content = (root / folder / FOLDER / MANIFEST).read_bytes()
        return msgspec.json.decode(content, type=Issued)
    except (OSError, msgspec.MsgspecError):
        return None


def issued_artifacts(root: Path, folder: str, files: Mapping[str, str]) -> list[Artifact]:
    """The bytes of issued files, as they lie there; what is not there or changed is left out."""
    originals = OriginalFiles(root)
    base = f"{folder}/{FOLDER}"
    return [
        Artifact(path, (root / base / path).read_bytes())
        for path, digest in files.items()
        if stays_inside(path) and originals.sha256(base, path) == digest
    ]


def issued_problems(
    root: Path, folder: str, process: str, version: str, digest: str | None
) -> Iterator[Problem]:
    """What is no longer as it was issued, or was issued for another text."""
    if not (root / folder / FOLDER).exists():
        return
    manifest = f"{folder}/{FOLDER}/{MANIFEST}"
    issued = read_issued(root, folder)
    if issued is None:
        message = "the manifest of what was issued is not there or cannot be read"
        yield Problem("approval/digest-mismatch", (), message, _RESTORE, file=manifest)
        return
    if (issued.process, issued.version, issued.digest) != (process, version, digest):
        message = (
            f"what was issued is {issued.process} {issued.version} with the digest "
            f"{issued.digest}, not this version"
        )
        yield Problem("approval/digest-mismatch", (), message, _RESTORE, file=manifest)
    originals = OriginalFiles(root)
    for path, expected in sorted(
        (path, sha) for files in issued.kinds.values() for path, sha in files.items()
    ):
        inside = stays_inside(path)
        if inside and originals.sha256(f"{folder}/{FOLDER}", path) == expected:
            continue
        message = f"`{path}` is not the file that was issued"
        where = f"{folder}/{FOLDER}/{path}" if inside else manifest
        yield Problem("approval/digest-mismatch", (), message, _RESTORE, file=where)
