"""The originals that signatures name: scans or texts of what was signed on paper."""

from __future__ import annotations

from typing import Protocol

from regelwerk.diagnostics import Problem
from regelwerk.model.version import Signature


class Originals(Protocol):
    """Where originals are looked up."""

    def sha256(self, folder: str, name: str) -> str | None:
        """SHA-256 in hexadecimal of the file `name` in a version's folder (relative to the root).

        None where there is no such regular file inside the folder, links followed.
        """


def original_problem(signature: Signature, folder: str, originals: Originals) -> Problem | None:
    """What is wrong with the original that a signature names; None where nothing is."""
    name = signature.original_file
    if name is None:
        return None
    file_key = (*signature.path, "original", "file")
    if not stays_inside(name):
        return Problem(
            "approval/bad-signature",
            file_key,
            f"the original `{name}` is not a path inside the version's folder",
            "copy the file beside approvals.yaml and name it from there, with `/`",
        )
    found = originals.sha256(folder, name)
    if found is None:
        return Problem(
            "approval/bad-signature",
            file_key,
            f"the original `{name}` is not there",
            f"put the file into {folder}/",
        )
    if signature.original_sha256 is not None and found != signature.original_sha256:
        return Problem(
            "approval/bad-signature",
            (*signature.path, "original", "sha256"),
            f"the original `{name}` is not the file that was signed: its SHA-256 is {found}",
            "restore the file; a changed original proves nothing",
        )
    return None


def stays_inside(name: str) -> bool:
    """Whether a name is a plain relative path with `/` that does not lead upwards."""
    parts = name.split("/")
    return not any(sign in name for sign in "\\:\0") and not {"", ".", ".."}.intersection(parts)
