"""Files as they are in a git commit, without a checkout and without attributes or filters."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from regelwerk.errors import RegelwerkError, UsageError


class Commit:
    """One commit, seen from a folder inside its repository."""

    def __init__(self, folder: Path, ref: str) -> None:
        program = shutil.which("git")
        if program is None:
            raise RegelwerkError("git is not installed", "it is needed to read another state")
        self._command = (program, "--no-replace-objects", "-C", str(folder))
        if not ref or ref.startswith("-") or any(sign.isspace() for sign in ref):
            raise UsageError(f"{ref!r} is no git ref", "such as origin/main")
        found = self._run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
        if found is None:
            raise UsageError(
                f"git does not know `{ref}` here",
                "fetch it first, such as with `git fetch origin main`; this must be a repository",
            )
        self.id = found.decode().strip()

    def files(self, *folders: str) -> Iterator[tuple[str, str]]:
        """Path (relative to the folder) and object of every regular file below the folders."""
        listing = self._run("ls-tree", "-r", "-z", self.id, "--", *folders) or b""
        for line in listing.split(b"\0"):
            if not line:
                continue
            kind, path = line.decode("utf-8", "replace").split("\t", 1)
            mode, type_, object_ = kind.split(" ")
            if type_ == "blob" and mode in ("100644", "100755"):
                yield path, object_

    def contents(self, objects: Iterable[str]) -> Iterator[bytes]:
        """The content of each object, in order."""
        wanted = list(objects)
        answer = self._run("cat-file", "--batch", given="\n".join(wanted).encode() + b"\n") or b""
        at = 0
        for _ in wanted:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].rsplit(b" ", 1)[1])
            yield answer[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def _run(self, *arguments: str, given: bytes | None = None) -> bytes | None:
        """What git prints; None where it fails."""
        done = subprocess.run(  # noqa: S603 - a program found on the path, no shell
            (*self._command, *arguments), input=given, capture_output=True, check=False
        )
        return done.stdout if done.returncode == 0 else None
